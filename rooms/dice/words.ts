import type { Options } from "../game.ts";
import type { Words } from "../kit/words.ts";
import type { Command, Config } from "./types.ts";

export const options: Options<Config> = {
  minStake: { title: "Lowest bet", description: "Chips on one roll." },
  maxStake: { title: "Highest bet", description: "Chips on one roll." },
  maxProfit: { title: "Most the house pays", description: "Chips in profit of one roll.", advanced: true },
  rolls: { title: "Rolls under one seed", description: "After so many the server seed is shown.", advanced: true },
  seedMs: { title: "Time under one seed", description: "From the first roll until it is shown.", advanced: true },
};

/** Documentation of the command and its refusals. */
export const words: Words<Command> = {
  commands: {
    roll: {
      about: "Stakes chips on a number from 0 to 9,999; answered in `result` as `{nonce, rolled, payout}`.",
      fields: {
        amount: "Integer minor units, at least 1.",
        side: "`under`: what is rolled is less than `target`. `over`: it is more.",
        target: "So that 1 to 9,800 numbers win: 1 to 9,800 `under`, 199 to 9,998 `over`.",
      },
      example: { type: "roll", amount: 100, side: "under", target: 4_950 },
    },
  },
  refusals: {
    above_maximum: "More than the highest bet.",
    above_table_maximum: "It could win more than the house pays in profit of one roll.",
    below_minimum: "Less than the lowest bet.",
    illegal_target: "No number would win, or more than 9,800 of them.",
    no_profit: "What came back would be no more than the stake: rounded down to whole chips, there is no profit in it.",
  },
};
