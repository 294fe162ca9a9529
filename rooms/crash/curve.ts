import { chips, type Chips } from "../game.ts";
import type { X100 } from "./types.ts";

/**
 * The curve of C2 in integers: m(t) = floor(100 e^(0.00006 t)) hundredths, t in milliseconds since the start. The lobby computes
 * it to pay, the page to draw it, and the checker to verify. So it uses only basic arithmetic, which gives the same bits in every
 * engine; `Math.exp` does not have to.
 */

/** ln 2 in two parts: k times the first is exact for every k that occurs here. */
const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;
const TERMS = 18;

/** e^x for 0 <= x <= 60, to within a few units in the last place. */
function exp(x: number): number {
  const k = Math.round(x / LN2_HIGH);
  const rest = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = TERMS; n > 0; n--) sum = 1 + (rest / n) * sum;
  for (let i = 0; i < k; i++) sum *= 2;
  return sum;
}

/** The longest flight that is computed, in milliseconds: the multiplier there is far above any ceiling. */
const ELAPSED_MAX_MS = 900_000;

/** The multiplier `elapsedMs` after the start, in hundredths. 100 before it. Monotone. */
export function curveAt(elapsedMs: number): X100 {
  const t = Math.min(Math.max(Math.floor(elapsedMs), 0), ELAPSED_MAX_MS);
  return Math.floor(100 * exp((6 * t) / 100_000));
}

/** Inverse of `curveAt`: the first whole millisecond after the start at which the multiplier is `x100` or more. */
export function elapsedTo(x100: X100): number {
  let t = Math.min(Math.max(Math.ceil((Math.log(x100 / 100) * 100_000) / 6), 0), ELAPSED_MAX_MS);
  while (t > 0 && curveAt(t - 1) >= x100) t -= 1;
  while (t < ELAPSED_MAX_MS && curveAt(t) < x100) t += 1;
  return t;
}

/** The payout of a stake at a multiplier, the stake included: rounded down to a whole chip. */
export function payoutOf(stake: number, x100: X100): Chips {
  const whole = Math.floor(x100 / 100);
  // In two parts, so that no product leaves the safe integers.
  return chips(stake * whole + Math.floor((stake * (x100 - 100 * whole)) / 100));
}
