import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { RoomInput, Stamped } from "../../rooms/kernel/inputs.ts";
import { DeadlineError, run } from "../../rooms/kernel/engine.ts";
import type { AnyGame, Json, Ms, PlayerId } from "../../rooms/game.ts";
import { games } from "../../rooms/games.ts";
import { create, type Kernel } from "../../rooms/kernel/state.ts";
import { freeze } from "../../rooms/kernel/snapshot.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { commandOf, engineWorld, START } from "../kit/history.ts";
import { Random } from "../kit/random.ts";
import { QUICK_CRASH, QUICK_ROULETTE } from "./verify/habits.ts";
import { Room } from "./verify/play.ts";
import { PLAYED } from "./verify/played.ts";
import type { Frame } from "../games/fixtures.ts";

/**
 * What players are promised of every round: it is committed to before anybody bets, drawn under that and nothing else, opened however
 * it ends, and none is left out. Told as stories; invariants/fairness.ts holds random histories against the same.
 */

type Told = {
  readonly config: Json;
  readonly bet: Frame;
  /** What has the room bet by itself; none where it does not. */
  readonly auto?: Frame;
  readonly untilDraw: number;
  readonly lastVoid: number;
};
const STORIES: Readonly<Record<string, Told>> = {
  roulette: {
    config: QUICK_ROULETTE,
    bet: { type: "bet", bets: [{ spot: "red", amount: 10 }] },
    auto: { type: "autoRepeat", rounds: 100 },
    untilDraw: 800,
    lastVoid: 740,
  },
  crash: {
    config: QUICK_CRASH,
    bet: { type: "bet", amount: 10, autoCashout: 1.01 },
    auto: { type: "strategy", amount: 10, autoCashout: 1.01 },
    untilDraw: 700,
    lastVoid: 700,
  },
  dice: {
    config: { seedMs: 1_000, rolls: 50 },
    bet: { type: "roll", amount: 10, side: "under", target: 5_000 },
    untilDraw: 0,
    lastVoid: 900,
  },
};
const seeded = [...games].filter(([, game]) => game.fairness === "seed");

const sha256 = (hex: string): string => createHash("sha256").update(Buffer.from(hex, "hex")).digest("hex");

test("every game that draws from a seed has its story", () => {
  expect(seeded.map(([name]) => name).sort()).toEqual(Object.keys(STORIES).sort());
});

describe.each(seeded)("%s", (name, game) => {
  const story: Told = STORIES[name] ?? { config: {}, bet: { type: "" }, untilDraw: 0, lastVoid: 0 };

  test("a void round shows its seed, whenever it was called off", () => {
    for (const after of [0, story.lastVoid]) {
      const room = new Room(game, story.config, 31 + after);
      room.pass(10);
      room.send("ann", story.bet);
      room.pass(after);
      room.operate({ type: "void", reason: "a test" });
      room.pass(0);
      const [record] = room.records;
      expect(record).toMatchObject({ round: 1, void: true });
      expect(sha256(record?.proof.seed ?? "")).toBe(record?.proof.commitment);
    }
  });

  test("no round number is left out, whatever becomes of the rounds", () => {
    const records = PLAYED[name]?.(42, 150) ?? [];
    expect(records.map(({ round }) => round)).toEqual(Array.from({ length: 150 }, (_, i) => i + 1));
    expect(records.some((record) => record.void)).toBe(true);
    expect(new Set(records.map(({ proof }) => proof.seed)).size).toBe(150);
  });

  test("a game that would leave one out is stopped: the batch throws and nothing has changed", () => {
    const skips: AnyGame = {
      ...game,
      rules: { ...game.rules, round: (state) => (game.rules.round(state) > 1 ? game.rules.round(state) + 1 : 1) },
    };
    const room = new Table(skips, story);
    room.judge([{ type: "presence", player: ANN, name: "Ann", online: true }]);
    room.bet();
    const before = room.frozen;
    expect(() => room.judge([{ type: "order", order: { type: "void", reason: "a test" } }])).toThrow(
      "round 1 was followed by 3",
    );
    expect(room.frozen).toBe(before);
  });

  test("a round's commitment is out, and durable, a whole round before its betting opens", () => {
    const room = new Table(game, story);
    for (let n = 0; n < 40; n++) {
      room.judge([{ type: "presence", player: ANN, name: "Ann", online: true }]);
      if (n % 3 === 0) room.bet();
      const { round, commitments, seq } = room.kernel;
      expect(commitments.map((one) => one.round)).toEqual([round.n, round.n + 1]);
      expect(commitments[0]?.seq).toBeLessThanOrEqual(seq);
      expect(room.kernel.table.commitments.map((one) => one.round)).toEqual([round.n, round.n + 1]);
      room.now = (room.now + 3_000) as Ms;
    }
    expect(room.kernel.round.n).toBeGreaterThan(5);
    // The bets of a round, and what it drew, came in batches after the one that committed to it.
    expect(room.bets.length).toBeGreaterThan(5);
    expect(room.draws.length).toBeGreaterThan(5);
    for (const { round, batch } of [...room.bets, ...room.draws]) {
      expect(room.committed.get(round), `round ${round}`).toBeLessThan(batch);
    }
  });

  test.skipIf(story.auto === undefined)(
    "an alarm hours late draws the round that was open and no other: nobody could have seen what the next ones are under",
    () => {
      const room = new Table(game, story);
      room.judge([{ type: "presence", player: ANN, name: "Ann", online: true }]);
      room.bet();
      room.judge([room.command(story.auto ?? story.bet)]);
      room.judge([]);
      const open = room.kernel.round.n;
      const seen = new Set(room.kernel.commitments.map((one) => one.round));
      room.now = (room.now + 9 * 3_600_000) as Ms;
      room.judge([]);
      expect(room.draws.map(({ round }) => round)).toEqual([open]);
      // Nine hours of alarms, each with a stamp of its own, in one batch: it draws what was seen before it, or it throws whole.
      room.draws.length = 0;
      for (const { round } of room.kernel.commitments) seen.add(round);
      const wakes = Array.from({ length: 500 }, (): RoomInput => ({ type: "wake" }));
      const before = room.frozen;
      let late = false;
      try {
        room.judge(wakes, 60_000);
      } catch (error) {
        if (!(error instanceof DeadlineError)) throw error;
        late = true;
        expect(error.message).toContain("durable before this batch");
        expect(room.frozen).toBe(before);
      }
      expect(late).toBe(true);
      expect(room.draws.length).toBeGreaterThan(0);
      for (const { round } of room.draws) expect(seen).toContain(round);
      // One by one, with a commit between them, they all are judged.
      for (let i = 0; i < 30; i++) {
        room.now = (room.now + 60_000) as Ms;
        room.judge([]);
      }
      expect(room.kernel.round.n).toBeGreaterThan(open + 5);
    },
  );
});

