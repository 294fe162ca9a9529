import type { Event, EventOf } from "./events.ts";
import { HISTORY_MAX, holders, noTickets, startedOf, type Gathering, type State } from "./state.ts";
import { weigh } from "./tickets.ts";
import type { Result, Ticket } from "./types.ts";

/** Applies an event. Total. */
export function evolve(state: State, event: Event): State {
  switch (event.type) {
    case "ticket":
      return { ...state, waiting: withTicket(state.waiting, event) };
    case "started": {
      const { endsAt: _, ...gathered } = state.waiting;
      const { root, prize, at, drawsAt, carried } = event;
      const started = { ...gathered, root, prize, at, drawsAt, carriedIn: state.carry };
      return { ...state, waiting: noTickets, started, carry: carried };
    }
    case "rolled":
      return { ...state, waiting: { ...state.waiting, endsAt: null } };
    case "drawn": {
      const result = resultOf(state, event);
      const history = result === null ? state.history : [result, ...state.history].slice(0, HISTORY_MAX);
      return { ...state, round: state.round + 1, started: null, history };
    }
    case "voided":
      return { ...state, round: state.round + 1, started: null, ...given(state, event) };
    default:
      event satisfies never;
      return state;
  }
}

function withTicket(waiting: Gathering, { id, player, stake, weight, into, endsAt }: EventOf<"ticket">): Gathering {
  const had = into === null ? undefined : waiting.tickets[into];
  const ticket: Ticket =
    had === undefined
      ? { id, player, stake, weight, stakes: 1 }
      : { ...had, stake: had.stake + stake, weight: had.weight + weight, stakes: had.stakes + 1 };
  const known = had !== undefined || waiting.tickets.some((one) => one.player === player);
  return {
    tickets: had === undefined || into === null ? [...waiting.tickets, ticket] : waiting.tickets.with(into, ticket),
    players: waiting.players + (known ? 0 : 1),
    stakes: waiting.stakes + stake,
    weight: waiting.weight + weight,
    endsAt,
  };
}

/** The result of a finished draw; null when none was started. */
export function resultOf(state: State, { number, ticket, at }: EventOf<"drawn">): Result | null {
  const started = startedOf(state);
  const winner = state.started?.tickets[ticket];
  if (started === null || winner === undefined) return null;
  const { drawsAt: _, ...rest } = started;
  return { ...rest, at, number, ticket, player: winner.player };
}

/** Puts a void draw's tickets and its carry back, the tickets before those that already wait. */
function given(
  { config, started, waiting, carry }: State,
  { endsAt }: EventOf<"voided">,
): Pick<State, "waiting" | "carry"> {
  const tickets = weigh(config, [...(started?.tickets ?? []), ...waiting.tickets]);
  return {
    waiting: {
      tickets,
      players: holders(tickets).length,
      stakes: (started?.stakes ?? 0) + waiting.stakes,
      weight: tickets.reduce((sum, { weight }) => sum + weight, 0),
      endsAt,
    },
    carry: started?.carriedIn ?? carry,
  };
}
