import { chips, type PlayerId } from "../game.ts";
import { toEach } from "../kit/to-each.ts";
import type { Event } from "./events.ts";
import { autoAfter, paidOf, refund } from "./evolve.ts";
import { betsOf, total } from "./stacks.ts";
import { placeOf, undosOf, UNDO_MAX, type State } from "./state.ts";
import type { Seat, PrivateDelta } from "./types.ts";
import { changed, deltasOf, sumsOf } from "./view.ts";

/** A player's private data: their own chips, the bets that `repeat` would place, and the returns of the last round. */

const NOTHING: Seat = { bets: {}, staked: chips(0), undos: 0, last: [], auto: null, paid: null };

export function seat(state: State, player: PlayerId): Seat {
  const place = placeOf(state, player);
  if (place === undefined) return NOTHING;
  const { slip, last, auto, paid } = place;
  return {
    bets: slip === null ? {} : sumsOf(betsOf(state.config.wheel, slip.stacks)),
    staked: chips(slip?.staked ?? 0),
    undos: undosOf(slip),
    last,
    auto,
    paid,
  };
}

/** The players whose seat the event changes. */
function audience(state: State, event: Event): readonly PlayerId[] {
  switch (event.type) {
    case "placed":
    case "taken":
    case "auto":
      return [event.player];
    case "settled":
    case "voided":
      return state.places.filter(({ slip }) => slip !== null).map(({ player }) => player);
    case "forgot":
      return event.players;
    case "opened":
    case "closed":
    case "spun":
    case "ready":
      return [];
    default:
      event satisfies never;
      return [];
  }
}

/** The private delta for a player in the event's audience, from the state before the event. */
function privateDelta(state: State, event: Event, player: PlayerId): PrivateDelta | null {
  const place = placeOf(state, player);
  const slip = place?.slip ?? null;
  switch (event.type) {
    case "placed": {
      const undos = Math.min(undosOf(slip) + 1, UNDO_MAX);
      const staked = chips((slip?.staked ?? 0) + total(event.bets));
      return { type: "bets", deltas: deltasOf(event.bets, 1), staked, undos };
    }
    case "taken": {
      const staked = chips((slip?.staked ?? 0) - total(event.bets));
      return { type: "bets", deltas: deltasOf(event.bets, -1), staked, undos: staked === 0 ? 0 : undosOf(slip) - 1 };
    }
    case "auto":
      return { type: "auto", auto: event.auto, reason: event.reason };
    case "settled": {
      const paid = paidOf(event, player);
      if (place === undefined || slip === null || paid === null) return null;
      const last = betsOf(state.config.wheel, slip.stacks);
      return { type: "paid", paid, last, auto: autoAfter(place, event) };
    }
    case "voided":
      if (place === undefined || slip === null) return null;
      return { type: "paid", paid: refund(state.round, slip), last: place.last, auto: place.auto };
    case "forgot":
      return { type: "forgotten" };
    case "opened":
    case "closed":
    case "spun":
    case "ready":
      return null;
    default:
      event satisfies never;
      return null;
  }
}

/** Applies a private delta; clients use it too. */
export function foldSeat(before: Seat, told: PrivateDelta): Seat {
  switch (told.type) {
    case "bets":
      return { ...before, bets: changed(before.bets, told.deltas), staked: told.staked, undos: told.undos };
    case "auto":
      return { ...before, auto: told.auto };
    case "paid":
      return { ...NOTHING, last: told.last, auto: told.auto, paid: told.paid };
    case "forgotten":
      return NOTHING;
    default:
      told satisfies never;
      return before;
  }
}

export const privateDeltas = toEach(audience, privateDelta);
