import * as fc from "fast-check";
import * as z from "zod/mini";
import { describe, expect, test, vi } from "vitest";
import type { Json, PlayerId } from "../../../rooms/game.ts";
import type { Event } from "../../../rooms/roulette/events.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import { betOn, layoutOf } from "../../../rooms/roulette/layout.ts";
import { betsOf } from "../../../rooms/roulette/stacks.ts";
import type { Command, PublicDelta, View } from "../../../rooms/roulette/types.ts";
import { pocketsOf, type Wheel } from "../../../rooms/roulette/wheel.ts";
import { Driver, ms, playerId } from "./driver.ts";

/**
 * Random tables. The driver holds the invariants after every single event; what is compared here is what only a whole history shows.
 */

const PLAYERS = ["ann", "bob", "cy", "dee"].map(playerId);

type Step =
  | { do: "command"; player: PlayerId; command: Command }
  | { do: "fire"; late: number; pocket: number }
  | { do: "play"; pocket: number }
  | { do: "wait"; by: number }
  | { do: "bring"; player: PlayerId; amount: number }
  | { do: "stale" | "pause" | "resume" | "void" };

function steps(wheel: Wheel): fc.Arbitrary<Step> {
  const spot = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...layoutOf(wheel).bets.map((bet) => bet.spot)) },
    { weight: 20, arbitrary: fc.constantFrom("red", "straight:17", "dozen:1") },
    { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
  );
  const bet = fc.record({ spot, amount: fc.integer({ min: 1, max: 60 }) });
  const name = fc.constantFrom("voisins", "tiers", "orphelins", "jeu-zero", "neighbours", "finales");
  const n = fc.integer({ min: 0, max: 36 });
  const amount = fc.integer({ min: 1, max: 20 });
  const stop = fc.integer({ min: 1, max: 200 });
  const command: fc.Arbitrary<Command> = fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({ type: fc.constant("bet"), bets: fc.array(bet, { minLength: 1, maxLength: 4 }) }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("call"), name, n, amount }) },
    { weight: 4, arbitrary: fc.record({ type: fc.constantFrom("undo", "clear", "double", "repeat") }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant("autoRepeat"),
        rounds: fc.integer({ min: 0, max: 4 }),
        stopLoss: stop,
        stopWin: stop,
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("who"), spot }) },
  );
  const player = fc.constantFrom(...PLAYERS);
  const pocket = fc.integer({ min: 0, max: pocketsOf(wheel).length - 1 });
  const late = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60_000 }));
  return fc.oneof(
    { weight: 30, arbitrary: fc.record({ do: fc.constant("command"), player, command }) },
    { weight: 5, arbitrary: fc.record({ do: fc.constant("fire"), late, pocket }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("play"), pocket }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("wait"), by: fc.integer({ min: 0, max: 5_000 }) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("bring"), player, amount: fc.integer({ min: 1, max: 300 }) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom("stale", "pause", "resume", "resume", "resume", "void") }),
    },
  );
}

function perform(table: Driver, step: Step): void {
  const before = table.state;
  switch (step.do) {
    case "command": {
      const answer = table.command(step.player, step.command);
      if (answer !== "ok") expect(table.state).toBe(before);
      return;
    }
    case "fire": {
      table.pocket = pocketsOf(before.config.wheel)[step.pocket] ?? "0";
      table.fire(step.late);
      return;
    }
    case "play":
      if (before.phase.name !== "waiting") table.play(pocketsOf(before.config.wheel)[step.pocket] ?? "0");
      return;
    case "wait": {
      const [due] = roulette.rules.deadlines(before);
      table.now = Math.min(table.now + step.by, due === undefined ? Infinity : Math.max(table.now, due.at - 1));
      return;
    }
    case "bring":
      table.bring(step.player, step.amount);
      return;
    case "stale":
      for (const name of ["close", "spin", "settle", "ready"]) {
        table.input({ type: "deadline", name, at: ms(table.now - 77_777) });
      }
      expect(table.state).toBe(before);
      return;
    case "pause":
    case "resume":
      table[step.do]();
      return;
    case "void":
      table.input({ type: "void", reason: "test" });
      return;
    default:
      step satisfies never;
  }
}

const tables = fc
  .record({
    wheel: fc.constantFrom<Wheel>("european", "french", "american"),
    minStake: fc.integer({ min: 1, max: 3 }),
    maxInside: fc.integer({ min: 20, max: 60 }),
    maxPlayer: fc.integer({ min: 150, max: 600 }),
    maxLiability: fc.integer({ min: 700, max: 4_000 }),
  })
  .chain((config) => fc.tuple(fc.constant(config), fc.array(steps(config.wheel), { minLength: 30, maxLength: 100 })));

