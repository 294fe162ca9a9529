import * as z from "zod/mini";
import { describe, expect, test } from "vitest";
import type { Chips, PlayerId } from "../../rooms/game.ts";
import { defineGame } from "../../rooms/kit/define.ts";
import { applied, difference } from "../../rooms/kit/difference.ts";
import { Random } from "../kit/random.ts";
import { stepOf } from "../kit/step.ts";

/** The least that a game can be: everybody may count up, and nobody stakes anything. */
const player = z.custom<PlayerId>((value) => typeof value === "string");
type State = { readonly n: number; readonly by: Readonly<Record<string, number>> };
const counter = defineGame({
  name: "counter",
  version: 1,
  config: z.object({ from: z._default(z.int(), 0) }),
  command: z.strictObject({ type: z.literal("add"), n: z.int() }),
  event: z.object({ type: z.literal("added"), player, n: z.int() }),
  rules: {
    initial: ({ from }: { from: number }): State => ({ n: from, by: {} }),
    decide: (_, input) =>
      input.type === "command"
        ? { events: [{ type: "added" as const, player: input.player, n: input.command.n }] }
        : { events: [] },
    evolve: ({ n, by }, event) => ({
      n: n + event.n,
      by: { ...by, [event.player]: (by[event.player] ?? 0) + event.n },
    }),
    round: () => 1,
    seedsClosed: () => false,
  },
  bank: { moves: () => [] },
  sight: { view: ({ n }) => ({ n }), seat: ({ by }, me) => ({ mine: by[me] ?? 0 }) },
  rounds: { settle: () => null },
  lobby: {
    title: "Counter",
    options: { from: { title: "From", description: "Where it begins." } },
    summary: ({ n }) => ({ phase: "open", round: 1, players: 0, minStake: 0, maxStake: 0, note: n }),
    rtp: () => ({ kind: "rake", bps: 0, cap: 0 }),
  },
});

const ann = "ann" as PlayerId;
const bob = "bob" as PlayerId;

describe("a game that leaves out what it does not need", () => {
  test("is a table drawn from seeds that holds no chips, promises nothing and takes no messages", () => {
    const state = counter.rules.initial({ from: 0 });
    expect([counter.kind, counter.fairness]).toEqual(["table", "seed"]);
    expect(counter.stored).toBe(counter.config);
    expect(counter.message.safeParse({}).success).toBe(false);
    expect(counter.rules.deadlines(state)).toEqual([]);
    expect([counter.bank.onTable(state, ann), counter.bank.prefund(state), counter.bank.standDown(state, ann)]).toEqual(
      [0 as Chips, [], []],
    );
    expect(counter.rounds.recordFor({ kept: true }, null)).toEqual({ kept: true });
  });

  test("is followed by differences: of the view for everybody, of the seat for the player of the event and whoever sits", () => {
    const before = counter.rules.initial({ from: 3 });
    const step = stepOf(counter, before, { type: "added" as const, player: ann, n: 4 });
    const shown = counter.deltas.publicDelta(step);
    if (shown === null) throw new Error("nothing shown");
    expect(counter.deltas.fold({ n: 3 }, shown)).toEqual({ n: 7 });
    const told = [...counter.deltas.privateDeltas(step, [bob])];
    expect(told.map(([who]) => who)).toEqual([ann]);
    expect(told.map(([, delta]) => counter.deltas.foldSeat({ mine: 0 }, delta))).toEqual([{ mine: 4 }]);
  });
});

/** Any JSON, small, with keys that look like the difference's own marks among them. */
function anything(random: Random, depth = 0): unknown {
  const kind = random.int(depth > 3 ? 4 : 6);
  if (kind === 0) return null;
  if (kind === 1) return random.int(3);
  if (kind === 2) return ["", "a", "="][random.int(3)];
  if (kind === 3) return random.int(2) === 0;
  if (kind === 4) return Array.from({ length: random.int(3) }, () => anything(random, depth + 1));
  const keys = ["a", "b", "c", "=", "-"].filter((_, i) => random.int(i > 2 ? 6 : 2) === 0);
  return Object.fromEntries(keys.map((key) => [key, anything(random, depth + 1)]));
}

describe("a difference", () => {
  test("of any two values, applied to the first, gives the second", () => {
    const random = new Random(7);
    for (let i = 0; i < 20_000; i++) {
      const [before, after] = [anything(random), anything(random)];
      const delta = difference(before, after);
      const then = delta === null ? before : applied(before, JSON.parse(JSON.stringify(delta)));
      expect(then).toEqual(after);
    }
  });

  test("says nothing of what is the same, and no more than what is other", () => {
    expect(difference({ a: 1, b: [1] }, { a: 1, b: [1] })).toBeNull();
    expect(difference({ a: 1, b: { c: 1, d: 2 } }, { a: 1, b: { c: 1, d: 3 } })).toEqual({ b: { d: { "=": 3 } } });
    expect(difference({ a: 1, b: 2 }, { a: 1 })).toEqual({ b: { "-": true } });
  });
});
