import { describe, expect, test } from "vitest";
import { duel } from "../../bench/poker/duel.ts";
import { STRATEGIES } from "../../bench/poker/strategies.ts";

/** `npm run bench:bots` plays far more hands of these, and prints the figures. */

describe("house players [P20]", () => {
  test.each([
    [2, 5, 4_000],
    [2, 10, 2_000],
    [2, 20, 1_500],
    [2, 100, 1_000],
    [3, 5, 2_000],
    [3, 20, 800],
    [6, 20, 150],
    [6, 100, 150],
    [9, 40, 80],
  ])("lose to no simple strategy by more than noise: %i players, %i big blinds", (players, bigBlinds, deals) => {
    const names = Object.keys(STRATEGIES);
    expect(names.length).toBeGreaterThanOrEqual(10);
    for (const name of names) {
      const { won, within } = duel(name, players, bigBlinds, deals, 11);
      // One in some thousands of fair figures is that far off; the cards are the same in every run.
      expect(won, `${name}: ${won.toFixed(3)} big blinds a hand`).toBeLessThan(1.7 * within);
    }
  });

  test("win from who is all-in blindly with five big blinds, which once paid 0.28 a hand", () => {
    const { won, within } = duel("all-in blindly", 2, 5, 8_000, 12);
    expect(won + within).toBeLessThan(0);
  });
});
