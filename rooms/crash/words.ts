import type { Words } from "../kit/words.ts";
import type { Command } from "./types.ts";

const STAKE = "Integer minor units, at least 1.";
const TARGET =
  "A multiplier with at most two decimals, from 1.01: 2.5 is two and a half times. It is not in hundredths, as the house's answers are.";
const FACTOR = "from 0.01 to 100, with at most two decimals; left out: `amount` again.";

/** Documentation of crash's commands and refusals. */
export const words: Words<Command> = {
  commands: {
    bet: {
      about:
        "A bet on the flight that is open, or on the next one while a flight is on or its crash is shown; two at most. Answered in `result` as `{bet, round}`.",
      fields: {
        amount: `The stake. ${STAKE}`,
        autoCashout: `The multiplier at which it is cashed out. ${TARGET} Without it: by hand only.`,
        round: "The round it is meant for. Refused `old_round` when it would be in another by now.",
      },
      example: { type: "bet", amount: 100, autoCashout: 2.5 },
    },
    cancel: {
      about: "Takes a bet back, until its flight starts.",
      fields: { bet: "The `bet` of its answer." },
      example: { type: "cancel", bet: 17 },
    },
    cashout: {
      about:
        "Cashes a bet out at the multiplier of the instant that this came in. Answered in `result` as `{bet, at, x100, paid}`; `x100` is hundredths.",
      fields: { bet: "The `bet` of its answer; may be left out with one bet in the air." },
      example: { type: "cashout", bet: 17 },
    },
    strategy: {
      about: "The room bets for the player, round after round.",
      fields: {
        amount: `The first stake, and the one to go back to. ${STAKE}`,
        autoCashout: `Where each bet is cashed out. ${TARGET}`,
        onWin: `What the stake is multiplied by after a win, ${FACTOR}`,
        onLoss: `What the stake is multiplied by after a loss, ${FACTOR}`,
        stopLoss:
          "The strategy never loses more than this in all: a bet that could is not placed, and the strategy ends. Integer minor units.",
        stopWin: "The strategy ends once it has won this much in all. Integer minor units.",
        rounds: "How many rounds. Without it: until it is stopped.",
      },
      example: { type: "strategy", amount: 100, autoCashout: 2, onLoss: 2, stopLoss: 5_000, rounds: 20 },
    },
    stopStrategy: { about: "Ends the strategy.", fields: {}, example: { type: "stopStrategy" } },
    bets: {
      about: "All bets of the round, most chips first, fifty at a time: answered in `result` as `{bets, next}`.",
      fields: { from: "The `next` of the answer before; 0 by default." },
      example: { type: "bets" },
    },
  },
  refusals: {
    above_maximum: "It is more than the maximum bet.",
    above_stop_loss: "The strategy's first bet could lose more than its `stopLoss`.",
    above_table_maximum: "The house could not cover more in this flight.",
    already_cashed_out: "The bet is cashed out.",
    already_crashed: "The flight had crashed before the command came in.",
    below_minimum: "It is less than the minimum bet.",
    flight_started: "The bet is in the air: it can be cashed out, not cancelled.",
    invalid_factor: "`onWin` or `onLoss` is not from 0.01 to 100 with at most two decimals.",
    no_bet: "The player has no such bet.",
    not_started: "The bet's flight has not started.",
    not_your_bet: "The bet is another player's.",
    old_round: "The bet would be in another round than it was meant for.",
    target_not_a_number: "`autoCashout` is not a number.",
    target_not_hundredths: "`autoCashout` has more than two decimals.",
    target_too_high: "`autoCashout` is above the lobby's ceiling.",
    target_too_low: "`autoCashout` is below 1.01.",
    too_many_bets: "There are two bets in that flight already.",
    which_bet: "There are two bets in the air: `bet` has to say which.",
  },
};
