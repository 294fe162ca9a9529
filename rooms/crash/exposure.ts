import { payoutOf } from "./curve.ts";
import type { Bet, Config, X100 } from "./types.ts";

/**
 * The exposure limit of C8: the profits that the house pays in one flight never exceed `maxProfit`. Stakes that are lost do not
 * count against them. The flight ends where they would: at the force point. It moves up as bets are cashed out below it.
 */

/** The profit of a bet, without its stake, when everyone is out at `x100` at the latest. */
export function profitAt({ amount, targetX100, out }: Pick<Bet, "amount" | "targetX100" | "out">, x100: X100): number {
  if (out !== null) return out.paid - amount;
  return payoutOf(amount, targetX100 === null ? x100 : Math.min(x100, targetX100)) - amount;
}

/** The highest multiplier, up to the ceiling, at which these bets together win no more than the limit. */
export function forcePoint({ maxProfit, maxX100 }: Pick<Config, "maxProfit" | "maxX100">, bets: readonly Bet[]): X100 {
  if (covers(bets, maxX100, maxProfit)) return maxX100;
  let fits = 100;
  let breaks: X100 = maxX100;
  while (breaks - fits > 1) {
    const middle = Math.floor((fits + breaks) / 2);
    if (covers(bets, middle, maxProfit)) fits = middle;
    else breaks = middle;
  }
  return fits;
}

function covers(bets: readonly Bet[], x100: X100, limit: number): boolean {
  let sum = 0;
  for (const bet of bets) {
    sum += profitAt(bet, x100);
    if (sum > limit) return false;
  }
  return true;
}
