import { chips, type Facts, type Ms, type PlayerId, type Refusal } from "../game.ts";
import { later } from "../kit/time.ts";
import type { Event } from "./events.ts";
import { profitAt } from "./exposure.ts";
import { BETS_MAX, isOpen, placeOf, type State } from "./state.ts";
import type { Bet } from "./types.ts";

/** Places bets, by hand or by a strategy. */

/** Why a bet of this amount is refused now, for any player; null when it is not. */
export function stakeFault({ config }: State, amount: number, { table }: Pick<Facts, "table">): Refusal | null {
  if (table === "paused") return { refused: "paused", message: "The lobby is paused: no new bets for now." };
  if (amount < config.minStake) {
    return { refused: "below_minimum", message: `The least bet here is ${config.minStake}.` };
  }
  if (amount > config.maxStake) {
    return { refused: "above_maximum", message: `The highest bet here is ${config.maxStake}.` };
  }
  return null;
}

export function tooMany(now: boolean): Refusal {
  return { refused: "too_many_bets", message: `You have ${BETS_MAX} bets ${now ? "in this" : "for the next"} flight.` };
}

/**
 * The only way to place a bet, by hand or by a strategy, so that every limit holds for both. It is for the round that is open, or
 * queued for the next while a flight is in the air or its crash is shown. [C7] [C8]
 */
export function place(
  state: State,
  player: PlayerId,
  draft: { readonly amount: number; readonly targetX100: number | null; readonly by: Bet["by"] },
  facts: Pick<Facts, "table">,
): Extract<Event, { type: "placed" | "queued" }> | Refusal {
  const { config, risk } = state;
  const fault = stakeFault(state, draft.amount, facts);
  if (fault !== null) return fault;
  const now = isOpen(state);
  const known = placeOf(state, player);
  // A running strategy takes one of the next round's two bets.
  const mine = now ? (known?.bets.length ?? 0) : (known?.queued.length ?? 0) + (known?.strategy == null ? 0 : 1);
  if (mine >= BETS_MAX) return tooMany(now);
  const bet: Bet = { id: state.nextBet, ...draft, amount: chips(draft.amount), out: null };
  if ((now ? risk.now : risk.next) + profitAt(bet, config.minForceX100) > config.maxProfit) {
    return { refused: "above_table_maximum", message: "The lobby cannot cover more in this flight." };
  }
  return { type: now ? "placed" : "queued", player, bet };
}

/** The first bet starts the countdown, which counts from now. [C1] */
export function opening(state: State, now: Ms): readonly Event[] {
  return state.phase.name === "waiting" ? [{ type: "opened", startsAt: later(now, state.config.bettingMs) }] : [];
}
