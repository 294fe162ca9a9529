import type { Answer } from "../live/frames.ts";

/** Refusals in the table's own words; the server's are used for what is not listed. */
const WORDS: Readonly<Record<string, string>> = {
  bets_closed: "Bets are closed for this spin.",
  insufficient_funds: "That is more than your balance.",
  paused: "The table is resting: no new bets for now.",
  spectator: "You are watching. Log in or play as a guest to bet.",
  flooding: "A little slower, please.",
  nothing_to_undo: "There is nothing to take back.",
  nothing_to_double: "Place a bet first, then double it.",
  nothing_to_repeat: "There is no earlier bet of yours to repeat.",
  not_on_this_wheel: "This call belongs to the single-zero wheel.",
  above_table_maximum: "The house cannot cover more on this result.",
  internal: "Something went wrong on our side. Your chips are where they were.",
};

export function wordsFor(answer: Extract<Answer, { ok: false }>): string {
  return WORDS[answer.code] ?? grouped(answer.message);
}

/** Amounts in the server's sentences get their separators. */
function grouped(text: string): string {
  return text.replace(/\d{4,}/g, (digits) => Number(digits).toLocaleString("en-US"));
}

/** Why an auto-repeat ended, from the reason that the table tells. */
export function stopWords(reason: string | null): string {
  switch (reason) {
    case "finished":
      return "Auto-repeat is done.";
    case "stop_loss":
      return "Auto-repeat stopped at your loss limit.";
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
