import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deploy, type World } from "../../src/cli/deploy.ts";
import { wranglerAt } from "../../src/cli/deploy/wrangler.ts";
import { BadInput } from "../../src/cli/input.ts";

/**
 * `npm run deploy` against a wrangler that writes down how it was called and answers in the real one's words. An account is a folder:
 * `queues/<name>`, `databases` and `secrets-<worker>` with a name a line; what is not there is missing.
 */
const WRANGLER = `#!/bin/sh
cd "$ACCOUNT" || exit 9
echo "$*" >> calls
list() { printf '['; sep=; for n in $(cat "$1"); do printf '%s{"name":"%s"}' "$sep" "$n"; sep=,; done; echo ']'; }
worker=croupier
case "$*" in
  *"--name croupier-lottery"*) worker=croupier-lottery ;;
  *"--name croupier"*) worker=croupier ;;
  *src/bridge/wrangler.toml*) worker=croupier-bridge ;;
esac
case "$1 $2" in
  "whoami --json") [ -e logged-in ] || { echo '{"loggedIn":false}'; exit 1; }; echo '{"loggedIn":true}' ;;
  "secret list")
    [ -e down ] && { echo "✘ [ERROR] fetch failed" >&2; exit 1; }
    [ -e "secrets-$worker" ] || { echo "✘ [ERROR] This Worker does not exist on your account. [code: 10007]" >&2; exit 1; }
    list "secrets-$worker" ;;
  "queues info") [ -e "queues/$3" ] || { echo "✘ [ERROR] Queue \\"$3\\" does not exist. To create it, run: wrangler queues create $3" >&2; exit 1; } ;;
  "queues create") [ -e full ] && { echo "✘ [ERROR] Too many queues: permission denied" >&2; exit 1; }; touch "queues/$3" ;;
  "d1 list") list databases ;;
  "d1 create") echo "$3" >> databases ;;
  "d1 migrations") [ -e bad-sql ] && { echo "✘ [ERROR] near CREATE: syntax error" >&2; exit 1; }; echo "done" ;;
  "deploy "*)
    for last; do :; done
    case "$*" in *--secrets-file*) cp "$last" uploaded ;; esac
    echo "Deployed croupier triggers (0.51 sec)"; echo "  https://croupier.example.workers.dev" ;;
esac
`;

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const SECRET = "0123456789abcdef0123456789abcdef";
const QUEUES = ["stakes", "settled", "stakes-kafka", "awards", "awards-kafka", "dead-letters"];

let folder = "";
const inAccount = (name: string): string => join(folder, "account", name);
const put = (name: string, text = ""): void => writeFileSync(inAccount(name), text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "croupier-deploy-test-"));
  mkdirSync(join(folder, "account/queues"), { recursive: true });
  mkdirSync(join(folder, "src/bridge"), { recursive: true });
  for (const file of ["wrangler.toml", "src/bridge/wrangler.toml"]) cpSync(join(root, file), join(folder, file));
  writeFileSync(join(folder, "wrangler"), WRANGLER);
  chmodSync(join(folder, "wrangler"), 0o755);
  process.env["ACCOUNT"] = join(folder, "account");
});
afterEach(() => {
  delete process.env["ACCOUNT"];
  rmSync(folder, { recursive: true, force: true });
});

/** An account that has all that the house needs. */
function furnish(): void {
  put("logged-in");
  put("databases", "another\ncroupier-read-model\n");
  put("secrets-croupier", "AUTH_SECRET\nOPERATOR_KEYS\n");
  for (const queue of QUEUES) put(`queues/${queue}`);
}

type Run = { readonly code: number; readonly said: string; readonly calls: string[] };

async function run(args: readonly string[], more: Partial<World> = {}): Promise<Run> {
  const lines: string[] = [];
  const code = await deploy(args, {
    root: folder,
    wrangler: async (given) => wranglerAt(join(folder, "wrangler"), folder)(given),
    print: (line) => void lines.push(line),
    ask: null,
    buildPage: () => true,
    health: () => Promise.resolve(null),
    ...more,
  });
  const calls = existsSync(inAccount("calls")) ? readFileSync(inAccount("calls"), "utf8").trim().split("\n") : [];
  return { code, said: lines.join("\n"), calls };
}

const deployments = ({ calls }: Run): string[] => calls.filter((call) => call.startsWith("deploy"));
const setVar = (line: string): void => {
  const file = join(folder, "wrangler.toml");
  writeFileSync(file, readFileSync(file, "utf8").replace("\n[vars]\n", `\n[vars]\n${line}\n`));
};

