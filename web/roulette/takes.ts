import { layoutOf } from "../../rooms/roulette/layout.ts";
import { capOf } from "../../rooms/roulette/limits.ts";
import type { Config } from "../../rooms/roulette/types.ts";
import type { Takes } from "../table/chips.ts";

/** The range of a single chip: at most the highest limit of a spot, and what the player may still add to the layout. */
export function takesOf(config: Config, staked: number): Takes {
  const spots = layoutOf(config.wheel).bets.map((bet) => capOf(config, bet));
  return { least: config.minStake, most: Math.min(Math.max(...spots), config.maxPlayer - staked) };
}
