/** Return to player (RTP): what comes back of what is staked, in expectation. The house edge is the rest. */

/** A bet's return, exactly `returned / staked`. `bet`: its name in the API, `title`: for people. */
export type BetReturn = {
  readonly bet: string;
  readonly title: string;
  readonly returned: number;
  readonly staked: number;
};

/** How a table takes its part. */
export type Rtp =
  /** Bets against the house. */
  | { readonly kind: "edge"; readonly bets: readonly BetReturn[] }
  /** Players play against each other: basis points of each pot, at most `cap` chips of a hand. */
  | { readonly kind: "rake"; readonly bps: number; readonly cap: number }
  /** Nothing is staked here: basis points of the stakes that made the tickets are given away. */
  | { readonly kind: "prize"; readonly bps: number };

export type Fraction = Pick<BetReturn, "returned" | "staked">;

/** In lowest terms. */
export function reduced({ returned, staked }: Fraction): Fraction {
  const divisor = gcd(returned, staked);
  return { returned: returned / divisor, staked: staked / divisor };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

/** In basis points, to the nearest. */
export const rtpBps = ({ returned, staked }: Fraction): number => Math.round((10_000 * returned) / staked);

/** What the house keeps of each unit staked. */
export const edgeOf = ({ returned, staked }: Fraction): number => (staked - returned) / staked;
