import { afterEach, expect, test } from "vitest";
import { reportBarred, watchingWords } from "../../web/care/barred.ts";
import { wordsFor as pokerWords } from "../../web/poker/refusals.ts";
import { wordsFor } from "../../web/table/refusals.ts";

const SPECTATOR = { ok: false, id: "1", code: "spectator", message: "You are a spectator." } as const;
const BREAK = "You keep yourself from the tables until 3 May 2027 at 09:00. Your chips wait for you.";

afterEach(() => reportBarred(null));

test("who watches and may come in is told how, in the game's own words", () => {
  expect(watchingWords()).toBe("You are watching. Log in or play as a guest to bet.");
  expect(wordsFor(SPECTATOR)).toBe(watchingWords());
  expect(pokerWords(SPECTATOR)).toBe("You are watching. Log in or play as a guest to sit down.");
});

test("who is on a break is told until when, and not to play as a guest", () => {
  reportBarred(BREAK);
  expect([watchingWords(), watchingWords("bet here"), wordsFor(SPECTATOR), pokerWords(SPECTATOR)]).toEqual(
    Array.from({ length: 4 }, () => BREAK),
  );
});
