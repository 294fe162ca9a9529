import type { Draw } from "../game.ts";
import type { X100 } from "./types.ts";

/** The label of the one draw of a round. */
export const BUST_LABEL = "bust";

const TWO_52 = 2 ** 52;

/** The expected return of a bet, at any target: 99 of 100. */
export const RETURN = { returned: 99, staked: 100 } as const;

/**
 * The bust point of C3 from the first 52 bits of a digest, r: max(1, floor(99 / (1 - r / 2^52)) / 100), in hundredths. So P(bust
 * >= x) = 0.99 / x: the house edge is 1 % at any target. Public chains (bustabit) use the same mapping, in the same
 * floating-point arithmetic.
 */
export function bustOf(bits52: number): X100 {
  if (!Number.isInteger(bits52) || bits52 < 0 || bits52 >= TWO_52) throw new RangeError(`not 52 bits: ${bits52}`);
  return Math.max(100, Math.floor(RETURN.returned / (1 - bits52 / TWO_52)));
}

/** The same from a digest in hex: its first 13 digits are the 52 bits. Throws when it is not hex or too short. */
export function bustOfDigest(hex: string): X100 {
  if (!/^[0-9a-f]{13,}$/i.test(hex)) throw new RangeError("a digest has at least 13 digits of hex");
  return bustOf(Number.parseInt(hex.slice(0, 13), 16));
}

/** The round's bust point from its draw stream of the label `bust`. */
export function drawBust(draw: Draw): X100 {
  return bustOf(draw.bits52());
}
