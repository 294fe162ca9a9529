import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm run dev [-- wrangler options]`: makes the secrets that a first run lacks, builds the page, and starts workerd with
 * everything local. Options go to wrangler as they are: `-- --port 9000 --persist-to DIR`.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

/** `.dev.vars` is never committed; what it already says is kept. */
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

function main(): void {
  ensureDevSecrets(join(root, ".dev.vars"));
  const watch = !process.argv.includes("--no-watch") && process.stdout.isTTY;
  const args = process.argv.slice(2).filter((arg) => arg !== "--no-watch");
  // The tests build the page once and start many houses.
  if (process.env["CROUPIER_PAGE_BUILT"] !== "1" || !existsSync(join(root, "web/dist/index.html"))) buildPage();
  const page = watch
    ? spawn(bin("vite"), ["build", "--watch", "--logLevel", "warn"], { cwd: root, stdio: "inherit" })
    : null;
  const worker = spawn(bin("wrangler"), ["dev", ...args], {
    cwd: root,
    stdio: "inherit",
    env: { WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", ...process.env },
  });
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

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
