import type { PlayerId, Step } from "../game.ts";
import type { Event } from "./events.ts";
import { holders, type State } from "./state.ts";
import type { Holding, Seat, Ticket, PrivateDelta } from "./types.ts";

/** A player's own tickets. [L7] */

const LAST = 20;

function holdingOf(tickets: readonly Ticket[], player: PlayerId): Holding {
  const own = tickets.flatMap((ticket, place) => (ticket.player === player ? [{ ticket, place }] : []));
  return {
    tickets: own.length,
    stake: own.reduce((sum, { ticket }) => sum + ticket.stake, 0),
    weight: own.reduce((sum, { ticket }) => sum + ticket.weight, 0),
    last: own.slice(-LAST).map(({ ticket, place }) => ({ place, stake: ticket.stake, weight: ticket.weight })),
  };
}

export function seat({ waiting, started }: State, player: PlayerId): Seat {
  const drawn = holdingOf(started?.tickets ?? [], player);
  return { waiting: holdingOf(waiting.tickets, player), started: drawn.tickets === 0 ? null : drawn };
}

/** The players whose seat the event changes: those whose tickets move. */
function audience(state: State, event: Event): readonly PlayerId[] {
  switch (event.type) {
    case "ticket":
      return [event.player];
    case "started":
      return holders(state.waiting.tickets);
    case "drawn":
      return holders(state.started?.tickets ?? []);
    case "voided":
      return holders([...(state.started?.tickets ?? []), ...state.waiting.tickets]);
    case "rolled":
      return [];
    default:
      event satisfies never;
      return [];
  }
}

/** Private deltas: each is the whole new seat. */
export function* privateDeltas({
  before,
  event,
  after,
}: Step<State, Event>): Iterable<readonly [PlayerId, PrivateDelta]> {
  for (const player of audience(before, event)) yield [player, seat(after, player)];
}

export function foldSeat(_: Seat, told: PrivateDelta): Seat {
  return told;
}
