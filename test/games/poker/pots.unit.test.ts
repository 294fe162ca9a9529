import { describe, expect, test } from "vitest";
import { awards } from "../../../rooms/poker/hand.ts";
import { potsOf, split } from "../../../rooms/poker/pots.ts";
import type { Stake } from "../../../rooms/poker/street.ts";

const stake = (put: number, folded = false): Stake => ({ stack: 0, bet: 0, put, folded, acted: true });

describe("pots", () => {
  test("[P7] one pot when everybody put in the same", () => {
    expect(potsOf([stake(50), stake(50), stake(50)])).toEqual([{ chips: 150, eligible: [0, 1, 2] }]);
  });

  test("[P7] each all-in for less makes a side pot that he is not in", () => {
    expect(potsOf([stake(20), stake(100), stake(60), stake(100)])).toEqual([
      { chips: 80, eligible: [0, 1, 2, 3] },
      { chips: 120, eligible: [1, 2, 3] },
      { chips: 80, eligible: [1, 3] },
    ]);
  });

  test("[P7] folded chips stay in the pots they were bet into, and make no pot of their own", () => {
    expect(potsOf([stake(30, true), stake(100), stake(5, true), stake(100)])).toEqual([
      { chips: 235, eligible: [1, 3] },
    ]);
    expect(potsOf([stake(30, true), stake(20), stake(100), stake(100)])).toEqual([
      { chips: 80, eligible: [1, 2, 3] },
      { chips: 170, eligible: [2, 3] },
    ]);
  });

  test("[P7] what folded players put in beyond the last all-in belongs to the last pot", () => {
    expect(potsOf([stake(40, true), stake(30), stake(30)])).toEqual([{ chips: 100, eligible: [1, 2] }]);
  });
});

describe("splitting", () => {
  test("[P8] what cannot be divided goes to the first winner left of the button (TR 73-74, LA 148-149)", () => {
    expect(split(101, [1, 4])).toEqual([
      { player: 1, chips: 51 },
      { player: 4, chips: 50 },
    ]);
    expect(split(8, [0, 2, 3]).map(({ chips }) => chips)).toEqual([4, 2, 2]);
  });

  test("[P8] each pot is split by itself, the last side pot first", () => {
    const won = awards([stake(25), stake(50), stake(50)], [[9, 9, 7]]);
    expect(won).toEqual([
      { pot: 1, board: 0, wins: [{ player: 1, chips: 50 }] },
      {
        pot: 0,
        board: 0,
        wins: [
          { player: 0, chips: 38 },
          { player: 1, chips: 37 },
        ],
      },
    ]);
  });

  test("[P16] run twice, each board has its share of every pot, odd chips with the first (LA 215)", () => {
    const won = awards(
      [stake(51), stake(50)],
      [
        [9, 7],
        [3, 8],
      ],
    );
    const main = won.filter(({ pot }) => pot === 0);
    expect(main.map(({ board, wins }) => [board, wins])).toEqual([
      [1, [{ player: 1, chips: 50 }]],
      [0, [{ player: 0, chips: 50 }]],
    ]);
    expect(won.flatMap(({ wins }) => wins).reduce((sum, { chips }) => sum + chips, 0)).toBe(101);
  });

  test("the last player left wins every pot without a hand", () => {
    const won = awards([stake(20, true), stake(50), stake(50, true)], []);
    expect(won.flatMap(({ wins }) => wins)).toEqual([{ player: 1, chips: 120 }]);
  });
});
