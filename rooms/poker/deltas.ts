import type { PlayerId, Step } from "../game.ts";
import { same } from "../kit/same.ts";
import type { Event } from "./events.ts";
import { BOARD_AFTER, STREETS, type State } from "./state.ts";
import type { Did, SeatNo, SeatView, PublicDelta, PrivateDelta } from "./types.ts";
import { ownSeat, view } from "./view.ts";

/**
 * A public delta has the parts of the view that the event changed, computed from the views before and after. So it can never
 * reveal what the view would not, and folding it gives the view by construction.
 */

export function publicDelta({ before, event, after }: Step<State, Event>): PublicDelta | null {
  const [was, is] = [view(before), view(after)];
  const { seats: _, ...set } = changed(was, is);
  const seats: Record<string, SeatView> = {};
  for (const [i, seat] of is.seats.entries()) {
    if (!same(was.seats[i], seat)) seats[String(i)] = seat;
  }
  if (Object.keys(set).length === 0 && Object.keys(seats).length === 0) return null;
  return { type: "step", did: didOf(before, event), set, seats };
}

/** For each player whose own seat changes: players who sit, or who have left. */
export function* privateDeltas({ before, after }: Step<State, Event>): Iterable<readonly [PlayerId, PrivateDelta]> {
  const known = [...before.seats, ...after.seats].flatMap((sitting) =>
    sitting === null || sitting.bot ? [] : [sitting.player],
  );
  const left = [...before.left, ...after.left].map(({ player }) => player);
  for (const player of new Set([...known, ...left])) {
    const set = changed(ownSeat(before, player), ownSeat(after, player));
    if (Object.keys(set).length > 0) yield [player, { set }];
  }
}

function changed<T extends object>(before: T, after: T): Partial<T> {
  const set: Partial<T> = {};
  for (const key of Object.keys(after) as (keyof T)[]) if (!same(before[key], after[key])) set[key] = after[key];
  return set;
}

/** Seats of those who have not folded. */
function leftIn({ hand }: State): SeatNo[] {
  return hand?.players.flatMap(({ seat }, i) => (hand.betting.stakes[i]?.folded === true ? [] : [seat])) ?? [];
}

function didOf(state: State, event: Event): Did {
  switch (event.type) {
    case "sat":
    case "stood":
    case "toppedUp":
      return { type: event.type, seat: event.seat };
    case "flagged": {
      const { out, awaySince } = event.set;
      if (out !== undefined) return { type: out ? "satOut" : "satIn", seat: event.seat };
      return awaySince === undefined ? { type: "timeBank", seat: event.seat } : { type: "other" };
    }
    case "dealt":
      return { type: "dealt", seats: event.hand.players.map(({ seat }) => seat) };
    case "acted":
      return { type: "acted", seat: state.hand?.players[event.player]?.seat ?? 0, act: event.act };
    case "street": {
      const there = event.board === 1 ? state.hand?.board : state.hand?.board2;
      const street = STREETS[BOARD_AFTER.findIndex((cards) => cards > (there?.length ?? 0))] ?? "river";
      return { type: "street", street, cards: event.cards.map(({ card }) => card), board: event.board };
    }
    case "facedUp":
      return { type: "shown", seats: leftIn(state) };
    case "showed":
      return { type: "shown", seats: [state.hand?.players[event.player]?.seat ?? 0] };
    case "won":
      return { type: "won", awards: event.end.awards };
    case "voided":
      return { type: "voided", reason: event.reason };
    default:
      return { type: "other" };
  }
}
