import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { kafkaAvailable } from "../../test/kafka/broker.ts";

/**
 * `npm test [-- vitest options]`: the checks, then every test. A machine without Chromium skips the browser tests, and one without
 * Java those with a real Kafka, and is told how to get it; in CI that is a failure. `npm run test:kafka`: those with Kafka alone.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);

const options = process.argv.slice(2);
const kafkaAlone = options.includes("--kafka");
const rest = options.filter((option) => option !== "--kafka");

function step(title: string, command: string, args: readonly string[], env: Record<string, string> = {}): void {
  console.log(`\n== ${title}`);
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

const vitest = (projects: readonly string[]): string[] => [
  "run",
  ...projects.flatMap((project) => ["--project", project]),
  ...rest,
];

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

const without = process.env["KAFKA_BROKERS"] === undefined ? kafkaAvailable() : null;
if (without !== null) {
  const how = `${without} The tests with a real Kafka are skipped.`;
  if (process.env["CI"] === "true" || kafkaAlone) {
    console.error(how);
    process.exit(1);
  }
  console.warn(how);
}

const REAL_KAFKA = ["kafka", "bridge", "loop"];
const browser: Record<string, string> = chromium === undefined ? {} : { CHROMIUM: chromium };
step("The page", bin("vite"), ["build", "--logLevel", "warn"]);
if (kafkaAlone) step("The whole way over Kafka", bin("vitest"), vitest(REAL_KAFKA));
else {
  step("The page's weight", process.execPath, ["web/check-size.ts"]);
  step("Checks", "npm", ["run", "--silent", "check"]);
  if (rest.length > 0) step("Tests", bin("vitest"), ["run", ...rest], browser);
  else {
    step("Rules, and rooms in workerd", bin("vitest"), vitest(["rules", "workerd"]));
    step("The page in a browser", bin("vitest"), vitest(["e2e"]), browser);
    step("Kills, and a real Kafka", bin("vitest"), vitest(["chaos", ...REAL_KAFKA]));
  }
}
