import { describe, expect, test } from "vitest";
import { betOn, FELT, layoutOf, type Kind } from "../../../rooms/roulette/layout.ts";
import { colourOf, pocketsOf, tally, wheelOrder, type Wheel } from "../../../rooms/roulette/wheel.ts";

const WHEELS: readonly Wheel[] = ["european", "french", "american"];
const NUMBERS = Array.from({ length: 36 }, (_, i) => i + 1);

function countByKind(wheel: Wheel): Partial<Record<Kind, number>> {
  const counts: Partial<Record<Kind, number>> = {};
  for (const { kind } of layoutOf(wheel).bets) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const spotsOf = (wheel: Wheel): string[] => layoutOf(wheel).bets.map((bet) => bet.spot);

const left = (n: number): boolean => n % 3 !== 0;
const covered = (spot: string): number[] => (betOn("american", spot)?.pockets ?? []).map(Number);

/** The same bets by arithmetic on the numbers, without any geometry. */
function byArithmetic(zeros: readonly string[]): string[] {
  return [
    ...zeros,
    ...NUMBERS.map((n) => `straight:${n}`),
    ...NUMBERS.filter((n) => left(n)).map((n) => `split:${n}-${n + 1}`),
    ...NUMBERS.filter((n) => n <= 33).map((n) => `split:${n}-${n + 3}`),
    ...NUMBERS.filter((n) => n % 3 === 1).map((n) => `street:${n}-${n + 1}-${n + 2}`),
    ...NUMBERS.filter((n) => left(n) && n <= 33).map((n) => `corner:${n}-${n + 1}-${n + 3}-${n + 4}`),
    ...NUMBERS.filter((n) => n % 3 === 1 && n <= 31).map(
      (n) => `line:${[0, 1, 2, 3, 4, 5].map((i) => n + i).join("-")}`,
    ),
    ...[1, 2, 3].flatMap((i) => [`dozen:${i}`, `column:${i}`]),
    ..."red black odd even low high".split(" "),
  ];
}

describe("legal bets", () => {
  test("[R3] the single-zero layout has exactly 157 bets of these kinds", () => {
    for (const wheel of ["european", "french"] as const) {
      expect(new Set(spotsOf(wheel)).size).toBe(157);
      expect(countByKind(wheel)).toEqual({
        straight: 37,
        split: 60,
        street: 12,
        trio: 2,
        corner: 22,
        "first-four": 1,
        line: 11,
        dozen: 3,
        column: 3,
        "even-chance": 6,
      });
    }
  });

  test("[R1] [R3] the geometry finds the same bets as arithmetic on the numbers", () => {
    const zeros = "straight:0 split:0-1 split:0-2 split:0-3 trio:0-1-2 trio:0-2-3 first-four:0-1-2-3".split(" ");
    expect(spotsOf("european").sort()).toEqual(byArithmetic(zeros).sort());
  });

  test("[R11] the American layout has the double zero's own splits, trios and five-number bet", () => {
    const zeros =
      "straight:0 straight:00 split:0-00 split:0-1 split:0-2 split:00-2 split:00-3 trio:0-1-2 trio:0-00-2 trio:00-2-3 five:0-00-1-2-3";
    expect(spotsOf("american").sort()).toEqual(byArithmetic(zeros.split(" ")).sort());
  });

  test("[R3] nothing else is a bet", () => {
    const strange = [
      "",
      "red ",
      "RED",
      "straight:37",
      "straight:00",
      "straight:01",
      "split:20-17",
      "split:3-4",
      "split:17-19",
      "split:0-4",
      "street:2-3-4",
      "corner:3-4-6-7",
      "trio:0-1-3",
      "five:0-00-1-2-3",
      "line:2-3-4-5-6-7",
      "dozen:4",
      "column:0",
      "__proto__",
      "constructor",
    ];
    for (const spot of strange) expect(betOn("european", spot), spot).toBeUndefined();
    expect(betOn("american", "split:0-3")).toBeUndefined();
    expect(betOn("american", "first-four:0-1-2-3")).toBeUndefined();
  });

  test("[R1] the name of an inside bet is its kind and its numbers, ascending", () => {
    for (const wheel of WHEELS) {
      for (const bet of layoutOf(wheel).bets.filter(({ side }) => side === "inside")) {
        expect(bet.spot).toBe(`${bet.kind}:${bet.pockets.join("-")}`);
        const ranks = bet.pockets.map((pocket) => (pocket === "00" ? 0.5 : Number(pocket)));
        expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
        expect(bet.k).toBe(bet.pockets.length);
      }
    }
  });

  test("[R1] outside bets cover what their names say, and never a zero", () => {
    expect(covered("dozen:2")).toEqual(NUMBERS.filter((n) => n > 12 && n <= 24));
    expect(covered("column:1")).toEqual(NUMBERS.filter((n) => n % 3 === 1));
    expect(covered("column:3")).toEqual(NUMBERS.filter((n) => n % 3 === 0));
    expect(covered("odd")).toEqual(NUMBERS.filter((n) => n % 2 === 1));
    expect(covered("even")).toEqual(NUMBERS.filter((n) => n % 2 === 0));
    expect(covered("low")).toEqual(NUMBERS.filter((n) => n <= 18));
    expect(covered("high")).toEqual(NUMBERS.filter((n) => n >= 19));
    expect(covered("red")).toEqual([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);
    expect([...covered("red"), ...covered("black")].sort((a, b) => a - b)).toEqual(NUMBERS);
    for (const bet of layoutOf("american").bets.filter(({ side }) => side === "outside")) {
      expect(bet.pockets).not.toContain("0");
      expect(bet.pockets).not.toContain("00");
      expect([12, 18]).toContain(bet.k);
    }
  });
});

describe("the felt", () => {
  test("every bet has its own place for a chip, on the felt", () => {
    for (const wheel of WHEELS) {
      const { bets } = layoutOf(wheel);
      expect(new Set(bets.map(({ at }) => `${at.x} ${at.y}`)).size).toBe(bets.length);
      for (const { at } of bets) {
        expect(at.x).toBeGreaterThan(0);
        expect(at.x).toBeLessThan(FELT.width);
        expect(at.y).toBeGreaterThan(0);
        expect(at.y).toBeLessThan(FELT.height);
      }
    }
  });

  test("the printed boxes do not overlap, and cover the felt but for the corners below zero and columns", () => {
    for (const wheel of WHEELS) {
      const boxes = layoutOf(wheel).bets.flatMap(({ box }) => (box === null ? [] : [box]));
      const area = boxes.reduce((sum, { w, h }) => sum + w * h, 0);
      expect(area).toBe(FELT.width * FELT.height - 2 * 2);
      for (const [i, a] of boxes.entries()) {
        for (const b of boxes.slice(i + 1)) {
          const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
          expect(apart).toBe(true);
        }
      }
    }
  });

  test("the index of a bet is its place in the table", () => {
    for (const wheel of WHEELS) {
      for (const [i, bet] of layoutOf(wheel).bets.entries()) expect(bet.index).toBe(i);
    }
  });
});

describe("the wheels", () => {
  test("[R11] each pocket is on the rim once, and zeros are green", () => {
    for (const wheel of WHEELS) {
      expect([...wheelOrder(wheel)].sort()).toEqual([...pocketsOf(wheel)].sort());
      for (const pocket of pocketsOf(wheel)) {
        expect(colourOf(pocket) === "green").toBe(pocket === "0" || pocket === "00");
      }
    }
    expect(pocketsOf("european").length).toBe(37);
    expect(pocketsOf("american")[37]).toBe("00");
  });

  test("[R11] colours alternate around both rims, and on the American one 00 faces 0 and n faces n + 1", () => {
    for (const wheel of WHEELS) {
      const rim = wheelOrder(wheel).filter((pocket) => colourOf(pocket) !== "green");
      const runs = rim.filter((pocket, i) => i > 0 && colourOf(pocket) === colourOf(rim[i - 1] ?? ""));
      // Across the American zero and double zero the colours meet once each: 1 and 27 are both red, 2 and 28 both black.
      expect(runs).toEqual(wheel === "american" ? ["27"] : []);
    }
    const rim = wheelOrder("american");
    const facing = (pocket: string): string | undefined => rim[(rim.indexOf(pocket) + 19) % 38];
    expect(facing("0")).toBe("00");
    for (let n = 1; n < 36; n += 2) expect(facing(String(n))).toBe(String(n + 1));
  });

  test("[R9] the tally counts every pocket, hottest first", () => {
    const counts = tally("european", ["7", "0", "7", "36"]);
    expect(counts.slice(0, 4)).toEqual([
      { pocket: "7", times: 2 },
      { pocket: "0", times: 1 },
      { pocket: "36", times: 1 },
      { pocket: "1", times: 0 },
    ]);
    expect(counts.length).toBe(37);
    expect(tally("american", []).length).toBe(38);
  });
});
