import type { Ms, PlayerId, Refusal } from "../game.ts";
import { later } from "../kit/time.ts";
import type { Event, Placed } from "./events.ts";
import { excessOf, faultOf } from "./limits.ts";
import type { State } from "./state.ts";
import type { Bet } from "./types.ts";

/**
 * Places all of these bets as one action, or none. It is the only way that chips come onto the layout, so every limit holds for
 * bets, calls, doubles, repeats and auto-repeats. [R6] [R7]
 */
export function place(state: State, player: PlayerId, bets: readonly Bet[], by: Placed["by"]): Placed | Refusal {
  for (const bet of bets) {
    const fault = faultOf(state.config, bet);
    if (fault !== null) return fault;
  }
  const merged = bets.length > 1 ? merge(bets) : bets;
  return excessOf(state, player, merged) ?? { type: "placed", player, bets: merged, by };
}

/** Each spot once, with its sum. */
function merge(bets: readonly Bet[]): readonly Bet[] {
  const sums = new Map<string, number>();
  for (const { spot, amount } of bets) sums.set(spot, (sums.get(spot) ?? 0) + amount);
  return sums.size === bets.length ? bets : [...sums].map(([spot, amount]) => ({ spot, amount }));
}

/** The first bet starts the clock, which counts from now. [R4] */
export function opening(state: State, now: Ms): readonly Event[] {
  return state.phase.name === "waiting" ? [{ type: "opened", closesAt: later(now, state.config.openMs) }] : [];
}
