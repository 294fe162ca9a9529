import type { Deadline, Decision, Facts, Input, Ms } from "../game.ts";
import { wideBelow } from "../fair/draw.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { shareOf, waitingDraw, type Drawing, type State } from "./state.ts";
import { drawLabel, holderOf, placeFor, ticketRoot, weightOf } from "./tickets.ts";
import type { Command, Message } from "./types.ts";

const PAGE = 50;
/** Most stakes of the started and the waiting draw together, since a void draw's go to the next: any weight can be drawn from. */
const STAKES_MAX = 2 ** 52;
const TIME_UP = "time";
const DRAW = "draw";

/** A lottery without tickets, or whose time was up once, waits for a ticket and has no deadline. */
export function deadlines({ started, waiting }: State): readonly Deadline[] {
  if (started !== null) return [{ name: DRAW, at: started.drawsAt }];
  return waiting.endsAt === null ? [] : [{ name: TIME_UP, at: waiting.endsAt, unlessPaused: true }];
}

export function decide(state: State, input: Input<Command, Message>, facts: Facts): Decision<Event> {
  switch (input.type) {
    case "message":
      return (state.started?.stakes ?? 0) + state.waiting.stakes + input.message.stake > STAKES_MAX
        ? { refused: "draw_full", message: "This draw's stakes are as much as can be counted." }
        : { events: ticketOf(state, input.id, input.message, facts) };
    case "deadline":
      return { events: fired(state, input.name, facts) };
    case "command":
      return listed(state, input.command);
    case "table":
      return { events: withStart(state, [], facts) };
    case "void":
      return voided(state, input.reason, facts.now);
    case "presence":
      return { events: [] };
    default:
      input satisfies never;
      return { refused: "unknown_input", message: "There is no such input." };
  }
}

/** A stake makes a ticket. While a draw is started, the ticket waits for the next one. [L1] */
function ticketOf(state: State, id: string, { player, game, stake }: Message, facts: Facts): readonly Event[] {
  const { config, waiting } = state;
  if (config.games.length > 0 && !config.games.includes(game)) return [];
  const { tickets } = waiting;
  const weight = weightOf(config, tickets, player, stake);
  const into = placeFor(tickets, player);
  const endsAt = waiting.endsAt ?? ((facts.now + config.timeLimitMs) as Ms);
  return withStart(state, [{ type: "ticket", id, player, stake, weight, into, endsAt }], facts);
}

/** These events, and the start of the draw if it is now ready: enough players, a prize, and no other draw started. */
function withStart(state: State, events: readonly Event[], facts: Facts): readonly Event[] {
  const after = events.reduce(evolve, state);
  return after.waiting.players >= after.config.players ? [...events, ...started(after, facts)] : events;
}

/** Empty when it may not start now. */
function started(state: State, { now, table }: Facts): readonly Event[] {
  const { config, waiting, carry } = state;
  const { prize, rest } = shareOf(waiting.stakes, config.prizeShare, carry);
  if (state.started !== null || table === "paused" || prize < 1 || waiting.weight < 1) return [];
  const root = ticketRoot(waiting.tickets);
  // From now, not from when it was due: after a long sleep there is still time for client seeds.
  return [{ type: "started", root, prize, carried: rest, at: now, drawsAt: (now + config.drawMs) as Ms }];
}

/** A deadline that is not due, since another draw was started or the clock was reset, changes nothing. */
function fired(state: State, name: string, facts: Facts): readonly Event[] {
  const { started: draw, waiting } = state;
  const { now, table } = facts;
  switch (name) {
    case DRAW:
      return draw !== null && draw.drawsAt <= now ? drawn(state, draw, facts) : [];
    case TIME_UP:
      return draw === null && table === "running" && waiting.endsAt !== null && waiting.endsAt <= now
        ? timeUp(state, facts)
        : [];
    default:
      return [];
  }
}

/** With enough players the draw starts; otherwise its tickets keep waiting in their places. [L1] [L3] */
function timeUp(state: State, facts: Facts): readonly Event[] {
  const start = state.waiting.players >= state.config.minPlayers ? started(state, facts) : [];
  return start.length > 0 ? start : [{ type: "rolled" }];
}

/** Draws the winner from the seed, the client seeds and the root. Tickets that came meanwhile may start the next draw. */
function drawn(state: State, draw: Drawing, facts: Facts): readonly Event[] {
  const number = wideBelow(draw.weight, facts.draw(drawLabel(draw.root)));
  const ticket = holderOf(draw.tickets, number);
  return withStart(state, [{ type: "drawn", number, ticket, at: facts.now }], facts);
}

/** Nothing is staked here, so nothing is refunded: the tickets go on to the next draw, and so does their prize. */
function voided(state: State, reason: string, now: Ms): Decision<Event> {
  if (state.started === null && state.waiting.tickets.length === 0) {
    return { refused: "no_round", message: "There is no draw with tickets." };
  }
  return { events: [{ type: "voided", reason, endsAt: (now + state.config.timeLimitMs) as Ms }] };
}

/** `draw` is null when none is started. */
function listed(state: State, { of, from = 0 }: Command): Decision<Event> {
  const { round, started } = state;
  const draw = of === "waiting" ? waitingDraw(state) : started === null ? null : round;
  const tickets = (of === "waiting" ? state.waiting : started)?.tickets ?? [];
  const page = tickets.slice(from, from + PAGE).map((ticket) => ({ ...ticket }));
  return { events: [], result: { draw, tickets: page, next: from + PAGE < tickets.length ? from + PAGE : null } };
}
