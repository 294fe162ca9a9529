import type { BetReturn } from "../game.ts";

/** Return to player (RTP): the share of a stake that is paid back, in expectation. The house edge is the rest. */

export type Fraction = Pick<BetReturn, "returned" | "staked">;

/** In lowest terms. */
export function reduced({ returned, staked }: Fraction): Fraction {
  const divisor = gcd(returned, staked);
  return { returned: returned / divisor, staked: staked / divisor };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** RTP in basis points, rounded. */
export const rtpBps = ({ returned, staked }: Fraction): number => Math.round((10_000 * returned) / staked);

/** The house edge: the share of a stake that the house keeps, in expectation. */
export const edgeOf = ({ returned, staked }: Fraction): number => (staked - returned) / staked;
