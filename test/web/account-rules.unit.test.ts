import { describe, expect, test } from "vitest";
import type { Limits } from "../../web/account/me.ts";
import {
  effectOf,
  FIELDS,
  partUsed,
  pendingWords,
  readChanges,
  readLimit,
  type LimitField,
  type LimitName,
} from "../../web/account/rules.ts";
import { endOf, spanWords } from "../../web/account/spans.ts";
import { hereFor, netWords } from "../../web/care/words.ts";

const NOW: Limits = { lossPerDay: 5_000, stakePerDay: null, sessionMinutes: 60, realityCheckMinutes: 30 };

function field(name: LimitName): LimitField {
  const found = FIELDS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no field for ${name}`);
  return found;
}

describe("limits in the account (6.5)", () => {
  test.each([
    ["lossPerDay", 5_000, 4_999, "now"],
    ["lossPerDay", null, 5_000, "now"],
    ["lossPerDay", 5_000, 0, "now"],
    ["lossPerDay", 5_000, 5_001, "later"],
    ["stakePerDay", 5_000, null, "later"],
    ["sessionMinutes", 60, 60, "none"],
    ["sessionMinutes", null, null, "none"],
    ["realityCheckMinutes", 30, 60, "now"],
    ["realityCheckMinutes", 30, null, "now"],
  ] as const)("%s from %s to %s counts: %s", (name, before, after, effect) => {
    expect(effectOf(name, before, after)).toBe(effect);
  });

  test("a limit is a whole number within what the house takes, or nothing for none", () => {
    const minutes = field("sessionMinutes");
    expect(["", " ", "5", "1,440"].map((text) => readLimit(minutes, text))).toEqual([null, null, 5, 1_440]);
    for (const text of ["4", "1441", "-5", "7.5", "an hour", "1e2"]) expect(readLimit(minutes, text)).toBeUndefined();
    expect(readLimit(field("lossPerDay"), "0")).toBe(0);
    expect(readLimit(field("lossPerDay"), "1000000000001")).toBeUndefined();
  });

  test("only what was touched and differs is asked for, so that what is pending stays pending", () => {
    expect(readChanges(NOW, {})).toEqual({ changes: {} });
    expect(readChanges(NOW, { lossPerDay: "5,000", sessionMinutes: "" })).toEqual({
      changes: { sessionMinutes: null },
    });
    expect(readChanges(NOW, { stakePerDay: "200", lossPerDay: "x" })).toEqual({
      faults: { lossPerDay: "Write a whole number, such as 250." },
    });
  });

  test("what is pending is told line by line", () => {
    expect(pendingWords({ pending: null })).toEqual([]);
    expect(pendingWords({ pending: { at: 1, limits: { lossPerDay: 9_000, sessionMinutes: null } } })).toEqual([
      "Most I may lose in a day: 9,000 chips",
      "Longest time at the tables: no limit",
    ]);
  });

  test("how much is used is never less than nothing, nor more than all", () => {
    expect([partUsed(50, 100), partUsed(150, 100), partUsed(-20, 100), partUsed(0, 0), partUsed(10, null)]).toEqual([
      0.5,
      1,
      0,
      1,
      null,
    ]);
  });
});

describe("time away (6.5)", () => {
  test("months are the calendar's, and each span has its words", () => {
    const now = Date.UTC(2026, 10, 27, 8);
    expect(endOf({ kind: "self-exclusion", months: 6 }, now)).toBe(Date.UTC(2027, 4, 27, 8));
    expect(endOf({ kind: "self-exclusion", months: 60 }, now)).toBe(Date.UTC(2031, 10, 27, 8));
    expect(endOf({ kind: "cool-off", days: 7 }, now)).toBe(Date.UTC(2026, 11, 4, 8));
    expect(([1, 7, 30] as const).map((days) => spanWords({ kind: "cool-off", days }))).toEqual([
      "for a day",
      "for a week",
      "for a month",
    ]);
    expect(([6, 12, 60] as const).map((months) => spanWords({ kind: "self-exclusion", months }))).toEqual([
      "for 6 months",
      "for a year",
      "for 5 years",
    ]);
  });

  test("a reality check says how long and what came of it, the same way for both signs", () => {
    expect([0, 1, 45, 60, 61, 125].map(hereFor)).toEqual([
      "0 minutes",
      "1 minute",
      "45 minutes",
      "1 hour",
      "1 hour and 1 minute",
      "2 hours and 5 minutes",
    ]);
    expect([netWords(0, 0), netWords(9, 0), netWords(9, 1_500), netWords(9, -1_500)]).toEqual([
      "You have not staked anything.",
      "You have exactly what you came with.",
      "You are 1,500 chips ahead.",
      "You are 1,500 chips behind.",
    ]);
  });
});
