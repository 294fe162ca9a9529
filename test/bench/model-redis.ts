import { createClient } from "@redis/client";
import type { PlayerId } from "../../rooms/game.ts";
import type { Facts, Result } from "../../src/stats/model.ts";
import { upstashModel } from "../../src/stats/upstash.ts";
import { Random } from "../kit/random.ts";
import { startFront, type Front } from "../stats/upstash-front.ts";
import { NOW, ROOMS, facts, result } from "../stats/world.ts";
import { median } from "./settle.ts";

/**
 * The read model on a real Redis, behind a front that speaks Upstash's REST: results a second through `project` beside a bare loop of the
 * very statements that its script makes (as Redis reports them), and beside the bare script; boards beside the bare query. In turns, over
 * the same front.
 */

const ROUNDS = 5;
const BATCHES = 60;
const BATCH = 100;
const PLAYERS = 1_000;
const READS = 400;

export async function redisBench(): Promise<void> {
  const front = await startFront();
  try {
    await projecting(front);
    await boards(front);
  } finally {
    await front.stop();
  }
}

async function projecting(front: Front): Promise<void> {
  const model = upstashModel(front.url, front.token);
  const batches = batchesOf(new Random(1));
  const made = await recorded(front, async () => {
    for (const batch of batches) await model.project(batch, NOW);
  });
  const statements = made.map((batch) => JSON.stringify(batch.inner));
  const scripts = made.map((batch) => JSON.stringify(batch.outer));

  const passes = {
    project: async () => {
      for (const batch of batches) await model.project(batch, NOW);
    },
    statements: async () => {
      for (const body of statements) await post(front, "/pipeline", body);
    },
    script: async () => {
      for (const body of scripts) await post(front, "", body);
    },
  };
  const taken: Record<keyof typeof passes, number[]> = { project: [], statements: [], script: [] };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const name of ["project", "statements", "script"] as const) {
      await front.command("FLUSHALL");
      const started = performance.now();
      await passes[name]();
      // The first round warms up.
      if (round > 0) taken[name].push(performance.now() - started);
    }
  const perSecond = (times: readonly number[]): number => (BATCHES * BATCH * 1_000) / median(times);
  const ratio = (name: "statements" | "script"): number =>
    median(taken[name].map((bare, i) => bare / (taken.project[i] ?? Number.NaN)));
  const commands = made.reduce((sum, { inner }) => sum + inner.length + 1, 0);
  console.log(`Redis: results of ${BATCHES * BATCH} in batches of ${BATCH}, median of ${ROUNDS} rounds in turns
  project                     ${whole(perSecond(taken.project))} results a second
  the same statements, bare   ${whole(perSecond(taken.statements))}   ratio ${ratio("statements").toFixed(2)} (0.5 or better)
  the same script, bare       ${whole(perSecond(taken.script))}   ratio ${ratio("script").toFixed(2)}
  commands a result           ${(commands / BATCHES / BATCH).toFixed(1)}`);
}

async function boards(front: Front): Promise<void> {
  const model = upstashModel(front.url, front.token);
  await front.command("FLUSHALL");
  for (const batch of batchesOf(new Random(2))) await model.project(batch, NOW);
  const bare = JSON.stringify(["ZRANGE", "croupier:board:profit:all", "0", "19", "WITHSCORES"]);
  const around = "p500" as PlayerId;
  const reads = {
    top: async () => model.board("profit", "all", 20, null, NOW),
    around: async () => model.board("profit", "all", 20, around, NOW),
    bare: async () => post(front, "", bare),
  };
  const taken: Record<keyof typeof reads, number[]> = { top: [], around: [], bare: [] };
  for (let i = 0; i < READS + 50; i += 1)
    for (const name of ["top", "around", "bare"] as const) {
      const started = performance.now();
      await reads[name]();
      if (i >= 50) taken[name].push(performance.now() - started);
    }
  const [top, mine, query] = [median(taken.top), median(taken.around), median(taken.bare)];
  console.log(`Redis: 20 lines of a board of ${PLAYERS}, p50 of ${READS} in turns
  top                         ${top.toFixed(2)} ms   ${(top / query).toFixed(2)} times the bare query (2 or better)
  around a player             ${mine.toFixed(2)} ms   ${(mine / query).toFixed(2)} times
  bare ZRANGE                 ${query.toFixed(2)} ms`);
}

type Made = { readonly outer: string[]; readonly inner: string[][] };

/** What Redis is told by each script, and within it. */
async function recorded(front: Front, work: () => Promise<void>): Promise<Made[]> {
  const [, port = ""] = /tcp_port:(\d+)/.exec(String(await front.command("INFO", "server"))) ?? [];
  const monitor = createClient({ RESP: 2, socket: { host: "127.0.0.1", port: Number(port) } });
  await monitor.connect();
  const made: Made[] = [];
  await monitor.monitor((line) => {
    const [, where = "", rest = ""] = /^\S+ \[\d+ (\S+)\] (.*)$/s.exec(line) ?? [];
    // Each argument in double quotes, which reads as JSON as long as all of it is ASCII.
    const command = [...rest.matchAll(/"(?:[^"\\]|\\.)*"/g)].map(([text]) => JSON.parse(text) as string);
    if (where === "lua") made.at(-1)?.inner.push(command);
    else if (/^eval/i.test(command[0] ?? "")) made.push({ outer: command, inner: [] });
  });
  await work();
  // What is sent last has been heard of when this has.
  await front.command("PING");
  monitor.destroy();
  const scripts = made.filter(({ inner }) => inner.length > 0);
  const [first, ...others] = scripts.map(({ outer }) => outer);
  // The first one had to send the script itself; the bare loop finds it known.
  const sha = others[0]?.[1] ?? "";
  return scripts.map(({ outer, inner }) => ({
    outer: outer === first ? ["evalsha", sha, ...outer.slice(2)] : outer,
    inner,
  }));
}

async function post(front: Front, path: string, body: string): Promise<void> {
  const headers = { authorization: `Bearer ${front.token}`, "content-type": "application/json" };
  const response = await fetch(`${front.url}${path}`, { method: "POST", headers, body });
  const text = await response.text();
  if (!response.ok || text.includes('"error"')) throw new Error(text.slice(0, 200));
}

/** A batch: the results of some rounds in some rooms. */
function batchesOf(random: Random): Facts[] {
  let round = 0;
  return Array.from({ length: BATCHES }, () => {
    round += 1;
    const results = Array.from({ length: BATCH }, (): Result => {
      const player = `p${random.int(PLAYERS)}` as PlayerId;
      const room = random.pick(ROOMS) ?? "crash:main";
      return result({ player, room, round, at: NOW - round, staked: 100, returned: random.int(3) * 100 });
    });
    return facts({ results });
  });
}

const whole = (value: number): string => Math.round(value).toLocaleString("en").padStart(7);

if (import.meta.main) await redisBench();
