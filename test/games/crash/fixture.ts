import assert from "node:assert/strict";
import * as z from "zod/mini";
import { seedProof } from "../../../rooms/fair/deck.ts";
import { drawFromProof } from "../../../rooms/fair/draw.ts";
import type { Event } from "../../../rooms/crash/events.ts";
import type { State } from "../../../rooms/crash/state.ts";
import type { PlayerId } from "../../../rooms/game.ts";
import { exactBust, exactPayout } from "./exact.ts";
import type { Random } from "../../kit/random.ts";
import type { Frame, Fixture } from "../fixtures.ts";
import { CrashOracle } from "./oracle.ts";

const QUICK = { minStake: 2, maxStake: 60, bettingMs: 900, pauseMs: 300 };

export const crashFixture: Fixture<State, Event> = {
  configs: [
    { ...QUICK },
    // Flights end at their force point, most of them soon.
    { ...QUICK, maxProfit: 40, minForceX100: 130 },
    { ...QUICK, maxStake: 40, maxProfit: 150, minForceX100: 101, maxX100: 10_001, bettingMs: 2_500, pauseMs: 1_500 },
  ],
  command,
  malformed,
  message: () => null,
  oracle: (config) => new CrashOracle(config),
  idle: ({ board, places }) => board.bets === 0 && places.every(({ queued }) => queued.length === 0),
  verify: (proof, outcome) => {
    const { bustX100, endX100, forced, bets } = recounted.parse(outcome);
    for (const { amount, targetX100, out } of bets) {
      if (out === null) continue;
      assert.equal(BigInt(out.paid), exactPayout(amount, out.x100), "[C5] a bet is paid at its multiplier");
      assert.ok(out.x100 <= (targetX100 ?? Infinity), "[C5] and never beyond its target");
      assert.ok(out.x100 <= (endX100 ?? Infinity), "[C4] nor beyond the end of the flight");
    }
    if (bustX100 === null || endX100 === null) return;
    assert.equal(
      BigInt(bustX100),
      exactBust(drawFromProof(seedProof(proof), "bust").bits52()),
      "[C3] the draw is the bust point",
    );
    assert.ok(forced ? endX100 <= bustX100 : endX100 === bustX100, "[C8] what ends before its bust point was forced");
    const lost = bets.filter(({ out }) => out === null);
    assert.ok(
      lost.every(({ targetX100 }) => targetX100 === null || targetX100 > endX100),
      "[C4] nobody lost whose target was met",
    );
    assert.ok(!forced || lost.length === 0, "[C8] everybody is paid at the force point");
  },
};

const recounted = z.object({
  bustX100: z.nullable(z.number()),
  endX100: z.nullable(z.number()),
  forced: z.boolean(),
  bets: z.array(
    z.object({
      amount: z.int(),
      targetX100: z.nullable(z.int()),
      out: z.nullable(z.object({ x100: z.int(), paid: z.int() })),
    }),
  ),
});

// ---- what players do ----

const WISHES = { bet: 40, cashout: 10, cancel: 6, strategy: 8, stopStrategy: 3, bets: 2 } as const;
const IN_FLIGHT = { ...WISHES, bet: 16, cashout: 40 } as const;

function command(random: Random, state: State, player: PlayerId): Frame {
  switch (random.weighted(state.phase.name === "running" ? IN_FLIGHT : WISHES)) {
    case "bet":
      return { type: "bet", amount: amount(random), ...(random.chance(0.6) ? { autoCashout: target(random) } : {}) };
    case "cashout":
      return random.chance(0.5) ? { type: "cashout" } : { type: "cashout", bet: betOf(random, state, player) };
    case "cancel":
      return { type: "cancel", bet: betOf(random, state, player) };
    case "strategy":
      return {
        type: "strategy",
        amount: amount(random),
        autoCashout: target(random),
        ...(random.chance(0.4) ? { onWin: random.pick([0.5, 1, 2, 1.5, 0]) } : {}),
        ...(random.chance(0.4) ? { onLoss: random.pick([2, 1.01, 0.01, 3, 101]) } : {}),
        ...(random.chance(0.3) ? { stopLoss: random.between(1, 80) } : {}),
        ...(random.chance(0.3) ? { stopWin: random.between(1, 40) } : {}),
        // Always bounded: one without an end plays on when everybody has gone, until its chips are lost.
        rounds: random.between(1, 4),
      };
    case "stopStrategy":
      return { type: "stopStrategy" };
    case "bets":
    default:
      return { type: "bets", ...(random.chance(0.3) ? { from: random.int(8) } : {}) };
  }
}

function amount(random: Random): number {
  return random.chance(0.05) ? random.pick([1, 61, 1_000, 2 ** 53 - 1]) : random.between(2, 60);
}

/** Low ones, that many a flight gets to; a few that are refused. */
function target(random: Random): number | null {
  if (random.chance(0.05)) return random.pick([1, 0, -1, 1.001, 2e6, 1e300, null]);
  return random.between(101, random.chance(0.8) ? 180 : 1_500) / 100;
}

/** Mostly one's own, of any round; now and then somebody else's, or none that there is. */
function betOf(random: Random, { places }: State, player: PlayerId): number {
  const known = random.chance(0.85) ? places.filter((place) => place.player === player) : places;
  const bets = known.flatMap(({ bets: now, queued, last }) => [...now, ...queued, ...(last?.bets ?? [])]);
  return random.pick(bets)?.id ?? random.int(50);
}

function malformed(random: Random): Frame {
  const wrong = random.pick([-1, 0, 1.5, 2 ** 53, "10", null, {}, [5], true]);
  return random.pick<Frame>([
    { type: "bet", amount: wrong },
    { type: "bet" },
    { type: "bet", amount: 5, autoCashout: "2.00" },
    { type: "bet", amount: 5, autoCashout: [2] },
    { type: "cancel" },
    { type: "cancel", bet: "1" },
    { type: "cancel", bet: 1.5 },
    { type: "cashout", bet: null },
    { type: "cashout", bet: 2 ** 53 },
    { type: "strategy", amount: wrong, autoCashout: 2 },
    { type: "strategy", amount: 5 },
    { type: "strategy", amount: 5, autoCashout: 2, onWin: "2" },
    { type: "strategy", amount: 5, autoCashout: 2, stopLoss: wrong },
    { type: "strategy", amount: 5, autoCashout: 2, rounds: 10_001 },
    { type: "bets", from: -1 },
    { type: "launch" },
    { type: "ended", round: 1, bustX100: 100, endX100: 100, forced: false, nextAt: 0 },
  ]);
}
