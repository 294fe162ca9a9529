import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What a broker needs of the machine: Java to run it, and its jars, which Maven finds and fetches by pom.xml. */

const here = dirname(fileURLToPath(import.meta.url));
const pom = join(here, "pom.xml");
/** Under node_modules, so that `npm ci` clears it; the jars stay where Maven keeps them. */
const cache = join(here, "../../node_modules/.cache/croupier-kafka");

const OLDEST_JAVA = 17;
/** What the very first run fetches, Maven's own plugins included. */
const FIRST_TIME_MB = 62;
const HOW = "On Debian: `apt-get install openjdk-17-jre-headless maven`.";

/** Where lines of progress go. */
export type Log = (line: string) => void;

/** A tool of the Java that JAVA_HOME names, else of the one on the PATH. */
export function javaTool(name: "java" | "keytool"): string {
  const home = process.env["JAVA_HOME"];
  return home === undefined || home === "" ? name : join(home, "bin", name);
}

/**
 * Null when a broker can be started here, else the reason in words. Tests skip by it on a user's machine; in CI they must not
 * (see `skipKafka`).
 */
export function kafkaAvailable(): string | null {
  // A broker is stopped, paused and watched over by signals and `sh`.
  if (process.platform === "win32") return "Kafka cannot be started on Windows by this project: use WSL.";
  const asked = spawnSync(javaTool("java"), ["-version"], { encoding: "utf8" });
  if (asked.error !== undefined || asked.status !== 0) return `Java was not found. ${HOW}`;
  const version = /version "(\d+)/.exec(asked.stderr)?.[1];
  if (version === undefined || Number(version) < OLDEST_JAVA) {
    return `Java ${version ?? "of an unknown version"} is too old for Kafka 4, which needs ${OLDEST_JAVA}. ${HOW}`;
  }
  if (cachedClasspath() !== null) return null;
  const maven = spawnSync("mvn", ["--version"], { encoding: "utf8" });
  if (maven.error !== undefined || maven.status !== 0) {
    return `Maven was not found, and Kafka's jars are not here yet. ${HOW}`;
  }
  return null;
}

/**
 * Whether tests of Kafka are to be skipped: never in CI, where they then fail with the reason. Says why, as a skipped test
 * cannot.
 */
export function skipKafka(): boolean {
  const reason = kafkaAvailable();
  if (reason === null || process.env["CI"] === "true") return false;
  console.warn(`The tests of Kafka are skipped. ${reason}`);
  return true;
}

/** The broker's classpath, by Maven when it is not known yet. */
export async function classpath(log: Log = console.error): Promise<string> {
  const known = cachedClasspath();
  if (known !== null) return known;
  mkdirSync(cache, { recursive: true });
  // Two at once each write a file of their own; the last to finish wins, with the same words.
  const draft = `${classpathFile()}.${process.pid}`;
  await runMaven(draft, log);
  renameSync(draft, classpathFile());
  const found = cachedClasspath();
  if (found === null) throw new Error(`Maven names jars that are not there: ${classpathFile()}`);
  const jars = found.split(":");
  const bytes = jars.reduce((sum, jar) => sum + statSync(jar).size, 0);
  log(`Kafka ${versionOf(found)} is here: ${jars.length} jars, ${Math.round(bytes / 1e6)} MB.`);
  return found;
}

/** The version of the broker on a classpath, by its jar's name. */
export function versionOf(path: string): string {
  return /\/kafka_[\d.]+-([^/:]+)\.jar/.exec(path)?.[1] ?? "of an unknown version";
}

/** Named after the pom's content: another pom asks Maven anew. */
function classpathFile(): string {
  const hash = createHash("sha256").update(readFileSync(pom)).digest("hex").slice(0, 12);
  return join(cache, `classpath-${hash}.txt`);
}

function cachedClasspath(): string | null {
  const file = classpathFile();
  if (!existsSync(file)) return null;
  const path = readFileSync(file, "utf8").trim();
  return path !== "" && path.split(":").every((jar) => existsSync(jar)) ? path : null;
}

async function runMaven(outputFile: string, log: Log): Promise<void> {
  log(`Fetching Kafka's jars with Maven (the first time about ${FIRST_TIME_MB} MB) ...`);
  const goal = ["dependency:build-classpath", "-DincludeScope=runtime", `-Dmdep.outputFile=${outputFile}`];
  const child = spawn("mvn", ["-B", "-Dstyle.color=never", "-f", pom, ...goal], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said: string[] = [];
  const progress = countJars(log);
  createInterface({ input: child.stdout }).on("line", (line) => {
    said.push(line);
    progress(line);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", (error) => reject(new Error(`Maven could not be run (${error.message}). ${HOW}`)));
    child.once("close", resolve);
  });
  if (code === 0) return;
  writeFileSync(join(cache, "maven.log"), said.join("\n"));
  const why = said.filter((line) => line.startsWith("[ERROR]")).slice(0, 5);
  throw new Error(`Maven ended with ${code}; all it said is in ${join(cache, "maven.log")}.\n${why.join("\n")}`);
}

/** Reads Maven's own lines; says one of its own for every big jar and every tenth. */
function countJars(log: Log): (line: string) => void {
  let jars = 0;
  let kilobytes = 0;
  return (line) => {
    const [, name, size, unit] =
      /^\[INFO\] Downloaded from .*\/([^/ ]+\.jar) \(([\d.]+) (B|kB|MB) at /.exec(line) ?? [];
    if (name === undefined) return;
    const own = Number(size) * (unit === "MB" ? 1000 : unit === "kB" ? 1 : 0.001);
    jars += 1;
    kilobytes += own;
    if (own >= 1000 || jars % 10 === 0) log(`  ${jars} jars, ${(kilobytes / 1000).toFixed(1)} MB: ${name}`);
  };
}
