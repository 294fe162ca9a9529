import { expect, test } from "vitest";
import { killAndCheck, MOMENTS } from "../chaos/kill.ts";

test(
  "a runtime killed in every phase and in the middle of a top-up loses no acknowledged bet, doubles none, and every chip is in the files",
  { timeout: 300_000 },
  async () => {
    const report = await killAndCheck(MOMENTS);
    expect(report.kills).toBe(MOMENTS.length);
    expect(report.bets).toBeGreaterThan(20);
    expect(report.rounds).toBeGreaterThanOrEqual(2);
  },
);
