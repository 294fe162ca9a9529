/**
 * The numbers of C2, C3 and C8 by somebody who trusts no floating point: exact integers, made from the rules' own words. Nothing
 * here knows of rooms/crash.
 */

/** Fixed point with so many bits behind the point. A table of 2.4 * 10^5 products loses 18 of them at most. */
const BITS = 160n;
const ONE = 1n << BITS;
const GUARD = ONE >> 120n;

/** e^0.00006 by its series. */
function growth(): bigint {
  let sum = ONE;
  let term = ONE;
  for (let n = 1n; term > 0n; n++) {
    term = (term * 6n) / (100_000n * n);
    sum += term;
  }
  return sum;
}

const GROWTH = growth();
/** The whole hundredths of the curve at each millisecond, as far as anybody asked. */
const curve: number[] = [100];
let power = ONE;

/** floor(100 e^(0.00006 t)), t in whole milliseconds. Throws should the table ever be too coarse to tell. [C2] */
export function exactCurve(t: number): number {
  while (curve.length <= t) {
    power = (power * GROWTH) >> BITS;
    const hundred = 100n * power;
    const rest = hundred & (ONE - 1n);
    if (rest < GUARD || ONE - rest < GUARD) throw new Error(`too close to call at ${curve.length} ms`);
    curve.push(Number(hundred >> BITS));
  }
  return curve[t] ?? NaN;
}

/** The first whole millisecond at which the curve is at `x100` or beyond. */
export function exactElapsed(x100: number): number {
  while ((curve.at(-1) ?? 0) < x100) exactCurve(curve.length);
  let low = 0;
  let high = curve.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((curve[middle] ?? 0) >= x100) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** floor(stake * x), in exact integers. */
export function exactPayout(stake: number, x100: number): bigint {
  return (BigInt(stake) * BigInt(x100)) / 100n;
}

/** The bust point in hundredths of the first 52 bits `r`: max(100, floor(99 / (1 - r / 2^52))). [C3] */
export function exactBust(r: number): bigint {
  const x100 = (99n << 52n) / ((1n << 52n) - BigInt(r));
  return x100 < 100n ? 100n : x100;
}

type Risk = {
  readonly amount: number;
  readonly targetX100: number | null;
  readonly out: { readonly paid: number } | null;
};

/** What these bets win together when all of them are out at `x100` at the latest. [C8] */
export function exactProfits(bets: readonly Risk[], x100: number): bigint {
  return bets.reduce((sum, { amount, targetX100, out }) => {
    const paid = out === null ? exactPayout(amount, Math.min(x100, targetX100 ?? x100)) : BigInt(out.paid);
    return sum + paid - BigInt(amount);
  }, 0n);
}
