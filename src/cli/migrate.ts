import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const MIGRATIONS = join(root, "src/stats/migrations");

/** The names and the contents of all migrations: what a folder that has had them remembers. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(MIGRATIONS).toSorted())
    hash.update(`${file}\n`).update(readFileSync(join(MIGRATIONS, file)));
  return hash.digest("hex");
}

/**
 * Brings the read model in `folder`, where `wrangler dev` keeps its state, up to date. Starting wrangler for it takes two seconds, so a
 * folder that has had these migrations is left alone. Throws with what wrangler said.
 */
export function migrateLocally(folder: string, options: readonly string[]): void {
  const stamp = join(folder, "v3/d1/read-model-migrated");
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const args = ["d1", "migrations", "apply", "READ_MODEL", "--local", "--persist-to", folder, ...options];
  const done = spawnSync(join(root, "node_modules/.bin/wrangler"), ["-c", join(root, "wrangler.toml"), ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", CI: "true" },
  });
  if (done.status !== 0) throw new Error(`The read model's migrations failed:\n${done.stdout}${done.stderr}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
