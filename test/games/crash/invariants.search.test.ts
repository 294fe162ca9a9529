import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import * as z from "zod/mini";
import type { Event } from "../../../rooms/crash/events.ts";
import { crash } from "../../../rooms/crash/index.ts";
import type { Command, PublicDelta, View } from "../../../rooms/crash/types.ts";
import type { Json, PlayerId } from "../../../rooms/game.ts";
import { bitsFor, Driver, ms, playerId } from "./driver.ts";
import { exactProfits } from "./exact.ts";

/**
 * Random lobbies. The driver holds the invariants after every single event, and the oracle judges it; what is compared here is what only
 * a whole history shows.
 */

const PLAYERS = ["ann", "bob", "cy", "dee"].map(playerId);

type Step =
  | { do: "command"; player: PlayerId; command: Command }
  | { do: "named"; type: "cashout" | "cancel"; player: PlayerId; nth: number }
  | { do: "pass" | "late"; by: number; bust: number }
  | { do: "play"; bust: number }
  | { do: "bring"; player: PlayerId; amount: number }
  | { do: "stale" | "pause" | "resume" | "void" };

function steps(): fc.Arbitrary<Step> {
  const amount = fc.integer({ min: 1, max: 70 });
  const target = fc.oneof(fc.integer({ min: 101, max: 250 }), fc.integer({ min: 101, max: 2_000 }));
  const multiplier = target.map((x100) => x100 / 100);
  const odd = fc.oneof(
    fc.constantFrom(null, 0, 1, 1.001, -1, 1e9),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  const factor = fc.option(fc.constantFrom(0.5, 1, 1.5, 2), { nil: undefined });
  const stop = fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined });
  const command: fc.Arbitrary<Command> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ type: fc.constant("bet"), amount }) },
    { weight: 6, arbitrary: fc.record({ type: fc.constant("bet"), amount, autoCashout: multiplier }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("bet"), amount, autoCashout: odd }) },
    { weight: 6, arbitrary: fc.record({ type: fc.constant("cashout") }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constant("strategy"),
        amount,
        autoCashout: multiplier,
        onWin: factor,
        onLoss: factor,
        stopLoss: stop,
        stopWin: stop,
        rounds: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("stopStrategy") }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("bets"), from: fc.nat(60) }) },
  );
  const player = fc.constantFrom(...PLAYERS);
  const bust = fc.oneof(fc.integer({ min: 100, max: 250 }), fc.integer({ min: 100, max: 3_000 }));
  const named = fc.record({
    do: fc.constant("named"),
    type: fc.constantFrom("cashout", "cancel"),
    player,
    nth: fc.nat(6),
  });
  return fc.oneof(
    { weight: 30, arbitrary: fc.record({ do: fc.constant("command"), player, command }) },
    { weight: 8, arbitrary: named },
    { weight: 14, arbitrary: fc.record({ do: fc.constant("pass"), by: fc.integer({ min: 1, max: 6_000 }), bust }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("late"), by: fc.integer({ min: 1, max: 60_000 }), bust }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant("play"), bust }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("bring"), player, amount: fc.integer({ min: 1, max: 300 }) }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constantFrom("stale", "pause", "resume", "resume", "resume", "void") }),
    },
  );
}

function perform(lobby: Driver, step: Step): void {
  const before = lobby.state;
  switch (step.do) {
    case "command":
      lobby.command(step.player, step.command);
      return;
    case "named":
      lobby.command(step.player, { type: step.type, bet: Math.max(1, before.nextBet - step.nth) });
      return;
    case "pass":
    case "late":
      lobby.bits = bitsFor(step.bust);
      lobby[step.do](step.by);
      return;
    case "play":
      if (before.phase.name !== "waiting" && before.board.bets > 0) lobby.play(step.bust);
      return;
    case "bring":
      lobby.bring(step.player, step.amount);
      return;
    case "stale":
      for (const name of ["launch", "targets", "end", "ready"]) {
        lobby.input({ type: "deadline", name, at: ms(lobby.now - 77_777) });
      }
      expect(lobby.state).toBe(before);
      return;
    case "pause":
    case "resume":
      lobby[step.do]();
      return;
    case "void":
      lobby.input({ type: "void", reason: "test" });
      return;
    default:
      step satisfies never;
  }
}

const lobbies = fc.tuple(
  fc.record({
    minStake: fc.integer({ min: 1, max: 3 }),
    maxStake: fc.integer({ min: 40, max: 70 }),
    maxProfit: fc.oneof(fc.integer({ min: 10, max: 150 }), fc.integer({ min: 1_000, max: 50_000 })),
    minForceX100: fc.integer({ min: 101, max: 200 }),
    bettingMs: fc.integer({ min: 50, max: 4_000 }),
    pauseMs: fc.integer({ min: 50, max: 2_000 }),
  }),
  fc.array(steps(), { minLength: 30, maxLength: 100 }),
);

function played(config: Readonly<Record<string, Json>>, history: readonly Step[]): Driver {
  const lobby = new Driver(config);
  for (const player of PLAYERS.slice(0, 3)) lobby.bring(player, 300);
  for (const step of history) perform(lobby, step);
  return lobby;
}

