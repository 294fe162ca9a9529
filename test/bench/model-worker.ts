import type { PlayerId } from "../../rooms/game.ts";
import { takeSettled } from "../../src/queue/settled.ts";
import type { Env } from "../../src/env.ts";
import { d1Model, INSERT } from "../../src/stats/d1.ts";
import { project } from "../../src/stats/project.ts";

/** The bench's Worker: the projector beside a bare loop of the statements that it makes, and boards beside the bare query. */

export type Shape = {
  readonly batches: number;
  readonly messages: number;
  readonly players: number;
  readonly from: number;
};

const PLAYERS = 10_000;
const NOW = Date.UTC(2026, 10, 26, 15, 30);

/** A queue's batch, as it arrives: rounds from `round` on, of so many players each. */
function batchOf(round: number, { messages, players }: Shape): unknown[] {
  return Array.from({ length: messages }, (_, i) => ({
    id: `roulette:main:3f2a91bc:${round + i}`,
    type: "roundSettled",
    version: 1,
    source: "roulette:main",
    sequence: round + i,
    correlation: "roulette:main@1",
    key: `round-${round + i}`,
    at: NOW - ((round + i) % 40) * 3_600_000,
    payload: {
      round: round + i,
      result: { pocket: "17" },
      players: Array.from({ length: players }, (_player, p) => ({
        player: playerOf((round + i) * 7 + p * 13),
        staked: 100 + ((round + i) % 50) * 10,
        returned: ((round + i + p) % 3) * 150,
      })),
    },
  }));
}

const playerOf = (n: number): PlayerId => `player${String(n % PLAYERS).padStart(14, "0")}` as PlayerId;

const batchesOf = (shape: Shape): unknown[][] =>
  Array.from({ length: shape.batches }, (_, i) => batchOf(shape.from + i * shape.messages, shape));

/** What the projector does with a batch: read, turned into facts, written. */
async function projector(env: Env, batches: readonly unknown[][]): Promise<void> {
  for (const batch of batches) {
    const verdicts = await takeSettled(
      env,
      batch.map((body, i) => ({ id: String(i), body })),
    );
    const bad = verdicts.find(({ type }) => type !== "done");
    if (bad !== undefined) throw new Error(JSON.stringify(bad));
  }
}

/** The parameters of those very statements, made beforehand. */
const parametersOf = (batch: readonly unknown[]): string =>
  JSON.stringify(
    project(batch, { guests: true }).facts.results.map((one) => [
      one.player,
      one.at,
      one.room,
      one.round,
      one.game,
      one.staked,
      one.returned,
      Number(one.apart === true),
    ]),
  );

async function bare({ READ_MODEL: db }: Env, parameters: readonly string[]): Promise<void> {
  for (const results of parameters)
    await db.batch([db.prepare(INSERT.results).bind(results), db.prepare(INSERT.freshness).bind(NOW, 0)]);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const QUERY = {
  all: `SELECT s.player, p.name, s.wagered FROM standing s INDEXED BY standing_wagered
    LEFT JOIN persona p ON p.player = s.player WHERE s.span = 'all' AND p.hidden IS NOT 1
    ORDER BY s.wagered DESC, s.player LIMIT 20`,
  week: `SELECT s.player, p.name, s.wagered FROM standing s
    LEFT JOIN persona p ON p.player = s.player WHERE s.span = '2026-W48' AND p.hidden IS NOT 1
    ORDER BY s.wagered DESC, s.player LIMIT 20`,
} as const;

/** workerd's clock has whole milliseconds: so many reads to a figure. */
const IN_A_ROW = 10;

async function reads({ READ_MODEL: db }: Env, times: number): Promise<Record<string, number[]>> {
  const model = d1Model(db);
  const ways = {
    all: async () => model.board("wagered", "all", 20, null, NOW),
    "all, bare": async () => db.prepare(QUERY.all).all(),
    week: async () => model.board("wagered", "week", 20, null, NOW),
    "week, bare": async () => db.prepare(QUERY.week).all(),
    "all, around one": async () => model.board("wagered", "all", 20, playerOf(4_321), NOW),
  };
  const { players } = await model.board("wagered", "all", 1, null, NOW);
  const taken: Record<string, number[]> = { players: [players] };
  for (let i = 0; i < times; i += 1)
    for (const [name, way] of Object.entries(ways)) {
      const ms = await timed(async () => {
        for (let n = 0; n < IN_A_ROW; n += 1) await way();
      });
      (taken[name] ??= []).push(ms / IN_A_ROW);
    }
  return taken;
}

/** What to do is in the path; the answer is in milliseconds. */
export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    switch (url.pathname) {
      case "/projector": {
        const batches = batchesOf(await request.json<Shape>());
        return Response.json(await timed(async () => projector(env, batches)));
      }
      case "/bare": {
        const parameters = batchesOf(await request.json<Shape>()).map(parametersOf);
        return Response.json(await timed(async () => bare(env, parameters)));
      }
      case "/clear":
        await d1Model(env.READ_MODEL).clear();
        return Response.json(0);
      case "/reads":
        return Response.json(await reads(env, Number(url.searchParams.get("times"))));
      default:
        return new Response("up");
    }
  },
} satisfies ExportedHandler<Env>;
