import type { PlayerId } from "../game.ts";
import { toEach } from "../kit/to-each.ts";
import type { Event } from "./events.ts";
import { paidBets, resultOf } from "./evolve.ts";
import { strategyAfter } from "./plan.ts";
import { placeOf, type State } from "./state.ts";
import type { BetId, Out, Seat, PrivateDelta } from "./types.ts";

/** A player's private data: their own bets with their targets, their strategy, and their results in the last round. */

const NOTHING: Seat = { bets: [], queued: [], strategy: null, plan: null, stopped: null, last: null };

export function seat(state: State, player: PlayerId): Seat {
  const place = placeOf(state, player);
  if (place === undefined) return NOTHING;
  const { bets, queued, strategy, plan, stopped, last } = place;
  return { bets, queued, strategy, plan, stopped, last };
}

/** The players whose seat the event changes. */
function audience(state: State, event: Event): readonly PlayerId[] {
  switch (event.type) {
    case "placed":
    case "queued":
    case "cancelled":
    case "strategy":
    case "cashedOut":
      return [event.player];
    case "targetsMet":
      return Object.keys(event.outs) as PlayerId[];
    case "ended":
    case "voided":
      return state.places.filter(({ bets }) => bets.length > 0).map(({ player }) => player);
    case "ready":
      return state.places.filter(({ queued }) => queued.length > 0).map(({ player }) => player);
    case "forgot":
      return event.players;
    case "opened":
    case "launched":
    case "forceMoved":
      return [];
    default:
      event satisfies never;
      return [];
  }
}

/** The private delta for a player in the event's audience, from the state before the event. */
function privateDelta(state: State, event: Event, player: PlayerId): PrivateDelta | null {
  const place = placeOf(state, player);
  switch (event.type) {
    case "placed":
    case "queued":
      return { type: event.type, bet: event.bet };
    case "cancelled":
      return { type: "cancelled", bet: event.bet };
    case "strategy":
      return { type: "strategy", strategy: event.strategy, reason: event.reason };
    case "cashedOut":
      return { type: "out", outs: [[event.bet, event.out]] };
    case "targetsMet":
      return { type: "out", outs: outsOf(event.outs, player) };
    case "ended": {
      const strategy = place === undefined ? null : strategyAfter(state.config, place.strategy, place.bets);
      return { type: "ended", round: event.round, endX100: event.endX100, strategy };
    }
    case "voided":
      return { type: "ended", round: event.round, endX100: null, strategy: place?.strategy ?? null };
    case "ready":
      return { type: "boarded" };
    case "forgot":
      return { type: "forgotten" };
    case "opened":
    case "launched":
    case "forceMoved":
      return null;
    default:
      event satisfies never;
      return null;
  }
}

function outsOf(
  outs: Extract<Event, { type: "targetsMet" }>["outs"],
  player: PlayerId,
): readonly (readonly [BetId, Out])[] {
  return Object.hasOwn(outs, player) ? (outs[player] ?? []) : [];
}

/** Applies a private delta; clients use it too. */
export function foldSeat(before: Seat, told: PrivateDelta): Seat {
  switch (told.type) {
    case "placed":
      return { ...before, bets: [...before.bets, told.bet] };
    case "queued":
      return { ...before, queued: [...before.queued, told.bet] };
    case "cancelled": {
      const rest = ({ id }: { readonly id: BetId }): boolean => id !== told.bet;
      const { strategy } = before;
      return {
        ...before,
        bets: before.bets.filter(rest),
        queued: before.queued.filter(rest),
        strategy: strategy?.bet === told.bet ? { ...strategy, bet: null } : strategy,
      };
    }
    case "out":
      return { ...before, bets: paidBets(before.bets, told.outs) };
    case "ended": {
      const { round, endX100, strategy } = told;
      return { ...before, bets: [], strategy, last: resultOf(before, round, endX100) };
    }
    case "boarded":
      return { ...before, bets: before.queued, queued: [] };
    case "strategy": {
      const { strategy, reason } = told;
      const plan = strategy?.plan ?? before.plan;
      return { ...before, strategy, plan, stopped: strategy === null ? reason : null };
    }
    case "forgotten":
      return NOTHING;
    default:
      told satisfies never;
      return before;
  }
}

export const privateDeltas = toEach(audience, privateDelta);
