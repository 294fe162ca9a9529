import { expect, test } from "vitest";
import { factorOf } from "../../rooms/roulette/payout.ts";
import { layoutOf } from "../../rooms/roulette/layout.ts";
import { COUNT_MAX, countOf, payoutOf, wins } from "../../rooms/dice/rolls.ts";
import { due as dueOfDice } from "../../src/cli/simulate/dice.ts";
import { due } from "../../src/cli/simulate/roulette.ts";
import { Tally } from "../../src/cli/simulate/tally.ts";

/** The simulator reckons by itself, from the names of the spots; here both are held against each other. */

test.each(["european", "french", "american"] as const)(
  "every bet of the %s layout brings the same at every pocket [R1] [R2] [R11]",
  (wheel) => {
    const { bets, pockets } = layoutOf(wheel);
    for (const bet of bets) {
      for (const pocket of pockets) {
        expect([bet.spot, pocket, due([bet.spot, 6], wheel, pocket)]).toEqual([
          bet.spot,
          pocket,
          6 * factorOf(wheel, bet, pocket),
        ]);
      }
    }
  },
);

test("a roll of dice brings the same for every number and target [D1] [D2]", () => {
  for (let target = 1; target < 9_999; target += 97) {
    for (const side of ["under", "over"] as const) {
      const bet = { side, target, amount: 77 };
      const count = countOf(bet);
      if (count < 1 || count > COUNT_MAX) continue;
      for (const rolled of [0, target - 1, target, target + 1, 9_999]) {
        expect([bet, rolled, dueOfDice(bet, rolled)]).toEqual([
          bet,
          rolled,
          wins(bet, rolled) ? payoutOf(bet.amount, count) : 0,
        ]);
      }
    }
  }
});

test("so large a share of the answers came within so long, to two per cent", () => {
  const tally = new Tally();
  for (let ms = 1; ms <= 1_000; ms++) tally.acknowledged(ms, ms % 2 === 0);
  const [half = 0, most = 0] = [tally.within(0.5), tally.within(0.99)].map((ms) => ms ?? 0);
  expect(half).toBeGreaterThanOrEqual(500);
  expect(half).toBeLessThan(510);
  expect(most).toBeGreaterThanOrEqual(990);
  expect(most).toBeLessThan(1_010);
  expect(tally.bets).toBe(500);
});
