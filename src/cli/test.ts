import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism, constants, setPriority } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { heldBack } from "./held-back.ts";
import { kafkaAvailable } from "../../test/kafka/broker.ts";
import { redisAvailable } from "../../test/stats/redis-server.ts";

/**
 * `npm test [-- FILTER]`: for contributors. Runs the checks, unit tests, rooms in workerd, and one browser test; with a filter,
 * the checks and the unit and workerd tests whose path contains it. `npm run test:all [-- --beyond]`: everything; with
 * `--beyond`, only what `npm test` leaves out. `npm run test:kafka`: only the tests that need a real Kafka.
 *
 * Without Chromium the browser tests are skipped, without Java those with a real Kafka, without Redis those with a real Redis.
 * The output says how to install each. In CI (`CI=true`) a missing tool is a failure.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const bin = (name: string): string => join(root, "node_modules/.bin", name);
const OWN = ["--all", "--beyond", "--kafka"];
const options = process.argv.slice(2);
const [all, beyond, kafkaAlone] = OWN.map((option) => options.includes(option));
const filter = options.filter((option) => !OWN.includes(option));

/** The folders of tests that run rooms. */
const ROOMS = ["test/host", "test/games"];
/** A player's way through three games, with their money. */
const WALK = "test/web/money.e2e.test.ts";
/** By default vitest leaves one core of two idle. */
const BOTH_CORES = "--maxWorkers=100%";

const of = (...projects: readonly string[]): string[] => projects.flatMap((project) => ["--project", project]);

function lacks(how: string): void {
  if (process.env["CI"] === "true" || kafkaAlone) {
    console.error(how);
    process.exit(1);
  }
  console.warn(how);
}

const chromium =
  process.env["CHROMIUM"] ??
  ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"].find(existsSync);
const env = { ...process.env, ...(chromium !== undefined && { CHROMIUM: chromium }) };
const HOW = "`apt-get install chromium`, or set CHROMIUM to a browser.";
if (chromium === undefined && !kafkaAlone) lacks(`Chromium was not found: the browser tests are skipped. ${HOW}`);
if (all || kafkaAlone) {
  const noKafka = process.env["KAFKA_BROKERS"] === undefined ? kafkaAvailable() : null;
  if (noKafka !== null) lacks(`${noKafka} The tests with a real Kafka are skipped.`);
  const noRedis = kafkaAlone ? null : redisAvailable();
  if (noRedis !== null) lacks(`${noRedis} The tests with a real Redis are skipped.`);
}

const seconds = (since: number): string => `${((Date.now() - since) / 1_000).toFixed(0)} s`;

function step(title: string, command: string, args: readonly string[]): void {
  console.log(`\n== ${title}`);
  const began = Date.now();
  const done = spawnSync(command, args, { cwd: root, stdio: "inherit", env });
  if (done.status !== 0) process.exit(done.status ?? 1);
  console.log(`== ${title}: passed in ${seconds(began)}`);
}

const vitest = (title: string, ...args: readonly string[]): void => step(title, bin("vitest"), ["run", ...args]);

/** `runs`: the arguments of several runs of vitest, one after another. `gives`: runs at low priority. */
type Lane = { readonly title: string; readonly runs: readonly (readonly string[])[]; readonly gives?: true };

/**
 * Runs lanes in parallel, since each mostly waits for a clock, a browser or a broker. The output of a lane is printed after all
 * have ended, failed lanes last.
 */
async function sideBySide(lanes: readonly Lane[]): Promise<void> {
  console.log(`\n== Side by side: ${lanes.map(({ title }) => title).join(", ")}`);
  const ended = await Promise.all(
    lanes.map(async ({ title, runs, gives }) => {
      const began = Date.now();
      const said: Buffer[] = [];
      let code = 0;
      for (const args of runs) {
        const child = spawn(bin("vitest"), ["run", ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"], env });
        if (gives === true && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
        const ended = await heldBack(child);
        said.push(ended.said);
        code ||= ended.code;
      }
      console.log(`== ${title}: ${code === 0 ? "passed" : "FAILED"} in ${seconds(began)}`);
      return { code, said: Buffer.concat(said) };
    }),
  );
  for (const { said } of ended.toSorted((a, b) => Number(a.code !== 0) - Number(b.code !== 0)))
    process.stdout.write(said);
  const failed = ended.find(({ code }) => code !== 0);
  if (failed !== undefined) process.exit(failed.code);
}

step("The page", bin("vite"), ["build", "--logLevel", "warn"]);
if (kafkaAlone) vitest("The whole way over Kafka", ...of("kafka"));
else if (!beyond) {
  step("The page's weight", process.execPath, ["web/check-size.ts"]);
  step("Checks", "npm", ["run", "--silent", "check"]);
  if (filter.length > 0) vitest("Tests", ...of("unit", "workerd"), BOTH_CORES, ...filter);
  else {
    vitest("Unit tests", ...of("unit"), `--maxWorkers=${availableParallelism() + 1}`); // some wait for timers
    vitest("Rooms in workerd", ...of("workerd"), BOTH_CORES, ...ROOMS);
  }
  if (filter.length === 0 && !all && chromium !== undefined) vitest("A walk through the browser", ...of("e2e"), WALK);
}
if (all) {
  const others = ROOMS.flatMap((folder) => ["--exclude", `${folder}/**`]);
  vitest("Objects and routes in workerd", ...of("workerd"), BOTH_CORES, ...others);
  // At most two lanes at full priority: with more, a browser on two cores is too slow for its tests.
  const late = ["test/web/screen.e2e.test.ts"];
  const done = beyond && chromium !== undefined ? [WALK] : [];
  const early = [...late, ...done].flatMap((file) => ["--exclude", file]);
  await sideBySide([
    { title: "a browser", runs: [[...of("e2e"), ...early, "--maxWorkers=1"]] },
    {
      title: "a stranger's package, a real Kafka, kill -9, and the browser's last tests",
      runs: [
        [...of("package", "kafka", "chaos"), "--maxWorkers=1"],
        [...of("e2e"), "--maxWorkers=1", ...late],
      ],
    },
    { title: "long searches, and a real Redis", runs: [[...of("search", "redis"), "--maxWorkers=1"]], gives: true },
  ]);
}
