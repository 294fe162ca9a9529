import { layoutOf } from "../../rooms/roulette/layout.ts";
import { capOf } from "../../rooms/roulette/limits.ts";
import type { Config } from "../../rooms/roulette/types.ts";
import type { Takes } from "../table/chips.ts";

/** What one chip may be worth: no spot takes more, and no player has more than so much on the layout. */
export function takesOf(config: Config, staked: number): Takes {
  const spots = layoutOf(config.wheel).bets.map((bet) => capOf(config, bet));
  return { least: config.minStake, most: Math.min(Math.max(...spots), config.maxPlayer - staked) };
}
