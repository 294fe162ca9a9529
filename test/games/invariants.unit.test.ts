import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../rooms/kernel/engine.ts";
import { games } from "../../rooms/games.ts";
import { readFrame } from "../../rooms/kernel/inbound.ts";
import { create } from "../../rooms/kernel/state.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { answersOf, commandOf, engineWorld, PLAYERS, record, START, type History } from "../kit/history.ts";
import { invariants, type Invariant } from "./invariants.ts";
import { Random } from "../kit/random.ts";
import { fixtureOf, fixtures } from "./fixtures.ts";

/** The invariants of rooms/README.md#a-game-is-a-value over every game in the registry. */

const SENTENCES: Readonly<Record<Invariant, string>> = {
  replays: "replaying the journal gives the room, from its beginning and from a snapshot at any point",
  forks: "judging a batch changes nothing of what was there before it",
  survivesJson: "the state survives JSON",
  eventsAreRead: "every journaled event parses to itself, and evolve throws on none",
  folds: "views and seats fold, for players and spectators alike, and nobody outside the audience sees a change",
  framesFold: "what is sent folds to the room's views, squashed or not, and every change of a purse is told",
  secretsAreKept: "the seed of an unrevealed round is in no frame, view, published event or log line",
  moneyAddsUp: "per event, held after - held before = stakes - pays - house, and the oracle agrees",
  pursesAddUp: "purses + held + house = what came from the wallets, and no purse is negative",
  deadlinesFire: "a due deadline fires once, is gone or later then, and a table left alone comes to rest",
  timeGoesFirst: "deadlines fire before what arrives after them, and everything is judged by its stamp",
  idsAreOnce: "a repeated command id changes nothing and is answered the same; with another body it is a conflict",
  inputsAreOnce: "answers, presence and messages that are repeated change nothing",
  refusalsChangeNothing: "a refused command leaves nothing behind",
  drawsAreCommitted: "nothing is drawn before its commitment was durable, nor while words for it are taken",
  uncommittedRoundsWait:
    "bets of a round whose commitment was not durable before the batch are neither taken nor drawn",
  roundsAreProved: "commitments open to the revealed seeds, these give the results, and no round number is skipped",
};

const SEEDS = Array.from({ length: 12 }, (_, i) => i + 1);
/** What must have happened in the histories, or the invariants were held over an idle room. */
const KINDS = [
  "game",
  "room.committed",
  "room.revealed",
  "room.entropy",
  "room.presence",
  "room.chat",
  "room.leaving",
  "room.left",
  "room.transfer",
  "room.transferred",
  "room.notice",
  "room.faulted",
] as const;

const CODES = ["id_conflict", "insufficient_funds", "faulted", "paused", "entropy_given", "entropy_frozen"] as const;

test("every game of the registry has its entry in fixtures.ts, and nothing else has", () => {
  expect([...fixtures.keys()]).toEqual([...games.keys()]);
  expect(() => fixtureOf("snakes")).toThrow("no entry");
});

