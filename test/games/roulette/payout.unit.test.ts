import { describe, expect, test } from "vitest";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import { factorOf } from "../../../rooms/roulette/payout.ts";
import { pocketsOf, type Wheel } from "../../../rooms/roulette/wheel.ts";
import { ann, Driver } from "./driver.ts";

const WIDE = { maxInside: 1_000_000, maxOutside: 1_000_000, maxPlayer: 1_000_000_000, maxLiability: 1_000_000_000 };

/** What one stake on a bet gives back over all results together, in halves of a stake so that it is whole. */
function halvesBack(wheel: Wheel, spot: string): number {
  const bet = layoutOf(wheel).bySpot.get(spot);
  if (bet === undefined) throw new Error(`no ${spot}`);
  return pocketsOf(wheel).reduce((sum, pocket) => sum + 2 * factorOf(wheel, bet, pocket), 0);
}

describe("what bets return", () => {
  test("[R2] 35 17 11 8 5 2 1 to one on 1 2 3 4 6 12 18 numbers, for every one of the 157 bets", () => {
    const toOne: Readonly<Record<number, number>> = { 1: 35, 2: 17, 3: 11, 4: 8, 6: 5, 12: 2, 18: 1 };
    for (const bet of layoutOf("european").bets) {
      for (const pocket of pocketsOf("european")) {
        const wins = bet.pockets.includes(pocket);
        expect(factorOf("european", bet, pocket)).toBe(wins ? 1 + (toOne[bet.k] ?? Number.NaN) : 0);
      }
    }
  });

  test("[R2] over the 37 results every bet returns 36 stakes, so the edge is 1/37", () => {
    for (const { spot } of layoutOf("european").bets) expect(halvesBack("european", spot)).toBe(2 * 36);
  });

  test("[R11] la partage: even chances return 36 1/2 stakes over the 37 results, so their edge is 1/74", () => {
    for (const { spot, kind } of layoutOf("french").bets) {
      const back = halvesBack("french", spot);
      expect(back).toBe(kind === "even-chance" ? 73 : 72);
      if (kind === "even-chance") expect((74 - back) / 74).toBe(1 / 74);
    }
  });

  test("[R11] American: every bet returns 36 stakes over 38 results (5.26 %), the five-number bet 35 (7.89 %)", () => {
    for (const { spot, kind } of layoutOf("american").bets) {
      const back = halvesBack("american", spot) / 2;
      expect(back).toBe(kind === "five" ? 35 : 36);
      expect(((100 * (38 - back)) / 38).toFixed(2)).toBe(kind === "five" ? "7.89" : "5.26");
    }
  });
});

describe("a whole round at the table", () => {
  for (const wheel of ["european", "french", "american"] as const) {
    test(`[R1] [R2] every bet of the ${wheel} layout is taken, and each result pays what the numbers say`, () => {
      const { bets, pockets } = layoutOf(wheel);
      const stake = 6;
      for (const pocket of pockets) {
        const table = new Driver({ wheel, ...WIDE });
        for (let i = 0; i < bets.length; i += 40) {
          const some = bets.slice(i, i + 40).map(({ spot }) => [spot, stake] as const);
          expect(table.bet(ann, ...some)).toBe("ok");
        }
        table.pocket = pocket;
        table.runTo("settled");
        let returned = 0;
        for (const bet of bets) {
          if (bet.pockets.includes(pocket)) returned += bet.k === 5 ? 7 * stake : (36 * stake) / bet.k;
          else if (wheel === "french" && bet.kind === "even-chance" && pocket === "0") returned += stake / 2;
        }
        expect(table.profit(ann)).toBe(returned - bets.length * stake);
        expect(table.seat(ann).paid).toMatchObject({ result: pocket, staked: bets.length * stake, returned });
        const wins = table.seat(ann).paid?.wins ?? [];
        expect(wins.reduce((sum, win) => sum + win.returned, 0)).toBe(returned);
        expect(table.house).toBe(bets.length * stake - returned);
      }
    });
  }

  test("[R11] la partage gives half of an even chance back at zero, and nothing of a dozen", () => {
    const table = new Driver({ wheel: "french" });
    table.bet(ann, ["red", 10], ["dozen:1", 10], ["straight:5", 10]);
    table.play("0");
    expect(table.profit(ann)).toBe(-25);
    expect(table.seat(ann).paid?.wins).toEqual([{ spot: "red", staked: 10, returned: 5 }]);
  });

  test("[R1] zero loses every outside bet at the European table", () => {
    const table = new Driver();
    table.bet(ann, ["red", 10], ["even", 10], ["low", 10], ["dozen:1", 10], ["column:1", 10]);
    table.play("0");
    expect(table.profit(ann)).toBe(-50);
  });
});
