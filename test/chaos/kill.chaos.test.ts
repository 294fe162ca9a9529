import { describe, expect, test } from "vitest";
import { STEPS } from "../../src/steps.ts";
import { killBeforeAnswers } from "./answers.ts";
import { killAtEveryStep } from "./chain.ts";
import { crash, hits } from "./crash.ts";
import { killAndCheck } from "./kill.ts";
import { poker, WAY } from "./poker.ts";
import { roulette } from "./roulette.ts";

describe.concurrent("a runtime killed between any two steps from a stake to its award", () => {
  test(
    "[L4] [L5] makes every stake a ticket and every draw an award, once, with the queues emptied each time",
    { timeout: 600_000 },
    async () => {
      const { steps, draws, staked, sum } = await killAtEveryStep();
      expect(steps).toEqual(STEPS);
      expect(draws).toBe(STEPS.length);
      expect([...sum.awarded.values()].reduce((all, amount) => all + amount, 0)).toBe(staked / 10);
    },
  );
});

describe.concurrent("a house killed when a request has had its effect and nobody was told", () => {
  test(
    "has done it once, and answers the repeat under its key as the first: for every POST that changes something",
    { timeout: 600_000 },
    async () => {
      const { asked, wrong } = await killBeforeAnswers();
      expect(wrong).toEqual([]);
      expect(asked).toBeGreaterThan(20);
    },
  );
});

describe.concurrent("a runtime killed in every phase and in the middle of a top-up", () => {
  test(
    "loses no acknowledged bet of roulette, doubles none, and every chip is in the files",
    { timeout: 600_000 },
    async () => {
      const report = await killAndCheck(roulette, roulette.moments);
      expect(report.kills).toHaveLength(roulette.moments.length);
      expect(report.bets).toBeGreaterThan(20);
      expect(report.rounds.length).toBeGreaterThanOrEqual(2);
    },
  );

  test(
    "[C6] [C11] [C12] loses no acknowledged bet or cash-out of crash, changes none, and every flight goes on or is over",
    { timeout: 600_000 },
    async () => {
      const { kills, bets, rounds } = await killAndCheck(crash, crash.moments);
      expect(kills).toHaveLength(crash.moments.length);
      expect(bets).toBeGreaterThan(20);
      // How many are back before the flight's end depends on how fast the machine starts a runtime.
      const { flownOn, overdue, atEnd } = hits(kills, rounds);
      expect(flownOn + overdue).toBeGreaterThan(0);
      expect(atEnd.length).toBeGreaterThan(0);
    },
  );

  test(
    "[P7] [P21] loses no acknowledged act of poker on any street, nor between the award and the end, and every hand goes on",
    { timeout: 600_000 },
    async () => {
      const { kills, bets, rounds } = await killAndCheck(poker, poker.moments);
      const hits = kills.map(({ hit }) => hit);
      for (const [i, moment] of poker.moments.entries()) {
        if (WAY.includes(moment)) expect(WAY.indexOf(hits[i] ?? "")).toBeGreaterThanOrEqual(WAY.indexOf(moment));
      }
      expect(new Set(hits).size).toBeGreaterThanOrEqual(4);
      expect(hits[poker.moments.indexOf("award")]).toBe("over");
      expect(bets).toBeGreaterThan(10);
      expect(rounds.filter((round) => round.void)).toEqual([]);
    },
  );
});
