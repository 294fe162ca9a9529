import { watchingWords } from "../care/barred.ts";
import type { Answer } from "../live/frames.ts";

/** Refusals in the house's own words; the server's are used for what is not listed. */
const WORDS: Readonly<Record<string, string>> = {
  insufficient_funds: "That is more than your balance.",
  paused: "The table is resting: no new bets for now.",
  flooding: "A little slower, please.",
  internal: "Something went wrong on our side. Your chips are where they were.",
};

/** `own`: what the game says in other words; of "spectator", what one wanted to do. */
export function wordsFor(answer: Extract<Answer, { ok: false }>, own: Readonly<Record<string, string>> = {}): string {
  if (answer.code === "spectator") return watchingWords(own["spectator"]);
  return own[answer.code] ?? WORDS[answer.code] ?? grouped(answer.message);
}

/** Amounts in the server's sentences get their separators. */
function grouped(text: string): string {
  return text.replace(/\d{4,}/g, (digits) => Number(digits).toLocaleString("en-US"));
}
