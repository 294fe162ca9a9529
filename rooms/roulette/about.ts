import type { Options } from "../game.ts";
import type { Config } from "./types.ts";

export const options: Options<Config> = {
  wheel: {
    title: "Wheel",
    description:
      "European has a single zero. French gives half of an even bet back at zero. American has a double zero as well.",
  },
  minStake: { title: "Lowest bet", description: "Chips on one spot." },
  maxPlayer: { title: "Most a player may bet", description: "Chips on the whole layout, in one round." },
  openMs: { title: "Time to bet", description: "From the first bet until no more are taken." },
  maxInside: {
    title: "Most on a number",
    description: "Chips for each number that an inside bet covers: a split takes twice as much as a straight.",
    advanced: true,
  },
  maxOutside: {
    title: "Most on a dozen",
    description: "Chips for each dozen that an outside bet covers: an even chance takes one and a half times as much.",
    advanced: true,
  },
  maxLiability: {
    title: "Most the house pays",
    description: "Chips in profits of one round; a bet that could cost more is not taken.",
    advanced: true,
  },
  closedMs: { title: "Before the spin", description: "From the last bet until the ball runs.", advanced: true },
  spinMs: { title: "The spin", description: "From the spin until it is paid.", advanced: true },
  settledMs: { title: "Between rounds", description: "From the pay-out until the next round.", advanced: true },
};
