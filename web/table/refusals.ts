import { watchingWords } from "../care/barred.ts";
import type { Answer } from "../live/frames.ts";

/** Refusals in the page's own words. The server's message is used for codes not listed. */
const WORDS: Readonly<Record<string, string>> = {
  insufficient_funds: "That is more than your balance.",
  paused: "The table is resting: no new bets for now.",
  flooding: "A little slower, please.",
  internal: "Something went wrong on our side. Your chips are where they were.",
};

/** `own`: the game's own messages by code. Its "spectator" is the action that was tried. */
export function wordsFor(answer: Extract<Answer, { ok: false }>, own: Readonly<Record<string, string>> = {}): string {
  if (answer.code === "spectator") return watchingWords(own["spectator"]);
  return own[answer.code] ?? WORDS[answer.code] ?? grouped(answer.message);
}

/** Adds separators to numbers in the server's messages. */
function grouped(text: string): string {
  return text.replace(/\d{4,}/g, (digits) => Number(digits).toLocaleString("en-US"));
}
