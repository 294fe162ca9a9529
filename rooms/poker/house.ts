import type { Config, HouseView } from "./types.ts";

/** What the house lends its players to sit down with: at its own stakes, and no more a day and table than it says. [P20] */

export type Lent = {
  /** Days since 1970, UTC. */
  readonly day: number;
  /** Brought on that day and not taken home since. */
  readonly brought: number;
};

/** The house's stakes: where more is played for, its players do not sit. */
export const HOUSE_STAKES = { bigBlind: 1_000, buyIn: 100_000 } as const;

const DAY_MS = 86_400_000;

/** Whether a table plays for no more than the house does, and by blinds alone: its players' policy knows no antes and no straddles. */
export function isHouseStakes({ bigBlind, ante, straddle, maxBuyInBigBlinds }: Config): boolean {
  if (ante > 0 || straddle !== "off") return false;
  return bigBlind <= HOUSE_STAKES.bigBlind && maxBuyInBigBlinds * bigBlind <= HOUSE_STAKES.buyIn;
}

/** As the config says; tables from before there was a budget have the usual one. */
const budgetOf = ({ botBudget }: Partial<Config>): number => botBudget ?? 200_000;

export function houseView(config: Config, lent: Lent | undefined): HouseView | null {
  if (!isHouseStakes(config)) return null;
  return { budget: budgetOf(config), day: lent?.day ?? 0, brought: lent?.brought ?? 0 };
}

/** What house players may still bring at this instant. */
export function houseLeft({ budget, day, brought }: HouseView, now: number): number {
  return Math.max(0, budget - (day === Math.floor(now / DAY_MS) ? brought : 0));
}

/** After a house player brought chips, or (below 0) took them home. The house's gains do not add to a day's budget. */
export function lentAfter(lent: Lent | undefined, chips: number, at: number): Lent {
  const day = Math.floor(at / DAY_MS);
  const before = lent?.day === day ? lent.brought : 0;
  return { day, brought: Math.max(0, before + chips) };
}
