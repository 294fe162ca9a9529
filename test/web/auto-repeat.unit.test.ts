import { expect, test } from "vitest";
import { autoWords, readAuto } from "../../web/roulette/auto-form.ts";

const fields = (given: Readonly<Record<string, string>>) => (name: string) => given[name] ?? "";

test("[R12] before it is switched on, auto-repeat says what it bets and that it goes on without the page", () => {
  expect(autoWords(1_250)).toContain("Your bets of 1,250 are placed again");
  expect(autoWords(1_250)).toContain("It goes on when this page is closed.");
  expect(autoWords(0)).toBe("Place a bet first: then it can be repeated for you.");
});

test("[R12] the fields of auto-repeat are a command, or why they are none", () => {
  expect(readAuto(fields({ rounds: "10", stopLoss: "500" }))).toEqual({
    type: "autoRepeat",
    rounds: 10,
    stopLoss: 500,
  });
  expect(readAuto(fields({ rounds: "0" }))).toBe("Rounds: from 1 to 1,000.");
  expect(readAuto(fields({ rounds: "1", stopWin: "0" }))).toContain("Stop when I have won: from 1 to");
});
