import { describe, expect, test } from "vitest";
import { drawStream, wideBelow } from "../../rooms/fair/draw.ts";
import { chiSquare, P, pOf } from "../kit/chi-square.ts";

/** Draws below more than 2^32: what a ticket of a lottery wins by. */

const stream = (label: string): ReturnType<typeof drawStream> => drawStream("5eed".repeat(16), "a room", 1, [], label);
const TOP = 2 ** 52 - 1;

/** Reads these numbers, and throws when more are asked for. */
const numbers = (...list: number[]): { bits52: () => number } => {
  const left = [...list];
  return {
    bits52: () => {
      const next = left.shift();
      if (next === undefined) throw new Error("asked for another number");
      return next;
    },
  };
};

describe("wideBelow(n)", () => {
  test.each([2, 3, 37, 100, 2 ** 31 - 1, 2 ** 32, 2 ** 32 + 1, 10 ** 12, 2 ** 51, 2 ** 51 + 1, TOP])(
    "n = %i: the number below the limit counts, the limit and the last one do not when it is no multiple",
    (n) => {
      const limit = Number((2n ** 52n / BigInt(n)) * BigInt(n));
      expect(wideBelow(n, numbers(limit - 1))).toBe(n - 1);
      expect(wideBelow(n, numbers(0))).toBe(0);
      // Every value is the answer of as many numbers as every other.
      expect(limit % n).toBe(0);
      expect(2 ** 52 - limit).toBeLessThan(n);
      if (limit === 2 ** 52) {
        expect(wideBelow(n, numbers(TOP))).toBe(n - 1);
        return;
      }
      expect(() => wideBelow(n, numbers(limit))).toThrow("another number");
      expect(() => wideBelow(n, numbers(TOP))).toThrow("another number");
      expect(wideBelow(n, numbers(limit, TOP, limit, 1))).toBe(1 % n);
    },
  );

  test("takes every number for n = 1 and n = 2^52", () => {
    for (const bits of [0, 1, TOP]) {
      expect(wideBelow(1, numbers(bits))).toBe(0);
      expect(wideBelow(2 ** 52, numbers(bits))).toBe(bits);
    }
  });

  test("is exact where a product of floats would not be", () => {
    const n = 2 ** 51 + 12_345;
    for (const bits of [n - 1, n, n + 1, 2 ** 50 + 1]) {
      if (bits >= Math.floor(2 ** 52 / n) * n) continue;
      expect(BigInt(wideBelow(n, numbers(bits)))).toBe(BigInt(bits) % BigInt(n));
    }
  });

  test.each([0, -1, 0.5, 2 ** 52 + 1, 2 ** 53, Infinity, NaN])("throws for n = %d", (n) => {
    expect(() => wideBelow(n, numbers(0))).toThrow(RangeError);
  });

  test("gives up on a stream that never fits, and does not turn for ever", () => {
    let asked = 0;
    const stuck = { bits52: () => (++asked, TOP) };
    expect(() => wideBelow(3, stuck)).toThrow("no number that fits");
    expect(asked).toBe(1_000);
  });

  test("is the same for the same stream, and takes the stream's numbers one by one", () => {
    const [one, other, raw] = [stream("wide"), stream("wide"), stream("wide")];
    const own = Array.from({ length: 200 }, () => raw.bits52());
    const n = 10 ** 15 + 37;
    const limit = Math.floor(2 ** 52 / n) * n;
    const expected = own.filter((bits) => bits < limit).map((bits) => bits % n);
    expect(expected.length).toBeLessThan(200);
    for (const value of expected) {
      expect(wideBelow(n, one)).toBe(value);
      expect(wideBelow(n, other)).toBe(value);
    }
  });

  test.each([3, 37, 3 * 2 ** 48, 2 ** 51 + 1])(
    "is even for n = %d: chi-square of 60,000 draws in up to 37 parts",
    (n) => {
      const draw = stream(`wide ${n}`);
      const parts = Math.min(n, 37);
      const counts = Array.from({ length: parts }, () => 0);
      for (let i = 0; i < 60_000; i++) {
        const part = Math.floor((wideBelow(n, draw) / n) * parts);
        counts[part] = (counts[part] ?? 0) + 1;
      }
      const p = pOf(chiSquare(counts), parts - 1);
      expect(p, `p = ${p}`).toBeGreaterThan(P.min);
      expect(p, `p = ${p}`).toBeLessThan(P.max);
    },
  );

  test("the same test sees the bias of a modulo without rejection", () => {
    const n = 3 * 2 ** 50;
    const draw = stream("biased");
    const counts = Array.from({ length: 37 }, () => 0);
    for (let i = 0; i < 60_000; i++) {
      const part = Math.floor(((draw.bits52() % n) / n) * 37);
      counts[part] = (counts[part] ?? 0) + 1;
    }
    expect(pOf(chiSquare(counts), 36)).toBeLessThan(1e-12);
  });
});
