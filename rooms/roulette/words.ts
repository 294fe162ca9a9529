import type { Words } from "../kit/words.ts";
import type { Command } from "./types.ts";

const ROUND = "The round it is meant for. Refused `old_round` in any other. Without it: the open round.";
const STAKE = "Integer minor units, at least 1.";
const SPOT =
  "The bet's name: `red`, `black`, `even`, `odd`, `low`, `high`; `dozen:1` to `3`, `column:1` to `3`; and by the numbers that it covers, ascending, `straight:17`, `split:17-20`, `street:1-2-3`, `corner:1-2-4-5`, `line:1-2-3-4-5-6`, `trio:0-1-2`, `first-four:0-1-2-3`; on the American wheel also `straight:00` and `five:0-00-1-2-3`.";

/** Documentation of roulette's commands and refusals. */
export const words: Words<Command> = {
  commands: {
    bet: {
      about: "Puts chips on one spot or more: all of them or, when one is refused, none.",
      fields: {
        bets: "At least one, at most 40.",
        "bets.spot": SPOT,
        "bets.amount": `Chips added to what lies there. ${STAKE} Even on an even chance of the French wheel.`,
        round: ROUND,
      },
      example: {
        type: "bet",
        bets: [
          { spot: "red", amount: 500 },
          { spot: "split:17-20", amount: 100 },
        ],
      },
    },
    call: {
      about: "A call bet from the racetrack, as the bets that it stands for.",
      fields: {
        name: "`voisins`, `tiers`, `orphelins`, `jeu-zero` of the single-zero wheel; `neighbours` of a number; `finales` of a digit.",
        n: 'The number of `neighbours`, on the American wheel also "00"; the last digit of `finales`.',
        k: "How many neighbours on each side; 2 by default.",
        amount: `Per chip of the call, which has several. ${STAKE}`,
        round: ROUND,
      },
      example: { type: "call", name: "neighbours", n: 17, k: 2, amount: 100 },
    },
    undo: { about: "Takes back the player's last step.", fields: { round: ROUND }, example: { type: "undo" } },
    clear: { about: "Takes back all bets of the player.", fields: { round: ROUND }, example: { type: "clear" } },
    double: {
      about: "Doubles every bet of the player.",
      fields: { round: ROUND },
      example: { type: "double" },
    },
    repeat: {
      about: "Repeats the bets of the last round that the player played.",
      fields: { round: ROUND },
      example: { type: "repeat" },
    },
    autoRepeat: {
      about: "The room repeats the bets, round after round.",
      fields: {
        rounds: "How many rounds; 0 stops it.",
        stopLoss:
          "It never loses more than this in all: bets that could are not placed, and it ends. Integer minor units.",
        stopWin: "It ends once it has won this much in all. Integer minor units.",
      },
      example: { type: "autoRepeat", rounds: 10, stopLoss: 5_000 },
    },
    who: {
      about: "The players on a spot: answered in `result` as `{players: [{player, amount}]}`, at most 50.",
      fields: { spot: SPOT },
      example: { type: "who", spot: "red" },
    },
  },
  refusals: {
    above_inside_maximum: "More than one player may have on this inside spot; `maxInside` for each number covered.",
    above_outside_maximum: "More than one player may have on this outside spot; `maxOutside` for each dozen covered.",
    above_player_maximum: "More than one player may have on the layout in a round.",
    above_stop_loss: "The bets to repeat could lose more than `stopLoss` at once.",
    above_table_maximum: "The house could not pay more on one of the results.",
    below_minimum: "It is less than the minimum bet.",
    bets_closed: "Betting is over for this spin.",
    illegal_call: "There is no such call, or its number is missing or not of this wheel.",
    illegal_spot: "There is no such bet on this wheel's layout.",
    not_on_this_wheel: "This call belongs to the single-zero wheel.",
    nothing_to_clear: "There are no bets to clear.",
    nothing_to_double: "There are no bets to double.",
    nothing_to_repeat: "There are no earlier bets to repeat.",
    nothing_to_undo: "There are no bets to take back.",
    odd_amount: "An even chance takes even amounts on this wheel.",
    old_round: "The round it was meant for is not the one that is open.",
  },
};