describe("npm run deploy", () => {
  test("where nothing is missing: migrations, the page, the deployment, and whether the house is open, in this order", async () => {
    furnish();
    const order: string[] = [];
    const done = await run([], {
      buildPage: () => order.push("page") > 0,
      health: async (url) => (order.push(url), null),
    });
    expect([done.code, order]).toEqual([0, ["page", "https://croupier.example.workers.dev"]]);
    expect(done.calls.slice(-2)).toEqual([
      "d1 migrations apply READ_MODEL --remote -c wrangler.toml --env=",
      "deploy -c wrangler.toml --env=",
    ]);
    expect(done.said).toContain("The house is open: https://croupier.example.workers.dev");
    expect(done.said).toContain("npx wrangler secret put METRICS_KEY");
    expect(done.said).not.toContain("OPERATOR_KEYS");
  });

  test("says every single thing that is missing with the command that makes it, and deploys nothing", async () => {
    put("logged-in");
    put("databases");
    const done = await run([]);
    expect(done.code).toBe(1);
    for (const queue of QUEUES) expect(done.said).toContain(`npx wrangler queues create ${queue}\n`);
    expect(done.said).toContain("npx wrangler d1 create croupier-read-model");
    expect(done.said).toContain("openssl rand -hex 32 | npx wrangler secret put AUTH_SECRET -c wrangler.toml --env=");
    expect(done.said).toContain("Nothing was deployed. Run these, or the same again with --create.");
    expect(done.calls.filter((call) => /create|put|apply|^deploy/.test(call))).toEqual([]);
  });

  test.each([
    ["with --create", ["--create"], {}],
    ["after a yes", [], { ask: () => Promise.resolve(true) }],
  ])("makes what is missing %s, the secret at random, in no argument and in no word", async (_how, args, more) => {
    put("logged-in");
    put("databases");
    const done = await run(args, more);
    expect(done.code).toBe(0);
    expect(QUEUES.every((queue) => existsSync(inAccount(`queues/${queue}`)))).toBe(true);
    expect(readFileSync(inAccount("databases"), "utf8")).toBe("croupier-read-model\n");
    const { AUTH_SECRET }: { AUTH_SECRET: string } = JSON.parse(readFileSync(inAccount("uploaded"), "utf8"));
    expect(AUTH_SECRET).toMatch(/^[0-9a-f]{64}$/);
    expect(done.calls.join() + done.said).not.toContain(AUTH_SECRET);
    const file = /--secrets-file (\S+)/.exec(done.calls.join("\n"))?.[1] ?? "";
    expect([file === "", existsSync(file)]).toEqual([false, false]);
  });

  test("a no leaves the account as it was", async () => {
    put("logged-in");
    put("databases");
    const done = await run([], { ask: () => Promise.resolve(false) });
    expect([done.code, deployments(done), existsSync(inAccount("queues/stakes"))]).toEqual([1, [], false]);
  });

  test("the lottery's deployment has its own queues and its own database", async () => {
    put("logged-in");
    put("databases", "croupier-read-model");
    const done = await run(["--env", "lottery"]);
    expect(done.code).toBe(1);
    expect(done.said).toContain("npx wrangler queues create lottery-stakes\n");
    expect(done.said).toContain("npx wrangler d1 create croupier-lottery-read-model");
    expect(done.said).toContain("secret put AUTH_SECRET -c wrangler.toml --env=lottery");
    expect(done.said).not.toMatch(/create stakes\n/);
  });

  test("the bridge waits for its house, and needs to know where Kafka is", async () => {
    put("logged-in");
    for (const queue of QUEUES) put(`queues/${queue}`);
    const blind = await run(["--bridge"]);
    expect([blind.code, deployments(blind)]).toEqual([1, []]);
    expect(blind.said).toContain("KAFKA_BROKERS");
    put("secrets-croupier-bridge", "KAFKA_BROKERS");
    const alone = await run(["--bridge", "--create"]);
    expect([alone.code, deployments(alone)]).toEqual([1, []]);
    expect(alone.said).toContain("The Worker croupier\n      npm run deploy");
    expect(alone.said).not.toContain("--create");
    put("secrets-croupier", "AUTH_SECRET");
    const done = await run(["--bridge"]);
    expect(done.code).toBe(0);
    expect(deployments(done)).toEqual(["deploy -c src/bridge/wrangler.toml --env="]);
    expect(done.calls.join("\n")).not.toContain("migrations apply");
  });

  test.each([
    ["a mode that is none", 'LOTTERY = "pigeon"', "LOTTERY", "pigeon"],
    ["a secret in a file that all can read", `OPERATOR_KEYS = "ann:admin:${SECRET}"`, "OPERATOR_KEYS", SECRET],
    ["a step to stand still at", 'STALL_AT = "stakes.sent"', "STALL_AT", "stakes.sent"],
  ])("refuses settings that cannot be meant, before anything is made: %s", async (_what, line, name, value) => {
    furnish();
    setVar(line);
    for (const args of [[], ["--dry-run"]]) {
      const done = await run(args);
      expect([done.code, deployments(done)]).toEqual([1, []]);
      expect(done.said).toContain(name);
      expect(done.said).not.toContain(value);
    }
  });

  test("--secrets: looks at their values, uploads good ones with the deployment, and never says one", async () => {
    furnish();
    rmSync(inAccount("secrets-croupier"));
    const file = join(folder, "prod.vars");
    writeFileSync(file, `AUTH_SECRET=${SECRET}\nOPERATOR_KEYS=ann:king:${SECRET}\n`);
    const bad = await run(["--secrets", file]);
    expect([bad.code, deployments(bad)]).toEqual([1, []]);
    expect(bad.said).toMatch(/wrong: OPERATOR_KEYS/);
    writeFileSync(file, JSON.stringify({ AUTH_SECRET: SECRET, OPERATOR_KEYS: `ann:viewer:${SECRET}x` }));
    const done = await run(["--secrets", file]);
    expect(done.code).toBe(0);
    expect(JSON.parse(readFileSync(inAccount("uploaded"), "utf8"))).toMatchObject({ AUTH_SECRET: SECRET });
    expect(bad.said + done.said + done.calls.join()).not.toContain(SECRET);
    for (const text of ["", "[1, 2]", "{1}", '{"AUTH_SECRET": 7}', "auth_secret=x"]) {
      writeFileSync(file, text);
      await expect(run(["--secrets", file]), text).rejects.toThrow(BadInput);
    }
  });

  test.each([
    ["nobody is logged in", "logged-in", "npx wrangler login"],
    ["the account does not answer", "down", "fetch failed"],
  ])("says so and stops when %s", async (_what, mark, words) => {
    furnish();
    if (mark === "down") put("down");
    else rmSync(inAccount(mark));
    await expect(run([])).rejects.toThrow(words);
    expect(readFileSync(inAccount("calls"), "utf8")).not.toMatch(/^deploy|create|apply/m);
  });

  test.each([
    ["a migration", "bad-sql", "syntax error"],
    ["making a queue", "full", "permission denied"],
  ])("stops where %s fails, in wrangler's words", async (_what, mark, words) => {
    furnish();
    put(mark);
    if (mark === "full") rmSync(inAccount("queues/stakes"));
    const done = await run(["--create"]);
    expect([done.code, deployments(done)]).toEqual([1, []]);
    expect(done.said).toContain(words);
    expect(done.said).toContain("Nothing was deployed.");
  });

  test("stops where the page cannot be built, and fails when the house is not open afterwards", async () => {
    furnish();
    const unbuilt = await run([], { buildPage: () => false });
    expect([unbuilt.code, deployments(unbuilt)]).toEqual([1, []]);
    const shut = await run([], {
      health: () => Promise.resolve("These settings are missing or wrong: OPERATOR_KEYS."),
    });
    expect(shut.code).toBe(1);
    expect(shut.said).toContain("missing or wrong: OPERATOR_KEYS");
  });

  test("--dry-run looks at what is here and asks the account for nothing", async () => {
    mkdirSync(join(folder, "web/dist"), { recursive: true });
    writeFileSync(join(folder, "web/dist/index.html"), "");
    const done = await run(["--dry-run", "--env", "lottery"], { buildPage: () => false });
    expect(done.code).toBe(0);
    expect(done.calls).toEqual(["deploy --dry-run --outdir .wrangler/dry-run-lottery -c wrangler.toml --env=lottery"]);
  });

  test.each([[["--env", "nowhere"]], [["--what"]], [["lottery"]], [["--secrets", "/nowhere/to/be/found"]]])(
    "%j is refused with the reason, and nothing is called",
    async (args) => {
      await expect(run(args)).rejects.toThrow(BadInput);
      expect(existsSync(inAccount("calls"))).toBe(false);
    },
  );
});
