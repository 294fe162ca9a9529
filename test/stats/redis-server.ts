import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startGuard } from "../kafka/guard.ts";
import { freePorts } from "../kafka/ports.ts";

/** A real Redis for tests: on loopback, in a temporary folder, keeping nothing. */
export type RedisServer = { readonly port: number; readonly stop: () => Promise<void> };

const OLDEST_REDIS = 7;
const READY_MS = 10_000;
const HOW = "On Debian: `apt-get install redis-server`; or set REDIS_SERVER to one.";

const program = (): string => process.env["REDIS_SERVER"] ?? "redis-server";

/** Null when Redis can be started here, else the reason in words. */
export function redisAvailable(): string | null {
  const asked = spawnSync(program(), ["--version"], { encoding: "utf8" });
  if (asked.error !== undefined || asked.status !== 0) return `Redis was not found. ${HOW}`;
  const version = /v=(\d+)/.exec(asked.stdout)?.[1];
  if (version !== undefined && Number(version) >= OLDEST_REDIS) return null;
  return `Redis ${version ?? "of an unknown version"} is too old: ${OLDEST_REDIS} or newer is needed. ${HOW}`;
}

/** Whether tests with Redis are to be skipped: on a user's machine without it. In CI they are not, and fail. */
export function skipRedis(): boolean {
  const reason = redisAvailable();
  if (reason === null || process.env["CI"] === "true") return false;
  console.warn(`The tests of Redis are skipped. ${reason}`);
  return true;
}

/** Resolves when it answers. */
export async function startRedis(): Promise<RedisServer> {
  const missing = redisAvailable();
  if (missing !== null) throw new Error(missing);
  const [port = 0] = await freePorts(1);
  const dir = mkdtempSync(join(tmpdir(), "croupier-redis-"));
  const guard = startGuard(dir);
  const settings = { port, bind: "127.0.0.1", dir, save: "", appendonly: "no", daemonize: "no" };
  const options = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(program(), options, { stdio: "ignore" });
  guard.watch(child.pid ?? null);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async (): Promise<void> => {
    if (isRunning(child)) child.kill("SIGTERM");
    await exited;
    guard.dismiss();
    rmSync(dir, { recursive: true, force: true });
  };
  const until = Date.now() + READY_MS;
  while (!(await listens(port))) {
    if (!isRunning(child) || Date.now() > until) {
      await stop();
      throw new Error(`redis-server did not start on port ${port}.`);
    }
    await delay(20);
  }
  return { port, stop };
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const done = (does: boolean) => (): void => {
      socket.destroy();
      resolve(does);
    };
    socket.once("connect", done(true)).once("error", done(false));
  });
}
