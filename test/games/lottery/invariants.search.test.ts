import { keptOf, publishedOf, stepOf } from "../../kit/step.ts";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, PlayerId } from "../../../rooms/game.ts";
import type { Event } from "../../../rooms/lottery/events.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import type { PublicDelta, Ticket, View } from "../../../rooms/lottery/types.ts";
import { Driver, ms, playerId } from "./driver.ts";
import { sumOf } from "./exact.ts";

/**
 * Random lotteries. The driver holds the invariants after every single event, and the oracle judges it; what is compared here is what only
 * a whole history shows.
 */

const PLAYERS = ["ann", "bob", "cy", "dee", "constructor"].map(playerId);

type Step =
  | { do: "stake"; player: PlayerId; stake: number; game: string; times: number }
  | { do: "pass" | "late"; by: number; bits: readonly number[] }
  | { do: "draw"; number: number }
  | { do: "tickets"; of: "waiting" | "started"; from: number }
  | { do: "stale" | "pause" | "resume" | "void" };

function steps(): fc.Arbitrary<Step> {
  const stake = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 1_000_000_000_000 }));
  const bits = fc.array(fc.integer({ min: 0, max: 2 ** 52 - 1 }), { maxLength: 3 });
  return fc.oneof(
    {
      weight: 30,
      arbitrary: fc.record({
        do: fc.constant("stake"),
        player: fc.constantFrom(...PLAYERS),
        stake,
        game: fc.constantFrom("roulette", "roulette", "crash", "poker"),
        times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(22) }),
      }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constant("pass"), by: fc.integer({ min: 1, max: 4_000 }), bits }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("late"), by: fc.integer({ min: 1, max: 90_000 }), bits }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant("draw"), number: fc.nat(2 ** 31 - 1) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant("tickets"),
        of: fc.constantFrom("waiting", "started"),
        from: fc.nat(60),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ do: fc.constantFrom("stale", "pause", "resume", "resume", "void", "void") }),
    },
  );
}

function perform(one: Driver, step: Step): void {
  const before = one.state;
  switch (step.do) {
    case "stake":
      for (let i = 0; i < step.times; i++) expect(one.stake(step.player, step.stake, step.game)).toBe("ok");
      return;
    case "pass":
    case "late":
      one.bits = [...step.bits];
      one[step.do](step.by);
      return;
    case "draw":
      if (before.started !== null) one.draw(step.number);
      return;
    case "tickets": {
      const all = (step.of === "waiting" ? before.waiting : before.started)?.tickets ?? [];
      expect(one.tickets(step.of, step.from).tickets).toEqual(all.slice(step.from, step.from + 50));
      return;
    }
    case "stale":
      for (const name of ["draw", "time"]) {
        const due = lottery.rules.deadlines(before).find((deadline) => deadline.name === name);
        if (due === undefined || due.at > one.now) one.input({ type: "deadline", name, at: due?.at ?? ms(0) });
      }
      expect(one.state).toBe(before);
      return;
    case "pause":
      one.pause();
      return;
    case "resume":
      one.resume();
      return;
    case "void":
      one.void();
      return;
    default:
      step satisfies never;
  }
}

const CONFIGS: readonly Readonly<Record<string, Json>>[] = [
  { players: 3, minPlayers: 2, timeLimitMs: 5_000, drawMs: 1_000, capPerPlayer: 90, prizeShare: 333 },
  { players: 4, minPlayers: 1, timeLimitMs: 2_000, drawMs: 2_500, weighting: "flat", capPerPlayer: 3, prizeShare: 17 },
  { players: 2, minPlayers: 2, timeLimitMs: 1_000, drawMs: 100, capPerPlayer: 1_000_000_000, prizeShare: 10_000 },
  { players: 5, minPlayers: 4, timeLimitMs: 9_000, drawMs: 3_000, prizeShare: 1, games: ["roulette", "poker"] },
];

/** Plays; `hold` is asked after every step. */
function play(numRuns: number, seed: number, hold: (one: Driver) => void): void {
  fc.assert(
    fc.property(
      fc.constantFrom(...CONFIGS),
      fc.array(steps(), { minLength: 1, maxLength: 90, size: "max" }),
      (config, all) => {
        const one = new Driver(config);
        for (const step of all) {
          perform(one, step);
          hold(one);
        }
      },
    ),
    { seed, numRuns },
  );
}