/** What the lobby must add up to, from the bets alone. */
function checkSums({ state }: Driver): void {
  const { board, places, index, config, risk, phase } = state;
  const bets = places.flatMap((place) => place.bets);
  const queued = places.flatMap((place) => place.queued);
  const outs = bets.filter(({ out }) => out !== null);
  expect(board).toMatchObject({
    players: places.filter((place) => place.bets.length > 0).length,
    bets: bets.length,
    staked: bets.reduce((sum, { amount }) => sum + amount, 0),
    out: outs.length,
    paid: outs.reduce((sum, { out }) => sum + (out?.paid ?? 0), 0),
  });
  const fresh = bets.map((bet) => ({ ...bet, out: null }));
  expect(BigInt(risk.now)).toBe(exactProfits(fresh, config.minForceX100));
  expect(BigInt(risk.next)).toBe(exactProfits(queued, config.minForceX100));
  expect(new Set([...bets, ...queued].map(({ id }) => id)).size).toBe(bets.length + queued.length);
  if (phase.name === "waiting") expect(bets).toEqual([]);
  if (phase.name === "waiting" || phase.name === "betting") expect(queued).toEqual([]);
  expect(places.map(({ player }) => index[player])).toEqual(places.map((_, i) => i));
  expect(Object.keys(index).length).toBe(places.length);
}

const foldAll = (view: View, shown: readonly PublicDelta[]): View =>
  shown.reduce((v, s) => crash.deltas.fold(v, s), view);

const RUNS = { seed: 2_026, numRuns: 150 };
vi.setConfig({ testTimeout: 60_000 });

describe("invariants over random lobbies", () => {
  test("[C4] [C5] [C8] money is conserved, views fold, seats outside the audience stay, and all sums agree, at every event", () => {
    const seen: Record<string, number> = {};
    const met = (what: string): void => void (seen[what] = (seen[what] ?? 0) + 1);
    fc.assert(
      fc.property(lobbies, ([config, history]) => {
        const lobby = played(config, history);
        checkSums(lobby);
        for (const event of lobby.journal) {
          met(event.type);
          if (event.type === "ended" && event.forced) met("forced");
          if (event.type === "strategy" && event.strategy === null) met(event.reason ?? "off");
          if (event.type === "targetsMet") for (const [, out] of Object.values(event.outs).flat()) met(`by ${out.by}`);
        }
      }),
      RUNS,
    );
    // The invariants were not held over idle lobbies.
    expect(Object.entries(seen).filter(([, n]) => n < 5)).toEqual([]);
    expect(Object.keys(seen)).toEqual(
      expect.arrayContaining([
        "forced",
        "by force",
        "by target",
        "cashedOut",
        "cancelled",
        "queued",
        "forceMoved",
        "voided",
      ]),
    );
    expect(seen["ended"]).toBeGreaterThan(RUNS.numRuns);
  });

  test("[C12] the journal, written and read again, gives the same state", () => {
    fc.assert(
      fc.property(lobbies, ([config, history]) => {
        const lobby = played(config, history);
        let state = crash.rules.initial(lobby.state.config);
        for (const event of lobby.journal) {
          const read: Event = z.parse(crash.event, JSON.parse(JSON.stringify(event)));
          expect(read).toStrictEqual(event);
          state = crash.rules.evolve(state, read);
        }
        expect(state).toStrictEqual(lobby.state);
      }),
      { ...RUNS, numRuns: 80 },
    );
  });

  test("[C9] squashed public steps fold to the same view, wherever they are cut", () => {
    const squash = crash.deltas.coalesce?.bind(crash);
    if (squash === undefined) throw new Error("crash squashes");
    let saved = 0;
    fc.assert(
      fc.property(lobbies, fc.array(fc.nat(60), { maxLength: 6 }), ([config, history], cuts) => {
        const lobby = played(config, history);
        const { shown } = lobby;
        const points = [0, ...cuts.map((cut) => Math.min(cut, shown.length)).sort((a, b) => a - b), shown.length];
        const copy = JSON.stringify(shown);
        const squashed = points.slice(1).flatMap((end, i) => squash(shown.slice(points[i], end)));
        expect(JSON.stringify(shown)).toBe(copy);
        expect(foldAll(lobby.first, squashed)).toStrictEqual(lobby.view());
        saved += shown.length - squashed.length;
      }),
      { ...RUNS, numRuns: 80 },
    );
    expect(saved).toBeGreaterThan(80);
  });

  test("evolve changes nothing in place and throws on no event, in whatever state it comes", () => {
    fc.assert(
      fc.property(lobbies, lobbies, ([config, history], [other, foreign]) => {
        const events = played(other, foreign).journal;
        let state = deepFreeze(played(config, history).state);
        for (const event of events) state = deepFreeze(crash.rules.evolve(state, deepFreeze(event)));
        expect(JSON.parse(JSON.stringify(state))).toStrictEqual(state);
      }),
      { ...RUNS, numRuns: 40 },
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
