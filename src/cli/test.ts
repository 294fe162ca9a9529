import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { kafkaAvailable } from "../../test/kafka/broker.ts";
import { redisAvailable } from "../../test/stats/redis-server.ts";

/**
 * `npm test [-- vitest options]`: the checks, then every test. A machine without Chromium skips the browser tests, one without Java
 * those with a real Kafka, one without Redis those with a real Redis, and each is told how to get it; in CI that is a failure.
 * `npm run test:kafka`: those with Kafka alone.
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

/** Both at once, since both mostly wait for a game's clock; what the second says is held back until both have ended. */
async function together(
  first: readonly string[],
  second: readonly string[],
  env: Record<string, string>,
): Promise<void> {
  console.log(`\n== ${first.join(", ")}, and beside it ${second.join(", ")}`);
  const said: Buffer[] = [];
  const begin = (projects: readonly string[], stdio: "inherit" | "pipe"): Promise<number> => {
    const child = spawn(bin("vitest"), vitest(projects), {
      cwd: root,
      stdio: ["ignore", stdio, stdio],
      env: { ...process.env, ...env },
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (part: Buffer) => said.push(part));
    return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  };
  const codes = await Promise.all([begin(first, "inherit"), begin(second, "pipe")]);
  process.stdout.write(Buffer.concat(said));
  const failed = codes.find((code) => code !== 0);
  if (failed !== undefined) process.exit(failed);
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

const without = process.env["KAFKA_BROKERS"] === undefined ? kafkaAvailable() : null;
if (without !== null) {
  const how = `${without} The tests with a real Kafka are skipped.`;
  if (process.env["CI"] === "true" || kafkaAlone) {
    console.error(how);
    process.exit(1);
  }
  console.warn(how);
}

const noRedis = redisAvailable();
if (noRedis !== null && !kafkaAlone) {
  const how = `${noRedis} The tests with a real Redis are skipped.`;
  if (process.env["CI"] === "true") {
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
    step("Rules, rooms in workerd, and a real Redis", bin("vitest"), [
      ...vitest(["rules", "workerd", "redis"]),
      // Left to itself vitest keeps one of two cores free.
      "--maxWorkers=100%",
    ]);
    await together(["e2e"], [...REAL_KAFKA, "chaos"], browser);
  }
}
