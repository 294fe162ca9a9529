import { describe, expect, test } from "vitest";
import { drawBust } from "../../rooms/crash/bust.ts";
import { drawStream, intBelow } from "../../rooms/fair/draw.ts";
import { chiSquare, P, pOf } from "../kit/chi-square.ts";

/**
 * Whether the draws are as even as they must be. The seeds are pinned, so nothing here fails by chance; the levels are what a
 * fresh seed would pass 998 times in 1,000. Each test of evenness is also shown something uneven, and has to see it.
 */

const stream = (label: string): ReturnType<typeof drawStream> => drawStream("5eed".repeat(16), "a room", 1, [], label);

function countsOf(n: number, draws: number, draw: () => number): number[] {
  const counts = Array.from({ length: n }, () => 0);
  for (let i = 0; i < draws; i++) {
    const at = draw();
    counts[at] = (counts[at] ?? 0) + 1;
  }
  expect(counts).toHaveLength(n);
  return counts;
}

test("the p of a chi-square is that of the printed tables", () => {
  for (const [df, x, p] of [
    [1, 10.828, 0.001],
    [1, 3.841, 0.05],
    [36, 67.985, 0.001],
    [36, 50.998, 0.05],
    [51, 87.968, 0.001],
    [23, 49.728, 0.001],
    [100, 77.929, 0.95],
  ] as const) {
    expect(pOf(x, df)).toBeCloseTo(p, 4);
  }
});

describe("Draw.int(n)", () => {
  const DRAWS = 370_000;

  test.each([2, 37, 52])("is even for n = %i: chi-square of 370,000 draws", (n) => {
    const draw = stream(`int ${n}`);
    const p = pOf(chiSquare(countsOf(n, DRAWS, () => draw.int(n))), n - 1);
    expect(p, `p = ${p}`).toBeGreaterThan(P.min);
    expect(p, `p = ${p}`).toBeLessThan(P.max);
  });

  test.each([2, 37, 52])("is even in pairs for n = %i: a draw says nothing of the next", (n) => {
    const draw = stream(`pairs ${n}`);
    const counts = countsOf(n * n, 200_000, () => draw.int(n) * n + draw.int(n));
    const p = pOf(chiSquare(counts), n * n - 1);
    expect(p, `p = ${p}`).toBeGreaterThan(P.min);
    expect(p, `p = ${p}`).toBeLessThan(P.max);
  });

  test("the same test sees the bias of a byte modulo 37", () => {
    const draw = stream("biased");
    const p = pOf(chiSquare(countsOf(37, DRAWS, () => draw.int(256) % 37)), 36);
    expect(p).toBeLessThan(1e-12);
  });
});

/** Reads these words, and throws when more are asked for. */
const words = (...list: number[]): (() => number) => {
  const left = [...list];
  return () => {
    const next = left.shift();
    if (next === undefined) throw new Error("asked for another word");
    return next;
  };
};

describe("rejection at the boundary words", () => {
  const TOP = 2 ** 32 - 1;

  test.each([2, 3, 6, 37, 38, 52, 1_000, 2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, TOP])(
    "n = %i: the word below the limit counts, the limit and the last word do not when it is no multiple",
    (n) => {
      const limit = Math.floor(2 ** 32 / n) * n;
      expect(intBelow(n, words(limit - 1))).toBe(n - 1);
      expect(intBelow(n, words(0))).toBe(0);
      if (limit === 2 ** 32) {
        expect(intBelow(n, words(TOP))).toBe(n - 1);
        return;
      }
      expect(() => intBelow(n, words(limit))).toThrow("another word");
      expect(() => intBelow(n, words(TOP))).toThrow("another word");
      expect(intBelow(n, words(limit, TOP, limit, 1))).toBe(1);
      // Every value is the answer of as many words as every other.
      expect(limit % n).toBe(0);
      expect(2 ** 32 - limit).toBeLessThan(n);
    },
  );

  test("takes every word for n = 1 and n = 2^32", () => {
    for (const word of [0, 1, TOP]) {
      expect(intBelow(1, words(word))).toBe(0);
      expect(intBelow(2 ** 32, words(word))).toBe(word);
    }
  });

  test("is what a stream does with its own words: a number just above one of them takes it, the word itself does not", () => {
    const raw = stream("words");
    const own = Array.from({ length: 64 }, () => raw.int(2 ** 32));
    const high = own.filter((word) => word > 2 ** 31);
    expect(high.length).toBeGreaterThan(10);
    for (const word of high) {
      for (const n of [word, word + 1]) {
        const draw = stream("words");
        const all = words(...own);
        expect(Array.from({ length: 20 }, () => draw.int(n))).toEqual(
          Array.from({ length: 20 }, () => intBelow(n, all)),
        );
      }
    }
  });
});

