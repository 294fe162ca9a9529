import { describe, expect, test } from "vitest";
import { crash, hits } from "../chaos/crash.ts";
import { killAndCheck } from "../chaos/kill.ts";
import { roulette } from "../chaos/roulette.ts";

describe("a runtime killed in every phase and in the middle of a top-up", () => {
  test(
    "loses no acknowledged bet of roulette, doubles none, and every chip is in the files",
    { timeout: 300_000 },
    async () => {
      const report = await killAndCheck(roulette, roulette.moments);
      expect(report.kills).toHaveLength(roulette.moments.length);
      expect(report.bets).toBeGreaterThan(20);
      expect(report.rounds.length).toBeGreaterThanOrEqual(2);
    },
  );

  test(
    "[C6] [C11] [C12] loses no acknowledged bet or cash-out of crash, changes none, and every flight goes on or is over",
    { timeout: 400_000 },
    async () => {
      const { kills, bets, rounds } = await killAndCheck(crash, crash.moments);
      expect(kills).toHaveLength(crash.moments.length);
      expect(bets).toBeGreaterThan(20);
      const { flownOn, atEnd } = hits(kills, rounds);
      expect(flownOn).toBeGreaterThan(0);
      expect(atEnd.length).toBeGreaterThan(0);
    },
  );
});
