import type { Answer } from "../live/frames.ts";
import { wordsFor as commonWords } from "../table/refusals.ts";

/** Refusals in the page's own words. */
const WORDS: Readonly<Record<string, string>> = {
  old_round: "That came in after its spin: nothing was changed.",
  bets_closed: "Bets are closed for this spin.",
  nothing_to_undo: "There is nothing to take back.",
  nothing_to_double: "Place a bet first, then double it.",
  nothing_to_repeat: "There is no earlier bet of yours to repeat.",
  not_on_this_wheel: "This call belongs to the single-zero wheel.",
  above_table_maximum: "The house cannot cover more on this result.",
};

export function wordsFor(answer: Extract<Answer, { ok: false }>): string {
  return commonWords(answer, WORDS);
}

/** Why an auto-repeat ended, from the server's reason. */
export function stopWords(reason: string | null): string {
  switch (reason) {
    case "finished":
      return "Auto-repeat is done.";
    case "stop_loss":
      return "Auto-repeat stopped at your loss limit.";
    case "stop_loss_ahead":
      return "Auto-repeat stopped: the next bets could have lost more than your limit.";
    case "stop_win":
      return "Auto-repeat stopped at your win limit.";
    case "insufficient_funds":
      return "Auto-repeat stopped: the balance does not cover the bets.";
    case "voided":
      return "Auto-repeat stopped: the round was void.";
    default:
      return "Auto-repeat is off.";
  }
}