describe("Draw.shuffle", () => {
  test("gives all 24 orders of four as often: chi-square of 120,000 shuffles", () => {
    const draw = stream("orders");
    const at = new Map<string, number>();
    const counts = countsOf(24, 120_000, () => {
      const order = draw.shuffle(["a", "b", "c", "d"]).join("");
      if (!at.has(order)) at.set(order, at.size);
      return at.get(order) ?? -1;
    });
    const p = pOf(chiSquare(counts), 23);
    expect(p, `p = ${p}`).toBeGreaterThan(P.min);
    expect(p, `p = ${p}`).toBeLessThan(P.max);
  });

  const DECK = Array.from({ length: 52 }, (_, i) => i);
  const SHUFFLES = 20_000;

  /**
   * By how often each card lies in each place. Rows and columns have fixed sums, so 51 * 51 cells are free, and chi-square is
   * 51 / 52 of the naive sum.
   */
  function placesP(shuffle: () => readonly number[]): number {
    const counts = Array.from({ length: 52 * 52 }, () => 0);
    for (let n = 0; n < SHUFFLES; n++) {
      for (const [place, card] of shuffle().entries()) counts[52 * place + card] = (counts[52 * place + card] ?? 0) + 1;
    }
    return pOf((chiSquare(counts) * 51) / 52, 51 * 51);
  }

  test("puts each of 52 cards into each place as often: chi-square of 20,000 decks", () => {
    const draw = stream("places");
    const p = placesP(() => draw.shuffle(DECK));
    expect(p, `p = ${p}`).toBeGreaterThan(P.min);
    expect(p, `p = ${p}`).toBeLessThan(P.max);
  });

  test("the same test sees the bias of swapping every card with any card", () => {
    const draw = stream("naive");
    const naive = (): number[] => {
      const out = [...DECK];
      for (const i of out.keys()) {
        const j = draw.int(52);
        [out[i], out[j]] = [out[j] ?? -1, out[i] ?? -1];
      }
      return out;
    };
    expect(placesP(naive)).toBeLessThan(1e-12);
  });
});

describe("the bust point [C3]", () => {
  const ROUNDS = 100_000;

  // A million digests by another program's HMAC are in crash/bust.test.ts; these are by the very code that a lobby runs.
  test("P(bust >= x) = 0.99 / x over 100,000 rounds, each with a stream of its own as a lobby draws it", () => {
    const levels = [100, 101, 150, 200, 1_000, 10_000, 100_000] as const;
    const reached = levels.map(() => 0);
    for (let round = 1; round <= ROUNDS; round++) {
      const bust = drawBust(drawStream("0b57".repeat(16), "crash:main", round, [], "bust"));
      for (let i = 0; i < levels.length && bust >= (levels[i] ?? 0); i++) reached[i] = (reached[i] ?? 0) + 1;
    }
    expect(reached[0], "nobody loses below 1.00").toBe(ROUNDS);
    for (const [i, x100] of levels.entries()) {
      if (x100 === 100) continue;
      const p = 99 / x100;
      const sigma = Math.sqrt(ROUNDS * p * (1 - p));
      const off = ((reached[i] ?? 0) - ROUNDS * p) / sigma;
      // 3.29 standard deviations: 999 seeds in 1,000.
      expect(Math.abs(off), `P(bust >= ${x100 / 100}) is off by ${off.toFixed(2)} sigma`).toBeLessThan(3.29);
    }
  }, 60_000);
});
