import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, OPEN_LIMITS, startHouse } from "../../chaos/dev.ts";
import { pythonMissing, withPackage } from "../../kit/python.ts";
import { doctored } from "./doctored.ts";

/**
 * `npm run test:api [-- --url URL]`: schemathesis against a running house and its own /api/openapi.json, as a player and as an
 * operator; then against a document that is wrong in three places, to see that each is found. Without Python it is skipped with a
 * word; in CI that is a failure.
 */

const OPERATOR_KEY = "an-operator-key-for-conformance-alone";
const SEED = "20261127";
/** Cases of each call in the fuzzing phase. */
const EXAMPLES = "8";

const SETTINGS = {
  ...OPEN_LIMITS,
  LIMIT_AUTH_PER_MIN: 10_000_000,
  LIMIT_GUEST_PER_MIN: 10_000_000,
  LIMIT_API_PER_MIN: 10_000_000,
  READ_WAIT_MS: 50, // for rounds that nobody plays
  LOGIN_FREE_TRIES: 1_000,
  ROOMS_PER_PLAYER: 10_000,
  FAUCET_COOLDOWN_S: 0,
  LOG_LEVEL: "error",
  OPERATOR_KEYS: `conformance:admin:${OPERATOR_KEY}`,
};

/**
 * By security scheme. Some calls end the session that they are made with: then the next 401 fetches another. A guest, since nobody
 * could log in again after `POST /api/me/exclusion`.
 */
const AS_ANYBODY = `
[auth.openapi.operator]
bearer = "${OPERATOR_KEY}"
[auth.dynamic.openapi.bearer]
path = "/api/auth/guest"
extract_selector = "/token"
[cache]
enabled = false
`;

/** For what guests cannot do. */
const asUser = (username: string, password: string): string => `
[auth.dynamic.openapi.bearer]
path = "/api/auth/login"
extract_selector = "/token"
payload = { username = "${username}", password = "${password}" }
[cache]
enabled = false
`;

type Run = { readonly config: string; readonly location: string; readonly more: readonly string[] };
type Outcome = { readonly ok: boolean; readonly said: string };

async function conform(st: string, folder: string, { config, location, more }: Run): Promise<Outcome> {
  const file = join(folder, "schemathesis.toml");
  writeFileSync(file, config);
  const args = [
    "--config-file",
    file,
    "run",
    location,
    "--checks",
    "all",
    // Much that a schema allows is still refused: a room that is not there, a name that is taken, a ticket that is made up.
    "--exclude-checks",
    "positive_data_acceptance",
    // Not more: Python's own syntax trees do not bear threads ("recursion depth mismatch").
    "--workers",
    "1",
    "--seed",
    SEED,
    "--continue-on-failure",
    "--no-shrink",
    "--generation-database",
    "none",
    "--warnings",
    "off",
    "--no-color",
    ...more,
  ];
  const child = spawn(st, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  return { ok: code === 0, said };
}

const lastLines = (said: string): string => said.trimEnd().split("\n").slice(-12).join("\n");

async function register(url: string): Promise<string> {
  const credentials = { username: `conform${Date.now().toString(36)}`, password: "for conformance alone" };
  const { ok, status } = await fetch(`${url}/api/auth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(credentials),
  });
  if (!ok) throw new Error(`no player could be registered: ${status}`);
  return asUser(credentials.username, credentials.password);
}

async function check(st: string, folder: string, url: string): Promise<void> {
  const location = `${url}/api/openapi.json`;
  const phases = ["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", EXAMPLES];
  const everything = { config: AS_ANYBODY, location, more: phases };
  const own = ["--include-path-regex", "^/api/(me|auth|balance)", "--exclude-path", "/api/me/exclusion"];
  const asRegistered = { config: await register(url), location, more: ["--phases", "examples,fuzzing", ...own] };
  for (const [who, run] of [
    ["as a guest and an operator", everything],
    ["as a registered player", { ...asRegistered, more: [...asRegistered.more, "--max-examples", EXAMPLES] }],
  ] as const) {
    const started = Date.now();
    const { ok, said } = await conform(st, folder, run);
    console.log(`\n== The API ${who}, ${Math.round((Date.now() - started) / 1_000)} s`);
    console.log(ok ? lastLines(said) : said);
    if (!ok) throw new Error("The API is not what its document says.");
  }
}

/** Each fault of a wrong document has to be found, or the run above says nothing. */
async function checkTheCheck(st: string, folder: string, url: string): Promise<void> {
  const document = await fetch(`${url}/api/openapi.json`).then(async (answer): Promise<unknown> => answer.json());
  for (const { fault, path, title, wrong } of doctored(document)) {
    const file = join(folder, "doctored.json");
    writeFileSync(file, JSON.stringify(wrong));
    const more = ["--url", url, "--include-path", path, "--phases", "examples,coverage", "--max-examples", "3"];
    const { ok, said } = await conform(st, folder, { config: AS_ANYBODY, location: file, more });
    if (ok || !said.includes(title)) throw new Error(`Not found: ${fault}.\n${said}`);
    console.log(`Found, as it should be: ${fault}.`);
  }
}

const missing = pythonMissing();
if (missing !== null) {
  const words = `${missing} The API's conformance is not tested.`;
  if (process.env["CI"] === "true") {
    console.error(words);
    process.exit(1);
  }
  console.warn(words);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), "croupier-api-"));
const st = join(withPackage("schemathesis", "4.32.5"), "st");
const given = process.argv.indexOf("--url");
const house =
  given >= 0
    ? { url: process.argv[given + 1] ?? "", stop: async () => undefined }
    : await startHouse({ persistTo: join(folder, "state"), port: await freePort(), settings: SETTINGS });
try {
  await check(st, folder, house.url);
  await checkTheCheck(st, folder, house.url);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
}
