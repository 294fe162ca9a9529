import { edgeOf, reduced, type Fraction } from "../kit/rtp.ts";
import { betOn, layoutOf, type Kind, type LegalBet } from "./layout.ts";
import type { Bet, Pocket } from "./types.ts";
import type { Wheel } from "./wheel.ts";

/**
 * The returns of bets, the stake included. A bet on k pockets returns 36/k [R2]; the American five-number bet pays 6 to 1; under
 * la partage (French) half of an even chance is returned at zero [R11]. There the French table takes even amounts only, so all
 * returns are whole.
 */

/** The return of one chip on this bet when the ball falls into `pocket`; 0 when it loses. */
export function factorOf(wheel: Wheel, bet: Pick<LegalBet, "kind" | "pockets" | "k">, pocket: Pocket): number {
  if (bet.pockets.includes(pocket)) return bet.kind === "five" ? 7 : 36 / bet.k;
  return halved(wheel, bet.kind) && pocket === "0" ? 1 / 2 : 0;
}

/** Whether zero returns half of such a bet: then its amount must be even. */
export function halved(wheel: Wheel, kind: Kind): boolean {
  return wheel === "french" && kind === "even-chance";
}

/** One payout: `index` of a pocket or a bet in the layout, `factor` per chip. */
type Pay = { readonly index: number; readonly factor: number };

export type PayTable = {
  /** By bet: the pockets where it wins, with the profit there: the return less the stake itself. */
  readonly profits: readonly (readonly Pay[])[];
  /** By pocket: the bets that return something, the stake included. */
  readonly ofPocket: readonly (readonly Pay[])[];
};

/** The payouts of a wheel, by bet and by pocket. */
export function payTable(wheel: Wheel): PayTable {
  return tables[wheel];
}

function build(wheel: Wheel): PayTable {
  const { bets, pockets } = layoutOf(wheel);
  const profits = bets.map((bet) =>
    pockets
      .map((pocket, index) => ({ index, factor: factorOf(wheel, bet, pocket) - 1 }))
      .filter((pay) => pay.factor > 0),
  );
  const ofPocket = pockets.map((pocket) =>
    bets.map((bet) => ({ index: bet.index, factor: factorOf(wheel, bet, pocket) })).filter((pay) => pay.factor > 0),
  );
  return { profits, ofPocket };
}

const tables: Readonly<Record<Wheel, PayTable>> = {
  european: build("european"),
  french: build("french"),
  american: build("american"),
};

/** The return of a bet over all pockets, 36 of 37 with one zero: counted in halves, since la partage pays them. */
export function returnOf(wheel: Wheel, bet: LegalBet): Fraction {
  const { pockets } = layoutOf(wheel);
  const returned = pockets.reduce((sum, pocket) => sum + 2 * factorOf(wheel, bet, pocket), 0);
  return reduced({ returned, staked: 2 * pockets.length });
}

/** The house's expected gain from several bets together: in ten-thousandths of a chip, rounded up. */
export function expectedX10000(wheel: Wheel, bets: readonly Bet[]): number {
  const gain = bets.reduce((sum, { spot, amount }) => {
    const bet = betOn(wheel, spot);
    return bet === undefined ? sum : sum + amount * edgeOf(returnOf(wheel, bet));
  }, 0);
  // Tolerance for rounding errors of the sum, far below a ten-thousandth.
  return Math.ceil(10_000 * gain - 1e-3);
}