describe("over random lotteries", () => {
  test("[L1] [L2] no stake is lost or counted twice, and no part of a unit", () => {
    const met: Record<string, number> = {};
    play(120, 3_001, ({ state, journal }) => {
      const taken = journal.flatMap((event) => (event.type === "ticket" ? [event.stake] : []));
      const drawn = new Map<string, bigint>();
      let before = lottery.rules.initial(state.config);
      let prizes = 0n;
      for (const event of journal) {
        if (event.type === "drawn" && before.started !== null) {
          drawn.set(`${before.round}`, BigInt(before.started.stakes));
          prizes += BigInt(before.started.prize);
        }
        before = lottery.rules.evolve(before, event);
      }
      const { started, waiting, carry, config } = state;
      const open = BigInt(started?.stakes ?? 0) + BigInt(waiting.stakes);
      const over = sumOf([...drawn.values()]);
      expect(over + open).toBe(sumOf(taken));
      // What was given and what is left of it are the share of all that was drawn for, exactly.
      const left = BigInt(started?.carriedIn ?? carry);
      expect(10_000n * prizes + left).toBe(over * BigInt(config.prizeShare));
      for (const type of new Set(journal.map((event) => event.type))) met[type] = (met[type] ?? 0) + 1;
    });
    for (const type of ["ticket", "started", "rolled", "drawn", "voided"]) {
      expect(met[type], type).toBeGreaterThan(10);
    }
  }, 120_000);

  test("[L1] sums are those of the tickets, whatever happened to them", () => {
    play(60, 3_002, ({ state }) => {
      const draws = [state.waiting, state.started].filter((draw) => draw !== null);
      for (const { tickets, stakes, weight, players } of draws) {
        const sum = (of: (ticket: Ticket) => number): bigint => sumOf(tickets.map(of));
        expect([BigInt(stakes), BigInt(weight)]).toEqual([sum((one) => one.stake), sum((one) => one.weight)]);
        expect(players).toBe(new Set(tickets.map(({ player }) => player)).size);
        for (const player of PLAYERS) {
          const own = tickets.filter((ticket) => ticket.player === player);
          expect(sumOf(own.map((one) => one.weight)) <= BigInt(state.config.capPerPlayer)).toBe(true);
        }
      }
    });
  }, 120_000);

  test("[L1] replayed from its journal at any event, the lottery is the same", () => {
    play(25, 3_003, (one) => {
      const rows = JSON.parse(JSON.stringify(one.journal)) as unknown[];
      const state = rows.reduce<typeof one.state>(
        (before, row) => lottery.rules.evolve(before, lottery.event.parse(row)),
        lottery.rules.initial(one.state.config),
      );
      expect(state).toStrictEqual(one.state);
    });
  }, 120_000);

  test("[L1] evolve is total: an event that fits in no way is none that throws", () => {
    const odd: readonly Event[] = [
      { type: "drawn", number: 7, ticket: 3, at: ms(1) },
      { type: "started", root: "x", prize: 1 as never, carried: 0, at: ms(1), drawsAt: ms(2) },
      { type: "ticket", id: "x", player: playerId("zed"), stake: 1, weight: 1, into: 99, endsAt: null },
      { type: "voided", reason: "", endsAt: null },
      { type: "rolled" },
    ];
    play(25, 3_004, ({ state }) => {
      for (const event of odd) {
        expect(() => lottery.rules.evolve(state, event)).not.toThrow();
        expect(() => lottery.deltas.publicDelta(stepOf(lottery, state, event))).not.toThrow();
        expect(() => publishedOf(lottery, state, event, "lottery:main")).not.toThrow();
        expect(() => keptOf(lottery, state, event)).not.toThrow();
      }
    });
  });

  test("[L7] squashed frames fold to the same view, wherever they are cut, and starts and draws do not wait", () => {
    play(40, 3_005, ({ state, journal }) => {
      const shown: PublicDelta[] = [];
      let before = lottery.rules.initial(state.config);
      const first = lottery.sight.view(before);
      for (const event of journal) {
        const step = lottery.deltas.publicDelta(stepOf(lottery, before, event));
        if (step !== null) shown.push(step);
        before = lottery.rules.evolve(before, event);
      }
      const cut = Math.floor(shown.length / 3);
      const squashed = [
        ...(lottery.deltas.coalesce?.(shown.slice(0, cut)) ?? []),
        ...(lottery.deltas.coalesce?.(shown.slice(cut)) ?? []),
      ];
      const after = squashed.reduce<View>((view, step) => lottery.deltas.fold(view, step), first);
      expect(after).toStrictEqual(lottery.sight.view(state));
      for (const step of shown) expect(lottery.deltas.urgent?.(step)).toBe(step.type !== "waiting");
    });
  }, 120_000);
});
