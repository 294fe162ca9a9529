import type { Config, HouseView } from "./types.ts";

/** The chips that the house lends its players: only at its own stakes, and within a budget for each table and day. [P20] */

export type Lent = {
  /** Days since 1970, UTC. */
  readonly day: number;
  /** Chips that were brought on that day and not taken home since. */
  readonly brought: number;
};

/** The highest stakes at which house players sit. */
export const HOUSE_STAKES = { bigBlind: 1_000, buyIn: 100_000 } as const;

const DAY_MS = 86_400_000;

/** Whether a table plays no higher than that, with blinds only: the policy of house players knows no antes or straddles. */
export function isHouseStakes({ bigBlind, ante, straddle, maxBuyInBigBlinds }: Config): boolean {
  if (ante > 0 || straddle !== "off") return false;
  return bigBlind <= HOUSE_STAKES.bigBlind && maxBuyInBigBlinds * bigBlind <= HOUSE_STAKES.buyIn;
}

/** The budget in the config; tables from before there was one have the default of then. */
const budgetOf = ({ botBudget }: Partial<Config>): number => botBudget ?? 200_000;

export function houseView(config: Config, lent: Lent | undefined): HouseView | null {
  if (!isHouseStakes(config)) return null;
  return { budget: budgetOf(config), day: lent?.day ?? 0, brought: lent?.brought ?? 0 };
}

/** Chips that house players may still bring at this instant. */
export function houseLeft({ budget, day, brought }: HouseView, now: number): number {
  return Math.max(0, budget - (day === Math.floor(now / DAY_MS) ? brought : 0));
}

/** After a house player brought chips or, when negative, took them home. Winnings of the house do not add to a day's budget. */
export function lentAfter(lent: Lent | undefined, chips: number, at: number): Lent {
  const day = Math.floor(at / DAY_MS);
  const before = lent?.day === day ? lent.brought : 0;
  return { day, brought: Math.max(0, before + chips) };
}
