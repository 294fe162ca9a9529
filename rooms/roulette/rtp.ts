import type { Rtp } from "../game.ts";
import { layoutOf, type Kind } from "./layout.ts";
import { returnOf } from "./payout.ts";
import type { Config } from "./types.ts";

/** The return of each bet, from the payouts over all pockets. [R2] [R11] */

const TITLES: Readonly<Record<Kind, string>> = {
  straight: "Straight",
  split: "Split",
  street: "Street",
  trio: "Trio",
  corner: "Corner",
  "first-four": "First four",
  five: "Five numbers",
  line: "Six line",
  dozen: "Dozen",
  column: "Column",
  "even-chance": "Even chance",
};

/** By kind of bet: all bets of one kind return the same. */
export function rtp({ wheel }: Pick<Config, "wheel">): Rtp {
  const kinds = new Map(layoutOf(wheel).bets.map((bet) => [bet.kind, bet]));
  const bets = [...kinds].map(([kind, bet]) => ({ bet: kind, title: TITLES[kind], ...returnOf(wheel, bet) }));
  return { kind: "edge", bets };
}
