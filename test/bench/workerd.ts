import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../chaos/dev.ts";

/** The bench's Worker in a bare workerd: the runtime that wrangler ships, with no dev proxy in front of it. */

const here = dirname(fileURLToPath(import.meta.url));
const bin = (name: string): string => join(here, "../../node_modules/.bin", name);

const OBJECTS = {
  ROOM: "Room",
  PLAYER: "Player",
  DIRECTORY: "Directory",
  PROMOTIONS: "Promotions",
  ECHO: "Echo",
  INSERT_ECHO: "InsertEcho",
};
const SETTINGS = {
  AUTH_SECRET: "a secret for the bench alone, long enough",
  ROOM_FRAMES_PER_S: "1000000",
  ROOM_FRAMES_BURST: "1000000",
  ROOM_BUY_IN: "1000000000000",
  // A line a socket would be measured along.
  LOG_LEVEL: "warn",
};

export type Workerd = {
  readonly http: string;
  readonly ws: string;
  readonly pid: number;
  /** Where the rooms keep their files. */
  readonly rooms: string;
  readonly stop: () => Promise<void>;
};

export async function startWorkerd(): Promise<Workerd> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-bench-"));
  bundle(join(here, "wrangler.toml"), join(folder, "out"));
  cpSync(join(folder, "out/worker.js"), join(folder, "worker.js"));
  mkdirSync(join(folder, "do"));
  const port = await freePort();
  writeFileSync(join(folder, "config.capnp"), config(folder, port));
  const { http, pid, stop } = await serve(folder, port);
  return { http, ws: http.replace("http", "ws"), pid, rooms: join(folder, "do/Room"), stop };
}

/** Bundles as for a deployment. Throws with what was said. */
export function bundle(config: string, outdir: string): void {
  const bundled = spawnSync(bin("wrangler"), ["deploy", "--dry-run", "--outdir", outdir, "-c", config], {
    encoding: "utf8",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  if (bundled.status !== 0) throw new Error(`${config} does not build:\n${bundled.stdout}${bundled.stderr}`);
}

/** workerd on `<folder>/config.capnp`, which listens at the port. `stop` deletes the folder. */
export async function serve(folder: string, port: number): Promise<Pick<Workerd, "http" | "pid" | "stop">> {
  const child = spawn(bin("workerd"), ["serve", join(folder, "config.capnp")], {
    stdio: ["ignore", "inherit", "inherit"],
    detached: true,
  });
  const stop = async (): Promise<void> => {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    if (child.pid !== undefined && child.exitCode === null) {
      process.kill(-child.pid, "SIGKILL");
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const http = `http://127.0.0.1:${port}`;
  for (let tries = 0; ; tries++) {
    const up = await fetch(http).then(
      () => true,
      () => false,
    );
    if (up) return { http, pid: child.pid ?? 0, stop };
    if (tries > 100) {
      await stop();
      throw new Error("workerd did not start");
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function config(folder: string, port: number): string {
  const classes = Object.values(OBJECTS).map(
    (name) => `(className = "${name}", uniqueKey = "${name}", enableSql = true)`,
  );
  const objects = Object.entries(OBJECTS).map(
    ([name, target]) => `(name = "${name}", durableObjectNamespace = "${target}")`,
  );
  const settings = Object.entries(SETTINGS).map(([name, value]) => `(name = "${name}", text = "${value}")`);
  const queues = ["STAKES", "AWARDS", "SETTLED"].map((name) => `(name = "${name}", queue = "main")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .bench),
    (name = "queue", worker = .queue),
    (name = "disk", disk = (path = "${folder}/do", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const queue :Workerd.Worker = (
  modules = [(name = "queue", esModule = "export default { fetch() { return new Response(); }, queue() {} }")],
  compatibilityDate = "2026-10-01",
);
const bench :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  compatibilityDate = "2026-10-01",
  durableObjectNamespaces = [${classes.join(", ")}],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [${[...objects, ...settings, ...queues].join(", ")}],
);
`;
}

/** Asks the bench's Worker to do something. */
export const post = (workerd: Workerd, path: string, body: unknown = {}): Promise<Response> =>
  fetch(`${workerd.http}${path}`, { method: "POST", body: JSON.stringify(body) });

/** A table without limits whose betting stays open: what is measured is the room, not its refusals. */
export const OPEN_TABLE = { openMs: 600_000, maxInside: 1e9, maxOutside: 1e9, maxPlayer: 1e12, maxLiability: 1e12 };
