import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, PERIODS, dayOf, rangeOf, spanOf, weekOf, windowAround } from "../../src/stats/model.ts";

const at = (text: string): number => Date.parse(text);
const instants = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) });

describe("days and weeks are UTC", () => {
  test.each([
    ["2026-11-27T23:59:59.999Z", "2026-11-27", "2026-W48"],
    ["2026-11-29T23:59:59.999Z", "2026-11-29", "2026-W48"],
    ["2026-11-30T00:00:00.000Z", "2026-11-30", "2026-W49"],
    ["2027-01-01T00:00:00.000Z", "2027-01-01", "2026-W53"],
    ["2027-01-03T12:00:00.000Z", "2027-01-03", "2026-W53"],
    ["2027-01-04T00:00:00.000Z", "2027-01-04", "2027-W01"],
    ["2024-12-30T00:00:00.000Z", "2024-12-30", "2025-W01"],
    ["1970-01-01T00:00:00.000Z", "1970-01-01", "1970-W01"],
  ])("%s is of %s and %s", (text, day, week) => {
    expect([dayOf(at(text)), weekOf(at(text))]).toEqual([day, week]);
  });

  test("weeks are those of the C library", () => {
    const days = Array.from({ length: 400 }, (_, i) => i * 73);
    const input = days.map((day) => `@${day * 86_400}`).join("\n");
    const theirs = execFileSync("date", ["-u", "-f", "-", "+%G-W%V"], { input, encoding: "utf8" }).trim().split("\n");
    expect(days.map((day) => weekOf(day * DAY_MS))).toEqual(theirs);
  });

  test("a range is what has the span of its instant, and nothing else", () => {
    fc.assert(
      fc.property(instants, fc.constantFrom(...PERIODS), (now, period) => {
        const { from, to } = rangeOf(period, now);
        expect(from <= now && now < to).toBe(true);
        if (period === "all") return;
        expect(spanOf(period, from)).toBe(spanOf(period, now));
        expect(spanOf(period, to - 1)).toBe(spanOf(period, now));
        expect(spanOf(period, to)).not.toBe(spanOf(period, now));
        if (from > 0) expect(spanOf(period, from - 1)).not.toBe(spanOf(period, now));
      }),
    );
  });
});

test("the lines around a player are full where there are enough, and the player is in them; rank 2 sees rank 1", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.nat(299), fc.integer({ min: 1, max: 100 }), (lines, n, limit) => {
      const place = n % lines;
      const first = windowAround(place, lines, limit);
      expect(first >= 0 && first <= place && place < first + limit).toBe(true);
      expect(Math.min(lines, first + limit) - first).toBe(Math.min(lines, limit));
      if (place === 1 && limit > 1) expect(first).toBe(0);
    }),
  );
});
