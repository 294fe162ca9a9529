import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { migrateLocally } from "../../src/cli/migrate.ts";
import { freePort } from "../chaos/dev.ts";
import type { Shape } from "./model-worker.ts";
import { redisBench } from "./model-redis.ts";
import { median } from "./settle.ts";

/**
 * `npm run bench:model [-- --only d1|redis]`: the read model's projector, events a second beside a bare loop of the same statements, and
 * its boards beside the bare query, in turns in one run. D1 as `wrangler dev` has it; Redis in model-redis.ts.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const ROUNDS = 5;
const READS = 60;
const SHAPES = [
  { batches: 40, messages: 100, players: 1 },
  { batches: 15, messages: 100, players: 20 },
] as const satisfies readonly Omit<Shape, "from">[];

type House = { readonly ask: (path: string, body?: unknown) => Promise<unknown>; readonly stop: () => Promise<void> };

async function startD1(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-bench-model-"));
  migrateLocally(folder, []);
  const [port, inspector] = [await freePort(), await freePort()];
  const places = ["--port", String(port), "--inspector-port", String(inspector), "--persist-to", folder];
  const args = ["dev", "-c", "test/bench/model-wrangler.toml", "--log-level", "error", ...places];
  const child = spawn(join(root, "node_modules/.bin/wrangler"), args, {
    cwd: root,
    detached: true,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", WRANGLER_REGISTRY_PATH: join(folder, "registry") },
  });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async (): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGKILL");
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  const ask = async (path: string, body: unknown = {}): Promise<unknown> => {
    const answer = await fetch(`${url}${path}`, { method: "POST", body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${(await answer.text()).slice(0, 500)}`);
    return answer.json();
  };
  for (let tries = 0; ; tries += 1) {
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return { ask, stop };
    if (tries > 300 || child.exitCode !== null) {
      await stop();
      throw new Error("wrangler dev did not start");
    }
    await sleep(100);
  }
}

const n = (value: number, digits = 0): string =>
  value.toLocaleString("en", { maximumFractionDigits: digits, minimumFractionDigits: digits });

/** Both write the same rounds into an empty model, one after the other; the first time of each warms up. */
async function projecting({ ask }: House, shape: Omit<Shape, "from">): Promise<void> {
  const taken = { projector: [] as number[], bare: [] as number[] };
  for (let round = 0; round <= ROUNDS; round += 1)
    for (const way of round % 2 === 0 ? (["projector", "bare"] as const) : (["bare", "projector"] as const)) {
      await ask("/clear");
      const ms = Number(await ask(`/${way}`, { ...shape, from: 1 }));
      if (round > 0) taken[way].push(ms);
    }
  const events = shape.batches * shape.messages;
  const rate = (ms: readonly number[]): number => (1_000 * events) / median(ms);
  const ratio = median(taken.projector.map((ms, i) => (taken.bare[i] ?? Number.NaN) / ms));
  console.log(
    `D1, batches of ${shape.messages} events with ${shape.players} players each: ${n(rate(taken.projector))} events a second (${n(rate(taken.projector) * shape.players)} results), the bare statements ${n(rate(taken.bare))}: ${n(ratio, 2)}`,
  );
}

async function boards({ ask }: House): Promise<void> {
  await ask("/clear");
  await ask("/projector", { batches: 30, messages: 100, players: 20, from: 1 });
  await ask(`/reads?times=${READS / 6}`);
  const taken = (await ask(`/reads?times=${READS}`)) as Record<string, number[]>;
  const p50 = Object.fromEntries(Object.entries(taken).map(([name, ms]) => [name, median(ms)]));
  for (const period of ["all", "week"] as const) {
    const [ours, theirs] = [p50[period] ?? Number.NaN, p50[`${period}, bare`] ?? Number.NaN];
    console.log(
      `D1, board of ${period === "all" ? "all time" : "the week"}, ${n(p50["players"] ?? Number.NaN)} players: p50 ${n(ours, 2)} ms, the bare query ${n(theirs, 2)} ms: ${n(ours / theirs, 2)} times`,
    );
  }
  console.log(`D1, board of all time around one: p50 ${n(p50["all, around one"] ?? Number.NaN, 2)} ms`);
}

async function d1Bench(): Promise<void> {
  const house = await startD1();
  try {
    for (const shape of SHAPES) await projecting(house, shape);
    await boards(house);
  } finally {
    await house.stop();
  }
}

if (only === undefined || only === "d1") await d1Bench();
if (only === undefined || only === "redis") await redisBench();
