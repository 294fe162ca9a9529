import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { curveAt, elapsedTo, payoutOf } from "../../../rooms/crash/curve.ts";
import { exactCurve, exactElapsed, exactPayout } from "./exact.ts";

/** The ceiling, and when the curve is there. */
const CEILING = 100_000_000;
const CEILING_MS = 230_259;

describe("the curve", () => {
  test("[C2] is floor(100 e^(0.00006 t)) at every millisecond until it is beyond the ceiling", () => {
    const wrong: number[] = [];
    for (let t = 0; t <= CEILING_MS + 1_000; t++) if (curveAt(t) !== exactCurve(t)) wrong.push(t);
    expect(wrong).toEqual([]);
    expect(exactElapsed(CEILING)).toBe(CEILING_MS);
  });

  test("[C2] the other computation has the numbers that everybody knows: e, e^2, e^10", () => {
    // 0.00006 * 50 000 / 3 = 1, so three times as many thirds of a millisecond; e^3 = 20.0855, e^9 = 8103.0839.
    expect(exactCurve(50_000)).toBe(2_008);
    expect(exactCurve(150_000)).toBe(810_308);
    expect(exactCurve(0)).toBe(100);
  });

  test.each([
    [200, 11_553],
    [1_000, 38_377],
    [101, 166],
    [100, 0],
    [100_000_000, CEILING_MS],
  ])("[C2] it comes to %i hundredths at %i ms, and not a millisecond before", (x100, t) => {
    expect(elapsedTo(x100)).toBe(t);
    expect(curveAt(t)).toBeGreaterThanOrEqual(x100);
    if (t > 0) expect(curveAt(t - 1)).toBeLessThan(x100);
  });

  test("[C2] between milliseconds it is what it was, before the start it is 1.00, and it never goes down", () => {
    expect(curveAt(11_552.999)).toBe(199);
    expect([curveAt(-1), curveAt(-1e12), curveAt(0.5)]).toEqual([100, 100, 100]);
    let last = 0;
    for (let t = 0; t <= 900_100; t += 1) {
      const x100 = curveAt(t);
      if (x100 < last) expect.fail(`it goes down at ${t}`);
      last = x100;
    }
    expect(Number.isFinite(last)).toBe(true);
    expect(curveAt(Number.MAX_SAFE_INTEGER)).toBe(last);
  });
});

describe("the instant of a multiplier", () => {
  test("[C2] is the first millisecond at which the curve is there: for each to 1 000.00", () => {
    const wrong: number[] = [];
    for (let x100 = 100, t = 0; x100 <= 100_000; x100++) {
      while (exactCurve(t) < x100) t += 1;
      if (elapsedTo(x100) !== t) wrong.push(x100);
    }
    expect(wrong).toEqual([]);
  });

  test("[C2] and for any up to the ceiling", () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: CEILING }), (x100) => {
        expect(elapsedTo(x100)).toBe(exactElapsed(x100));
      }),
      { seed: 2_026, numRuns: 3_000 },
    );
  });

  test("[C3] has an end for a bust point beyond every ceiling", () => {
    for (const x100 of [CEILING + 1, 1e12, 99 * 2 ** 52]) {
      expect(elapsedTo(x100)).toBeGreaterThanOrEqual(CEILING_MS);
      expect(elapsedTo(x100)).toBeLessThanOrEqual(900_000);
    }
  });
});

describe("a payout", () => {
  test("[C4] is the stake times the multiplier, rounded down, and a safe integer for every stake and ceiling", () => {
    const stake = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000_000_000 }));
    const x100 = fc.oneof(fc.integer({ min: 100, max: 1_000 }), fc.integer({ min: 100, max: CEILING }));
    fc.assert(
      fc.property(stake, x100, (amount, at) => {
        expect(BigInt(payoutOf(amount, at))).toBe(exactPayout(amount, at));
      }),
      { seed: 2_026, numRuns: 5_000 },
    );
    expect(payoutOf(1_000_000_000, CEILING)).toBe(1e15);
    expect(payoutOf(999_999_999, CEILING - 1)).toBe(999_999_989_000_000);
    expect(Number.isSafeInteger(payoutOf(1_000_000_000, CEILING))).toBe(true);
  });

  test.each([
    [1, 199, 1],
    [1, 200, 2],
    [3, 133, 3],
    [3, 134, 4],
    [10, 101, 10],
    [100, 101, 101],
    [7, 100, 7],
  ])("[C4] of %i at %i hundredths is %i", (amount, x100, paid) => {
    expect(payoutOf(amount, x100)).toBe(paid);
  });

  test("[C4] that could not be counted exactly is refused, not rounded", () => {
    expect(() => payoutOf(Number.MAX_SAFE_INTEGER, 200)).toThrow(RangeError);
  });
});
