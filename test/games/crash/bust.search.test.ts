import { createHmac, hash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bustOf, bustOfDigest, drawBust } from "../../../rooms/crash/bust.ts";
import { drawStream, encodeFields } from "../../../rooms/fair/draw.ts";
import { bitsFor } from "./driver.ts";
import { exactBust } from "./exact.ts";

const TWO_52 = 2 ** 52;

describe("the bust point of 52 bits", () => {
  test.each([
    [0, 100],
    [1, 100],
    // 1 / (1 - r / 2^52) = 2: half of all.
    [2 ** 51, 198],
    [2 ** 51 - 1, 197],
    // 99 / 100: from here on it is more than 1.00.
    [Math.floor(TWO_52 / 100), 100],
    [TWO_52 - 2 ** 42, 99 * 2 ** 10],
    [TWO_52 - 1, 99 * TWO_52],
    [TWO_52 - 2, 99 * 2 ** 51],
  ])("[C3] of %i is %i hundredths", (bits, x100) => {
    expect(bustOf(bits)).toBe(x100);
  });

  test("[C3] is max(1, floor(99 / (1 - r / 2^52)) / 100) in exact integers, up to 250 000.00 at least", () => {
    const bits = fc.oneof(
      fc.integer({ min: 0, max: TWO_52 - 2 ** 40 }),
      fc.integer({ min: TWO_52 - 2 ** 40, max: TWO_52 - 2 ** 34 }),
    );
    fc.assert(
      fc.property(bits, (r) => {
        expect(BigInt(bustOf(r))).toBe(exactBust(r));
      }),
      { seed: 2_026, numRuns: 20_000 },
    );
  });

  test("[C3] steps up at exactly the bits that the rule says, for every bust point to 100.00 and some far beyond", () => {
    const steps = [...Array.from({ length: 9_900 }, (_, i) => i + 101), 123_456, 1_000_000, 99_999_999, 100_000_000];
    for (const x100 of steps) {
      const first = bitsFor(x100);
      expect(exactBust(first)).toBe(BigInt(x100));
      expect(exactBust(first - 1)).toBe(BigInt(x100 - 1));
      // Where the quotient is whole, or within 2^-53 of it, the division of doubles may step a bit sooner: once in 2^52 rounds.
      expect([x100, x100 - 1]).toContain(bustOf(first - 1));
      expect(bustOf(first)).toBe(x100);
      expect(bustOf(first - 2)).toBe(x100 - 1);
    }
  });

  test("[C3] P(bust >= x) = 0.99 / x: counted exactly, by the bits that give it", () => {
    for (const x100 of [101, 110, 150, 198, 200, 300, 1_000, 9_900, 99_000, 9_900_000]) {
      const atLeast = TWO_52 - bitsFor(x100);
      // All but a fraction of one of the 2^52 equally likely digests.
      expect(Math.abs(atLeast - (TWO_52 * 99) / x100)).toBeLessThanOrEqual(1);
    }
    // One in a hundred busts at once: nobody can be paid more than 1.00 for those.
    expect(Math.abs(bitsFor(101) / TWO_52 - 2 / 101)).toBeLessThan(1e-15);
  });

  test("[C3] is refused for what is not 52 bits", () => {
    for (const bits of [-1, 0.5, TWO_52, NaN, Infinity]) expect(() => bustOf(bits)).toThrow(RangeError);
  });

  test("[C3] of a digest is that of its first 13 hex digits, whatever comes after", () => {
    expect(bustOfDigest("8000000000000")).toBe(198);
    expect(bustOfDigest("8000000000000fff")).toBe(198);
    expect(bustOfDigest("FFFFFFFFFFFFF0")).toBe(99 * TWO_52);
    for (const hex of ["", "8000000000", "0x80000000000", "zzzzzzzzzzzzz"]) {
      expect(() => bustOfDigest(hex)).toThrow(RangeError);
    }
  });

  test("[C3] takes the first digest of its stream, and one stream of a round gives one bust point", () => {
    const seed = "5eed".repeat(16);
    const stream = (): ReturnType<typeof drawStream> =>
      drawStream(seed, "crash:main", 7, [{ player: "ann", value: "words" }], "bust");
    const fields = encodeFields(["croupier/1", "crash:main", "7", "bust", "ann", "words"]);
    const digest = createHmac("sha256", Buffer.from(seed, "hex")).update(fields).update(Buffer.alloc(4)).digest("hex");
    expect(drawBust(stream())).toBe(bustOfDigest(digest));
    expect(drawBust(stream())).toBe(drawBust(stream()));
  });
});

describe("a million bust points", () => {
  const DRAWS = 1_000_000;
  const SEED = Buffer.from("c0ffee".repeat(10) + "0000", "hex");

  /** Digests of the stream's own blocks, by another program: HMAC written out. That they are the same is shown on some of them. */
  function digests(): () => Buffer {
    const key = [...SEED, ...Buffer.alloc(32)];
    const pad = (byte: number): Buffer => Buffer.from(key.map((k) => k ^ byte));
    const inner = Buffer.concat([
      pad(0x36),
      encodeFields(["croupier/1", "crash:million", "1", "bust"]),
      Buffer.alloc(4),
    ]);
    const outer = Buffer.concat([pad(0x5c), Buffer.alloc(32)]);
    let i = 0;
    return () => {
      inner.writeUInt32BE(i++, inner.length - 4);
      hash("sha256", inner, "buffer").copy(outer, 64);
      return hash("sha256", outer, "buffer");
    };
  }

  test("[C3] P(bust >= x) = 0.99 / x, within four and a half standard deviations of the binomial", () => {
    const levels = [101, 110, 120, 150, 198, 200, 300, 500, 1_000, 2_000, 5_000, 10_000, 50_000, 100_000];
    const counts = levels.map(() => 0);
    const stream = drawStream(SEED.toString("hex"), "crash:million", 1, [], "bust");
    let n = 0;
    let kept = 0;
    for (const next = digests(); n < DRAWS; n++) {
      const digest = next();
      const bust = bustOf(digest.readUIntBE(0, 6) * 16 + ((digest[6] ?? 0) >> 4));
      if (n < 2_000) expect([drawBust(stream), bustOfDigest(digest.toString("hex"))]).toEqual([bust, bust]);
      if (bust === 100) kept += 1;
      for (let i = 0; i < levels.length && bust >= (levels[i] ?? 0); i++) counts[i] = (counts[i] ?? 0) + 1;
    }
    for (const [i, x100] of levels.entries()) {
      const p = 99 / x100;
      const deviation = Math.sqrt(DRAWS * p * (1 - p));
      expect(Math.abs((counts[i] ?? 0) - DRAWS * p), `P(bust >= ${x100 / 100})`).toBeLessThan(4.5 * deviation);
    }
    // 1.00 comes 2 times in 101: all digests below the step to 1.01.
    expect(Math.abs(kept - (DRAWS * 2) / 101)).toBeLessThan(4.5 * Math.sqrt(((DRAWS * 2) / 101) * (99 / 101)));
  }, 60_000);
});
