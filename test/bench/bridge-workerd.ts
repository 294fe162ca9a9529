import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeBridgeConfig } from "../../src/bridge/dev-config.ts";
import { freePort } from "../chaos/dev.ts";
import { bundle, serve, type Workerd } from "./workerd.ts";

/** The bench's bridge in a bare workerd, bundled as for a deployment: without a debugger, and with itself for a house. */

const here = dirname(fileURLToPath(import.meta.url));

export async function startBridge(
  settings: Readonly<Record<string, string>>,
): Promise<Pick<Workerd, "http" | "pid" | "stop">> {
  const folder = mkdtempSync(join(tmpdir(), "croupier-bench-bridge-"));
  const file = writeBridgeConfig(folder, {});
  const config = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...config, main: join(here, "bridge-worker.ts") }));
  bundle(file, join(folder, "out"));
  mkdirSync(join(folder, "do"));
  const port = await freePort();
  writeFileSync(join(folder, "config.capnp"), capnp(folder, port, settings));
  return serve(folder, port);
}

function capnp(folder: string, port: number, settings: Readonly<Record<string, string>>): string {
  const files = readdirSync(join(folder, "out"));
  const wasm = files.filter((name) => name.endsWith(".wasm"));
  const modules = [
    `(name = "bridge-worker.js", esModule = embed "out/bridge-worker.js")`,
    ...wasm.map((name) => `(name = "${name}", wasm = embed "out/${name}")`),
  ];
  const vars = Object.entries(settings).map(([name, value]) => `(name = "${name}", text = "${value}")`);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .bridge),
    (name = "queue", worker = .queue),
    (name = "internet", network = (allow = ["public", "private", "local"])),
    (name = "disk", disk = (path = "${folder}/do", writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
const queue :Workerd.Worker = (
  modules = [(name = "queue", esModule = "export default { fetch() { return new Response(); }, queue() {} }")],
  compatibilityDate = "2026-10-01",
);
const bridge :Workerd.Worker = (
  modules = [${modules.join(", ")}],
  compatibilityDate = "2026-10-01",
  compatibilityFlags = ["nodejs_compat"],
  durableObjectNamespaces = [
    (className = "Feed", uniqueKey = "Feed", enableSql = true),
    (className = "Writer", uniqueKey = "Writer", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "disk"),
  bindings = [
    (name = "FEED", durableObjectNamespace = "Feed"),
    (name = "WRITER", durableObjectNamespace = "Writer"),
    (name = "HOUSE", service = (name = "main", entrypoint = "House")),
    (name = "OUT", queue = "queue"),
    ${vars.join(", ")}
  ],
);
`;
}
