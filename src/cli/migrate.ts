import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const MIGRATIONS = join(root, "src/stats/migrations");

/** A hash of the names and contents of all migrations, stored in each folder that they were applied to. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(MIGRATIONS).toSorted())
    hash.update(`${file}\n`).update(readFileSync(join(MIGRATIONS, file)));
  return hash.digest("hex");
}

/**
 * Migrates the read model in `folder`, the state directory of `wrangler dev`. Starting wrangler for this takes two seconds, so an
 * up-to-date folder is skipped, and a new folder gets a copy of a migrated one. Throws with wrangler's output.
 */
export function migrateLocally(folder: string, options: readonly string[]): void {
  const wanted = fingerprint();
  if (isUpToDate(folder, wanted)) return;
  if (existsSync(join(folder, D1))) {
    apply(folder, options, wanted);
    return;
  }
  const model = join(root, ".wrangler/read-model", [wanted.slice(0, 16), ...options].join("-"));
  if (!isUpToDate(model, wanted)) {
    // Built under a temporary name first: another process may be building the same model.
    const making = `${model}.${process.pid}`;
    apply(making, options, wanted);
    try {
      renameSync(making, model);
    } catch (error) {
      rmSync(making, { recursive: true });
      if (!isUpToDate(model, wanted)) throw error; // no other process has made it
    }
  }
  cpSync(join(model, D1), join(folder, D1), { recursive: true });
}

const D1 = "v3/d1";
const STAMP = `${D1}/read-model-migrated`;

function isUpToDate(folder: string, wanted: string): boolean {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
}

function apply(folder: string, options: readonly string[], wanted: string): void {
  const args = ["d1", "migrations", "apply", "READ_MODEL", "--local", "--persist-to", folder, ...options];
  const done = spawnSync(join(root, "node_modules/.bin/wrangler"), ["-c", join(root, "wrangler.toml"), ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  });
  if (done.status !== 0) throw new Error(`The read model's migrations failed:\n${done.stdout}${done.stderr}`);
  mkdirSync(join(folder, D1), { recursive: true });
  writeFileSync(join(folder, STAMP), wanted);
}
