import type { Options } from "../game.ts";
import type { Config } from "./types.ts";

export const options: Options<Config> = {
  minStake: { title: "Lowest bet", description: "Chips in one bet; a player may have two in a flight." },
  maxStake: { title: "Highest bet", description: "Chips in one bet." },
  bettingMs: { title: "Time to bet", description: "From the first bet to the start." },
  pauseMs: { title: "Between flights", description: "From the crash until betting opens again.", advanced: true },
  maxProfit: {
    title: "Most the house pays",
    description: "The most profit, in chips, that one flight pays. It ends before it would cost more.",
    advanced: true,
  },
  minForceX100: {
    title: "Earliest forced end",
    description: "No bet is taken that could make the house end a flight before this multiplier.",
    advanced: true,
  },
  maxX100: {
    title: "Ceiling",
    description: "The highest multiplier: every bet still in the air is paid at it.",
    advanced: true,
  },
};
