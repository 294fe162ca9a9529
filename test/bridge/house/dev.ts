import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeBridgeConfig, type DevVars } from "../../../src/bridge/dev-config.ts";
import { freePorts } from "../../kafka/ports.ts";

/** Both Workers in one `wrangler dev`, as a developer runs them: with a disk that outlives them. */

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const READY_MS = 60_000;

export type Dev = {
  readonly url: string;
  readonly log: () => string;
  /** SIGKILL to wrangler and workerd at once. */
  readonly kill: () => Promise<void>;
};

export async function startDev(folder: string, vars: DevVars): Promise<Dev> {
  const [port = 0, inspector = 0] = await freePorts(2);
  const configs = ["-c", "test/bridge/house/wrangler.toml", "-c", writeBridgeConfig(folder, vars)];
  const places = ["--port", String(port), "--inspector-port", String(inspector), "--persist-to", join(folder, "state")];
  const child = spawn(join(root, "node_modules/.bin/wrangler"), ["dev", ...configs, ...places], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      CLOUDFLARE_CF_FETCH_ENABLED: "false",
      // Where Workers of other processes are found: those of other tests have the same names.
      WRANGLER_REGISTRY_PATH: join(folder, "registry"),
    },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => (said += part.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const kill = async (): Promise<void> => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + READY_MS;
  for (;;) {
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return { url, log: () => said, kill };
    if (Date.now() > deadline || child.exitCode !== null) {
      await kill();
      throw new Error(`wrangler dev did not start:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