function played(config: Readonly<Record<string, Json>>, history: readonly Step[]): Driver {
  const table = new Driver({ ...config, maxOutside: 400 });
  for (const player of PLAYERS.slice(0, 3)) table.bring(player, 300);
  for (const step of history) perform(table, step);
  return table;
}

/** What the table must add up to, from the slips alone. */
function checkSums(table: Driver): void {
  const { config, felt, places, index } = table.state;
  const { bets, pockets } = layoutOf(config.wheel);
  const totals = bets.map((bet) => places.reduce((sum, { slip }) => sum + (slip?.stacks[bet.index] ?? 0), 0));
  expect(felt.totals).toEqual(totals);
  const profits = pockets.map((pocket) =>
    bets.reduce((sum, bet) => {
      const stake = totals[bet.index] ?? 0;
      return bet.pockets.includes(pocket) ? sum + (bet.k === 5 ? 6 : 36 / bet.k - 1) * stake : sum;
    }, 0),
  );
  expect(felt.profits).toEqual(profits);
  expect(Math.max(...profits)).toBeLessThanOrEqual(config.maxLiability);
  expect(felt.players).toBe(places.filter(({ slip }) => slip !== null).length);
  for (const { player, slip, last } of places) {
    expect(places[index[player] ?? -1]?.player).toBe(player);
    for (const { spot } of last) expect(betOn(config.wheel, spot)).toBeDefined();
    if (slip === null) continue;
    expect(slip.staked).toBe(betsOf(config.wheel, slip.stacks).reduce((sum, { amount }) => sum + amount, 0));
    expect(slip.staked).toBeGreaterThan(0);
    expect(slip.staked).toBeLessThanOrEqual(config.maxPlayer);
  }
  expect(Object.keys(index).length).toBe(places.length);
}

const foldAll = (view: View, shown: readonly PublicDelta[]): View =>
  shown.reduce((v, s) => roulette.deltas.fold(v, s), view);

const RUNS = { seed: 2_026, numRuns: 120 };
vi.setConfig({ testTimeout: 60_000 });

describe("invariants over random tables", () => {
  test("[R6] [R8] money is conserved, views fold, seats outside the audience stay, and all sums agree, at every event", () => {
    let settled = 0;
    let repeated = 0;
    let voided = 0;
    fc.assert(
      fc.property(tables, ([config, history]) => {
        const table = played(config, history);
        checkSums(table);
        settled += table.journal.filter((event) => event.type === "settled").length;
        voided += table.journal.filter((event) => event.type === "voided").length;
        repeated += table.journal.filter((event) => event.type === "placed" && event.by === "auto").length;
      }),
      RUNS,
    );
    // The invariants were not held over idle tables.
    expect(settled).toBeGreaterThan(RUNS.numRuns);
    expect(repeated).toBeGreaterThan(50);
    expect(voided).toBeGreaterThan(20);
  });

  test("the journal, written and read again, gives the same state", () => {
    fc.assert(
      fc.property(tables, ([config, history]) => {
        const table = played(config, history);
        let state = roulette.rules.initial(table.state.config);
        for (const event of table.journal) {
          const read: Event = z.parse(roulette.event, JSON.parse(JSON.stringify(event)));
          expect(read).toStrictEqual(event);
          state = roulette.rules.evolve(state, read);
        }
        expect(state).toStrictEqual(table.state);
      }),
      RUNS,
    );
  });

  test("[R9] squashed public steps fold to the same view, wherever they are cut", () => {
    const squash = roulette.deltas.coalesce?.bind(roulette);
    if (squash === undefined) throw new Error("roulette squashes");
    let saved = 0;
    fc.assert(
      fc.property(tables, fc.array(fc.nat(60), { maxLength: 6 }), ([config, history], cuts) => {
        const table = played(config, history);
        const points = [
          0,
          ...cuts.map((cut) => Math.min(cut, table.shown.length)).sort((a, b) => a - b),
          table.shown.length,
        ];
        const copy = JSON.stringify(table.shown);
        const squashed = points.slice(1).flatMap((end, i) => squash(table.shown.slice(points[i], end)));
        expect(JSON.stringify(table.shown)).toBe(copy);
        expect(foldAll(table.first, squashed)).toStrictEqual(table.view());
        saved += table.shown.length - squashed.length;
      }),
      RUNS,
    );
    expect(saved).toBeGreaterThan(RUNS.numRuns);
  });

  test("evolve changes nothing in place and throws on no event, in whatever state it comes", () => {
    fc.assert(
      fc.property(tables, tables, ([config, history], [, other]) => {
        const events = played(config, other).journal;
        let state = deepFreeze(played(config, history).state);
        for (const event of events) state = deepFreeze(roulette.rules.evolve(state, deepFreeze(event)));
        expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
      }),
      { ...RUNS, numRuns: 50 },
    );
  });
});

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