describe.each([...games])("%s", (name, game) => {
  const world = fixtureOf(name);
  let histories: readonly History[] = [];
  beforeAll(() => {
    histories = world.configs.flatMap((config) => SEEDS.map((seed) => record(game, config, seed)));
  });

  for (const invariant of Object.keys(invariants) as Invariant[]) {
    test(SENTENCES[invariant], () => {
      const sums: Record<string, number> = {};
      for (const history of histories) {
        const hits = invariants[invariant](history) ?? {};
        for (const [what, n] of Object.entries(hits)) sums[what] = (sums[what] ?? 0) + n;
      }
      for (const [what, n] of Object.entries(sums)) expect(n, `${invariant} met ${what}`).toBeGreaterThan(0);
    });
  }

  test("the histories had everything in them that a room can journal", () => {
    const seen = new Set(
      histories.flatMap(({ batches }) => batches.flatMap((b) => b.outcome.events.map((e) => e.type))),
    );
    const never = new Set(world.never);
    const kinds = [...KINDS, ...(game.fairness === "deck" ? ["room.opened"] : [])].filter((kind) => !never.has(kind));
    expect([...seen].sort()).toEqual(kinds.sort());
    const all = histories.flatMap(({ batches }) => batches.map((b) => b.outcome));
    expect(all.filter(({ finished }) => finished.some((round) => round.void)).length).toBeGreaterThan(10);
    expect(all.filter(({ finished }) => finished.some((round) => !round.void)).length).toBeGreaterThan(50);
    expect(all.filter(({ published }) => published.length > 0).length).toBeGreaterThan(50);
    const waited = all.filter(({ parked }) => parked.size > 0).length;
    if (never.has("a command waited for chips")) expect(waited).toBe(0);
    else expect(waited).toBeGreaterThan(50);
    const codes = new Set(all.flatMap(({ refused }) => refused));
    for (const code of CODES) expect([code, codes.has(code)]).toEqual([code, !never.has(`refused ${code}`)]);
    const { fresh = 0 } = world.messages ?? {};
    expect(all.flatMap(({ messages }) => messages).length > 500).toBe(fresh > 0);
  });

  test("a malformed command is refused at the door", () => {
    const random = new Random(7);
    for (let i = 0; i < 200; i++) {
      const read = readFrame(JSON.stringify({ id: `test-${i}:1`, ...world.malformed(random) }), game);
      expect(read).toMatchObject([{ kind: "refused", id: `test-${i}:1`, message: expect.stringMatching(/./) }]);
    }
  });

  test("whatever comes in a frame is a command, a refusal or a frame to close the socket for; nothing throws", () => {
    const random = new Random(11);
    const state = game.rules.initial(game.config.parse({}));
    const valid = fc.integer().map(() => world.command(random, state, PLAYERS[0] ?? ("x" as never)));
    const id = fc.oneof(fc.constant("test-1:1"), fc.string(), fc.anything());
    const type = fc.constantFrom("bet", "chat", "leave", "entropy", "__proto__", "toString");
    const mangled = fc
      .tuple(valid, id, fc.string(), fc.jsonValue())
      .map(([command, id, key, value]) => ({ id, ...command, [key]: value }));
    const shaped = fc.oneof(
      mangled,
      fc.record({ id, type }),
      fc.record({ id: fc.constant("test-1:1"), type, text: fc.anything(), value: fc.anything() }),
      fc.jsonValue(),
      fc.array(fc.oneof(mangled, fc.jsonValue()), { maxLength: 40 }),
    );
    const text = fc.oneof(
      shaped.map((value) => JSON.stringify(value) ?? ""),
      fc.string({ maxLength: 300 }),
      fc.json(),
      fc.constantFrom("[".repeat(8_000), "{".repeat(100), '"', "", "null", "[]", "{}", "[[]]", "x".repeat(9_000)),
    );
    fc.assert(
      fc.property(fc.oneof(text, fc.uint8Array(), fc.anything()), (data) => {
        const read = readFrame(data, game);
        if ("close" in read) {
          expect(read.close).toBeGreaterThan(4_000);
          expect(read.code).not.toBe("");
          return;
        }
        expect(read.length).toBeGreaterThan(0);
        for (const one of read) {
          if (one.kind === "refused") expect(one.code).toMatch(/^[a-z_]+$/);
          else if (one.kind === "command") expect(one.input.id).toMatch(/^[A-Za-z0-9_-]+:\d+$/);
        }
      }),
      { seed: 2_026, numRuns: 2_000 },
    );
  });

  test("a message that is valid from the queue is an unknown command from a socket", () => {
    const random = new Random(13);
    for (let i = 0; i < 50; i++) {
      const message = world.message(random);
      if (message === null) {
        expect(game.message.safeParse({}).success).toBe(false);
        return;
      }
      expect(game.message.safeParse(message).success).toBe(true);
      const read = readFrame(JSON.stringify({ ...message, id: "test-1:1" }), game);
      expect(read).toMatchObject([{ kind: "refused", code: "unknown_command" }]);
    }
  });

  test("a new room takes no command in the batch that makes its first commitment", () => {
    const random = new Random(17);
    const engine = engineWorld(game, new Map(), new Recent(), random);
    const kernel = create(game, `${name}:new`, game.config.parse({}));
    const player = PLAYERS[0] ?? ("x" as never);
    const inputs = Array.from({ length: 20 }, (_, n) => {
      const body = world.command(random, kernel.state, player);
      return { at: START, token: n, input: commandOf(game, player, { id: `test:${n}`, entropy: "x", ...body }) };
    });
    const outcome = run(kernel, new Map(), inputs, START, engine);
    expect(outcome.events.map((event) => event.type)).toEqual(["room.committed", "room.committed"]);
    for (const answer of answersOf(outcome).values()) expect(answer).toMatchObject({ ok: false, code: "not_ready" });
  });
});
