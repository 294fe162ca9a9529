import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `npm test [-- vitest options]`: the checks, then every test. A machine without Chromium skips the browser tests and is told
 * how to get it; in CI that is a failure.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

function step(title: string, command: string, args: readonly string[], env: Record<string, string> = {}): void {
  console.log(`\n== ${title}`);
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const chromium =
  process.env["CHROMIUM"] ??
  ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"].find(existsSync);
if (chromium === undefined) {
  const how =
    "Chromium was not found: the browser tests are skipped. `apt-get install chromium`, or set CHROMIUM to a browser.";
  if (process.env["CI"] === "true") {
    console.error(how);
    process.exit(1);
  }
  console.warn(how);
}

step("The page", bin("vite"), ["build", "--logLevel", "warn"]);
step("The page's weight", process.execPath, ["web/check-size.ts"]);
step("Checks", "npm", ["run", "--silent", "check"]);
step("Tests", bin("vitest"), ["run", ...process.argv.slice(2)], chromium === undefined ? {} : { CHROMIUM: chromium });
