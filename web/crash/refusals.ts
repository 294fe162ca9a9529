import type { Answer } from "../live/frames.ts";
import { wordsFor as commonWords } from "../table/refusals.ts";

/** Refusals in the page's own words. For codes not listed the server's message is used, since it contains the limits. */
const WORDS: Readonly<Record<string, string>> = {
  too_many_bets: "Two bets a flight, and you have both.",
  above_table_maximum: "The house cannot cover more in this flight.",
  target_not_a_number: "The target is a number, such as 2.35.",
  target_too_low: "The least target is 1.01\u00d7.",
  target_not_hundredths: "A target has at most two decimals.",
  invalid_factor: "A factor is between 0.01 and 100, with at most two decimals.",
  old_round: "The flight you meant left without it: nothing was bet.",
  no_bet: "You have no such bet.",
  not_your_bet: "That bet is another player\u2019s.",
  not_started: "This bet\u2019s flight has not started yet.",
  already_cashed_out: "This bet is out already.",
  already_crashed: "Too late: the flight had crashed before your word came in.",
  flight_started: "The flight has started: cash out instead of cancelling.",
  which_bet: "You have two bets in the air: say which.",
  paused: "The lobby is resting: no new bets for now.",
};

export function wordsFor(answer: Extract<Answer, { ok: false }>): string {
  return commonWords(answer, WORDS);
}

/** Why a strategy ended, from the server's reason. Null: the player stopped it. */
export function stopWords(reason: string | null): string {
  switch (reason) {
    case "finished":
      return "The strategy has played all its rounds.";
    case "stop_loss":
      return "The strategy stopped at your loss limit.";
    case "stop_loss_ahead":
      return "The strategy stopped: its next bet could have lost more than your limit.";
    case "stop_win":
      return "The strategy stopped at your win limit.";
    case "insufficient_funds":
      return "The strategy stopped: your balance does not cover its next bet.";
    case "above_maximum":
      return "The strategy stopped: its next bet would be above the lobby\u2019s highest.";
    case "above_table_maximum":
      return "The strategy stopped: the house could not cover its next bet.";
    case "too_many_bets":
      return "The strategy stopped: you had two bets of your own.";
    case "voided":
      return "The strategy stopped: the flight was void.";
    case null:
      return "The strategy is off.";
    default:
      return "The strategy stopped.";
  }
}
