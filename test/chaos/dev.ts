import { spawn, type ChildProcess } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "node:net";

/** Starts the house as a developer does (`npm run dev`), on its own port and folder, and ends it gently or not. */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const READY_MS = 90_000;

/** Limits out of the way of a test's own traffic. */
export const OPEN_LIMITS = {
  LIMIT_AUTH_PER_MIN: 1_000_000,
  LIMIT_GUEST_PER_MIN: 1_000_000,
  BOARDS_INCLUDE_GUESTS: "on",
  LOTTERY_WEIGHT_BY: "stake",
  LIMIT_API_PER_MIN: 1_000_000,
} as const;

export type DevHouse = {
  readonly url: string;
  /** Everything that was printed so far. */
  readonly log: () => string;
  /** SIGKILL to the launcher, wrangler and workerd at once: nobody gets to say goodbye. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type DevOptions = {
  readonly persistTo: string;
  readonly port: number;
  readonly settings?: Readonly<Record<string, string | number>>;
  /** `host:port` of a Kafka: the bridge runs beside the house, with these settings besides. */
  readonly kafka?: string;
  readonly bridge?: Readonly<Record<string, string | number>>;
  /** A deployment of lotteries alone. */
  readonly lottery?: boolean;
};

/** wrangler picks ports of its own besides ours, and another process may be quicker: then once more. */
export async function startHouse(options: DevOptions): Promise<DevHouse> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start(options);
    } catch (error) {
      const taken = error instanceof Error && error.message.includes("Address already in use");
      if (!taken || tries >= 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

async function start(options: DevOptions): Promise<DevHouse> {
  const { persistTo, port, settings = OPEN_LIMITS, kafka, bridge, lottery = false } = options;
  const vars = Object.entries(settings).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const inspector = await freePort();
  const args = [
    "src/cli/dev.ts",
    "--port",
    String(port),
    "--inspector-port",
    String(inspector),
    "--persist-to",
    persistTo,
    ...vars,
    ...(kafka === undefined ? [] : ["--kafka", kafka]),
    ...(bridge === undefined ? [] : ["--bridge-vars", JSON.stringify(bridge)]),
    ...(lottery ? ["--lottery"] : []),
  ];
  const child = spawn(process.execPath, args, {
    cwd: root,
    detached: true, // a process group of its own, so that all of it can be ended
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CROUPIER_PAGE_BUILT: "1" },
  });
  let log = "";
  child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const url = `http://localhost:${port}`;
  const house: DevHouse = {
    url,
    log: () => log,
    kill: () => end(child, "SIGKILL"),
    stop: () => end(child, "SIGTERM"),
  };
  const deadline = Date.now() + READY_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the house did not start:\n${log}`);
    if (Date.now() > deadline) {
      await house.kill();
      throw new Error(`the house was not ready in ${READY_MS} ms:\n${log}`);
    }
    const up = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return house;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function end(child: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  process.kill(-child.pid, signal);
  const late = setTimeout(() => {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, 10_000);
  await exited;
  clearTimeout(late);
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else server.close(() => resolve(address.port));
    });
  });
}
