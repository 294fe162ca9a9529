import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";
import { fileURLToPath } from "node:url";
import {
  missingDatabases,
  missingHouse,
  missingQueues,
  mustBeLoggedIn,
  secretNames,
  type Missing,
} from "./deploy/account.ts";
import { healthOf } from "./deploy/health.ts";
import { assumedSecrets, secretsIn, wrongSettings } from "./deploy/local.ts";
import { targetOf, type Target } from "./deploy/target.ts";
import { wordsOf, wranglerAt, type Wrangler } from "./deploy/wrangler.ts";
import { runTool } from "./input.ts";

/**
 * `npm run deploy [-- options]`: checks the settings and the account, creates what is missing if allowed, applies the read
 * model's migrations, builds the page, deploys, and asks the deployment's health. Exit code 1: something is missing or wrong and
 * nothing was deployed, or the deployment is not healthy; 2: the check itself failed.
 */

export type World = {
  readonly root: string;
  readonly wrangler: Wrangler;
  readonly print: (line: string) => void;
  /** Asks a yes-or-no question; null: not interactive. */
  readonly ask: ((question: string) => Promise<boolean>) | null;
  readonly buildPage: () => boolean;
  readonly health: (url: string) => Promise<string | null>;
};

export async function deploy(args: readonly string[], world: World): Promise<number> {
  const target = targetOf(world.root, args);
  const uploads = { ...secretsIn(target.secrets) };
  return target.dryRun ? dryRun(target, uploads, world) : reallyDeploy(target, uploads, world);
}

async function dryRun(target: Target, uploads: Record<string, string>, world: World): Promise<number> {
  const { print, wrangler } = world;
  const { which, env, options, command } = target;
  const wrong = await wrongSettings(target, uploads, assumedSecrets(which));
  if (wrong.length > 0) return refuse(wrong, print);
  if (which === "house" && !existsSync(join(world.root, "web/dist/index.html")) && !world.buildPage()) return 1;
  const folder = ["dry-run", ...(env === null ? [] : [env]), ...(which === "bridge" ? ["bridge"] : [])].join("-");
  const said = await wrangler(["deploy", "--dry-run", "--outdir", `.wrangler/${folder}`, ...options]);
  print(said.code === 0 ? `${command}: it would be deployed.` : `wrangler deploy --dry-run: ${wordsOf(said)}`);
  return said.code === 0 ? 0 : 1;
}

async function reallyDeploy(target: Target, uploads: Record<string, string>, world: World): Promise<number> {
  const { print, wrangler } = world;
  const { which, options, config } = target;
  await mustBeLoggedIn(wrangler);
  const secrets = (await secretNames(wrangler, options)) ?? [];
  const lacksSecret = which === "house" && !secrets.includes("AUTH_SECRET") && uploads["AUTH_SECRET"] === undefined;
  const known = lacksSecret ? [...secrets, "AUTH_SECRET"] : secrets;
  const wrong = await wrongSettings(target, uploads, known);
  if (wrong.length > 0) return refuse(wrong, print);

  const missing = [
    ...(await missingHouse(wrangler, target)),
    ...(lacksSecret ? [authSecret(target)] : []),
    ...(await missingDatabases(wrangler, target)),
    ...(await missingQueues(wrangler, target)),
  ];
  if (missing.length > 0 && !(await makeMissing(missing, target, world))) return 1;
  if (lacksSecret) uploads["AUTH_SECRET"] = randomBytes(32).toString("hex");

  for (const { binding } of config.d1_databases) {
    print(`Migrating ${binding} ...`);
    const said = await wrangler(["d1", "migrations", "apply", binding, "--remote", ...options]);
    if (said.code !== 0) return refuse([`wrangler d1 migrations apply: ${wordsOf(said)}`], print);
  }
  if (which === "house" && !world.buildPage()) return refuse(["The page could not be built."], print);
  const said = await upload(target, uploads, wrangler);
  if (said.code !== 0) return refuse([`wrangler deploy: ${wordsOf(said)}`], print);
  return conclude(target, said.out, [...known, ...Object.keys(uploads)], world);
}

const authSecret = ({ options }: Target): Missing => ({
  what: "The secret AUTH_SECRET",
  fix: `openssl rand -hex 32 | npx wrangler secret put AUTH_SECRET ${options.join(" ")}`,
  make: "upload",
});

/** False: something is still missing; it was printed with the command that creates it. */
async function makeMissing(missing: readonly Missing[], target: Target, world: World): Promise<boolean> {
  const { print, wrangler, ask } = world;
  print("Missing on the account:");
  for (const { what, fix } of missing) print(`  ${what}\n      ${fix}`);
  const byHand = missing.some(({ make }) => make === null);
  const may = !byHand && (target.create || (ask !== null && (await ask("Make all of that now?"))));
  if (!may) {
    print(`Nothing was deployed. Run these${byHand ? "" : ", or the same again with --create"}.`);
    return false;
  }
  for (const { what, make } of missing) {
    if (make === null || make === "upload") continue;
    const said = await wrangler(make);
    if (said.code !== 0) {
      refuse([`wrangler ${make.join(" ")}: ${wordsOf(said)}`], print);
      return false;
    }
    print(`Made: ${what}`);
  }
  return true;
}

/** Deploys with the secrets in a temporary file that only this user can read, deleted when wrangler has ended. */
async function upload({ options }: Target, secrets: Readonly<Record<string, string>>, wrangler: Wrangler) {
  if (Object.keys(secrets).length === 0) return wrangler(["deploy", ...options], true);
  const folder = mkdtempSync(join(tmpdir(), "croupier-deploy-"));
  try {
    const file = join(folder, "secrets.json");
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
    return await wrangler(["deploy", ...options, "--secrets-file", file], true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function conclude(target: Target, out: string, secrets: readonly string[], world: World): Promise<number> {
  const { print } = world;
  if (target.which === "bridge") {
    print("The bridge is deployed. The house's /api/health says how it goes.");
    return 0;
  }
  if (!secrets.includes("OPERATOR_KEYS"))
    print(`Nobody is an operator yet: npx wrangler secret put OPERATOR_KEYS ${target.options.join(" ")}`);
  if (!secrets.includes("METRICS_KEY"))
    print(`Anyone may read /metrics: npx wrangler secret put METRICS_KEY ${target.options.join(" ")}`);
  const url = /^\s*(https?:\/\/\S+)\s*$/m.exec(out)?.[1];
  if (url === undefined) {
    print("Deployed. Wrangler named no address: look at /api/health of your own.");
    return 0;
  }
  const trouble = await world.health(url);
  print(trouble === null ? `The house is open: ${url}` : `Deployed, but ${url}/api/health says: ${trouble}`);
  return trouble === null ? 0 : 1;
}

function refuse(why: readonly string[], print: World["print"]): number {
  for (const line of why) print(line);
  print("Nothing was deployed.");
  return 1;
}

async function askAtTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`${question} (y/N) `);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

function main(): void {
  const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
  const bin = (name: string): string => join(root, "node_modules/.bin", name);
  void runTool("deploy", async () =>
    deploy(process.argv.slice(2), {
      root,
      wrangler: wranglerAt(process.env["CROUPIER_WRANGLER"] ?? bin("wrangler"), root),
      print: (line) => console.log(line),
      ask: process.stdin.isTTY && process.env["CI"] !== "true" ? askAtTerminal : null,
      buildPage: () =>
        spawnSync(bin("vite"), ["build", "--logLevel", "warn"], { cwd: root, stdio: "inherit" }).status === 0,
      health: healthOf,
    }),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
