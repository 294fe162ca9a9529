import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { pokeBridge, writeBridgeConfig, type DevVars } from "../bridge/dev-config.ts";
import { migrateLocally } from "./migrate.ts";
import { complaintOf, configOf, devVarsOf, varsOfOptions, type Vars } from "./settings.ts";

/**
 * `npm run dev [-- wrangler options]`: creates missing secrets, builds the page, and starts workerd with local storage. Options
 * are passed on to wrangler: `-- --port 9000 --persist-to DIR`. Our own are `--kafka HOST:PORT` (or KAFKA_BROKERS): send stakes
 * to that Kafka through the bridge; and `--lottery`, with `--kafka`: a deployment of lotteries alone.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

/** Adds AUTH_SECRET to `.dev.vars` if missing. That file is never committed; its other lines are kept. */
export function ensureDevSecrets(file: string): void {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (/^AUTH_SECRET=/m.test(text)) return;
  const gap = text === "" || text.endsWith("\n") ? "" : "\n";
  writeFileSync(file, `${text}${gap}AUTH_SECRET=${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  console.log("Made a development secret in .dev.vars.");
}

function buildPage(): void {
  console.log("Building the page ...");
  const built = spawnSync(bin("vite"), ["build", "--logLevel", "warn"], { cwd: root, stdio: "inherit" });
  if (built.status !== 0) process.exit(built.status ?? 1);
}

type Options = { readonly kafka: string | null; readonly lottery: boolean; readonly rest: string[] };

/** Separates our own options from wrangler's. */
function read(args: readonly string[]): Options {
  const rest: string[] = [];
  let kafka = process.env["KAFKA_BROKERS"] ?? null;
  let lottery = false;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    if (arg === "--kafka") kafka = args[++i] ?? "127.0.0.1:9092";
    else if (arg.startsWith("--kafka=")) kafka = arg.slice("--kafka=".length);
    else if (arg === "--lottery") lottery = true;
    else if (arg !== "--no-watch") rest.push(arg);
  }
  if (lottery && kafka === null) {
    console.error("A lottery of its own hears of stakes by Kafka alone: `--lottery --kafka HOST:PORT`.");
    process.exit(1);
  }
  return { kafka, lottery, rest };
}

const valueOf = (args: readonly string[], name: string): string | undefined => {
  const at = args.indexOf(name);
  return at < 0 ? args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1) : args[at + 1];
};

/** Wrangler's options and environment for running the Kafka bridge beside the casino, in one process and with shared queues. */
function withBridge({ kafka, lottery, rest }: Options): {
  args: string[];
  env: Record<string, string>;
  bridge: string;
} {
  const name = lottery ? "croupier-lottery-bridge" : "croupier-bridge";
  const kept = valueOf(rest, "--persist-to") ?? join(root, ".wrangler", name);
  const settings = valueOf(rest, "--bridge-vars");
  const vars: unknown = settings === undefined ? {} : JSON.parse(settings);
  const config = writeBridgeConfig(resolve(kept), { KAFKA_BROKERS: kafka ?? "", ...(vars as DevVars) });
  const others = rest.filter((arg, i) => arg !== "--bridge-vars" && rest[i - 1] !== "--bridge-vars");
  return {
    args: [
      "-c",
      join(root, "wrangler.toml"),
      "-c",
      config,
      ...(lottery ? ["--env", "lottery"] : ["--var", "LOTTERY:kafka"]),
      ...others,
    ],
    // A registry for each instance. Otherwise two of them on one machine find each other's Workers by name.
    env: { WRANGLER_REGISTRY_PATH: join(resolve(kept), "registry") },
    bridge: name,
  };
}

/** Calls the bridge regularly, because wrangler dev does not run cron triggers. */
function keepPoking(url: string, bridge: string): NodeJS.Timeout {
  let up = false;
  const poke = (): void => {
    pokeBridge(url, bridge === "croupier-bridge" ? bridge : "croupier-lottery-bridge").then(
      () => (up = true),
      () => undefined, // the server is not up yet, or is restarting
    );
  };
  let ticks = 0;
  return setInterval(() => {
    ticks += 1;
    if (!up || ticks % 60 === 0) poke();
  }, 1_000).unref();
}

/** The settings that the casino will get. Null: `--config` names another config, which is not checked. */
function houseVars({ kafka, lottery, rest }: Options): Vars | null {
  if (["-c", "--config"].some((name) => valueOf(rest, name) !== undefined)) return null;
  const named = lottery ? "lottery" : (valueOf(rest, "--env") ?? valueOf(rest, "-e") ?? "");
  const env = named === "" ? null : named;
  const mode = kafka !== null && !lottery ? { LOTTERY: "kafka" } : {};
  const { vars } = configOf(join(root, "wrangler.toml"), env);
  return { ...vars, ...devVarsOf(root, env), ...mode, ...varsOfOptions(rest) };
}

/** Reports bad settings at start, instead of on the first request. */
async function refuseBadSettings(house: Vars | null, { kafka, lottery, rest }: Options): Promise<void> {
  const given: unknown = JSON.parse(valueOf(rest, "--bridge-vars") ?? "{}");
  const bridge = { ROLE: lottery ? "lottery" : "casino", KAFKA_BROKERS: kafka, ...(given as DevVars) };
  const complaints = [
    house === null ? null : await complaintOf("house", house),
    kafka === null ? null : await complaintOf("bridge", bridge),
  ].filter((complaint) => complaint !== null);
  if (complaints.length === 0) return;
  for (const complaint of complaints) console.error(complaint);
  process.exit(1);
}

async function main(): Promise<void> {
  ensureDevSecrets(join(root, ".dev.vars"));
  const watch = !process.argv.includes("--no-watch") && process.stdout.isTTY;
  const options = read(process.argv.slice(2));
  const vars = houseVars(options);
  await refuseBadSettings(vars, options);
  // At level info every request is logged. In development only warnings and errors are of interest.
  if (vars !== null && vars["LOG_LEVEL"] === undefined) options.rest.push("--var", "LOG_LEVEL:warn");
  const state = resolve(valueOf(options.rest, "--persist-to") ?? join(root, ".wrangler/state"));
  // A registry for each instance. Otherwise two of them on one machine take messages from each other's queues.
  const alone = { args: options.rest, env: { WRANGLER_REGISTRY_PATH: join(state, "registry") }, bridge: null };
  const { args, env, bridge } = options.kafka === null ? alone : withBridge(options);
  // Tests build the page once and start many servers.
  if (process.env["CROUPIER_PAGE_BUILT"] !== "1" || !existsSync(join(root, "web/dist/index.html"))) buildPage();
  migrateLocally(state, options.lottery ? ["--env", "lottery"] : []);
  const page = watch
    ? spawn(bin("vite"), ["build", "--watch", "--logLevel", "warn"], { cwd: root, stdio: "inherit" })
    : null;
  const worker = spawn(bin("wrangler"), ["dev", ...args], {
    cwd: root,
    stdio: "inherit",
    env: { WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", ...process.env, ...env },
  });
  if (bridge !== null) keepPoking(`http://localhost:${valueOf(options.rest, "--port") ?? "8787"}`, bridge);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      worker.kill(signal);
      page?.kill(signal);
    });
  }
  worker.on("exit", (code) => {
    page?.kill();
    process.exit(code ?? 0);
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