const ANN = "ann" as PlayerId;

/** A room batch by batch, which notes what was committed to, bet and drawn in which. */
class Table {
  kernel: Kernel;
  now: Ms = START;
  readonly committed = new Map<number, number>();
  readonly bets: { round: number; batch: number }[] = [];
  readonly draws: { round: number; batch: number }[] = [];
  readonly #game: AnyGame;
  readonly #story: Told;
  readonly #recent = new Recent();
  readonly #seeds = new Map<number, string>();
  readonly #random = new Random(5);
  #batch = 0;
  #ids = 0;

  constructor(game: AnyGame, story: Told) {
    this.#story = story;
    this.#game = {
      ...game,
      rules: {
        ...game.rules,
        decide: (state, input, facts) =>
          game.rules.decide(state, input, {
            ...facts,
            draw: (label) => {
              const stream = facts.draw(label);
              this.draws.push({ round: game.rules.round(state), batch: this.#batch });
              return stream;
            },
          }),
      },
    };
    this.kernel = create(game, `${game.name}:story`, game.config.parse(story.config));
    this.judge([]);
  }

  get frozen(): string {
    return JSON.stringify(freeze(this.kernel));
  }

  command(body: Frame): RoomInput {
    return commandOf(this.#game, ANN, { id: `story:${++this.#ids}`, ...body });
  }

  bet(): void {
    const round = this.kernel.round.n;
    this.judge([this.command(this.#story.bet)]);
    this.bets.push({ round, batch: this.#batch });
  }

  /** Judges a batch, its inputs `apart` from each other, and answers for a rich wallet. */
  judge(inputs: readonly RoomInput[], apart = 0): void {
    this.#batch += 1;
    const stamped = inputs.map((input, i): Stamped<null> => {
      return { at: (this.now + i * apart) as Ms, token: null, input };
    });
    const end = (this.now + Math.max(0, inputs.length - 1) * apart) as Ms;
    const world = { ...engineWorld(this.#game, this.#seeds, this.#recent, this.#random), buyIn: 1_000_000 as never };
    const outcome = run(this.kernel, this.#parked, stamped, end, world);
    this.now = end;
    this.kernel = outcome.kernel;
    this.#parked = outcome.parked;
    for (const { round, seed } of outcome.seeds) {
      this.#seeds.set(round, seed);
      this.committed.set(round, this.#batch);
    }
    for (const [player, { transfer }] of this.kernel.purses) {
      if (transfer === null) continue;
      const answer = { ok: true, amount: transfer.amount, balance: 5_000_000 as never } as const;
      this.judge([{ type: "answer", player, id: transfer.id, answer }]);
    }
  }

  #parked: ReturnType<typeof run<null>>["parked"] = new Map();
}
