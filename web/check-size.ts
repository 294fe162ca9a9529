import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

/**
 * `node web/check-size.ts`, run after a build: prints the gzipped bytes that a visitor loads before the lobby works, and of each
 * chunk loaded later. Fails when the lobby's JavaScript or a page's exceeds its budget.
 */

const BUDGET = { lobby: 130_000, page: 60_000 } as const;
const dist = join(dirname(fileURLToPath(import.meta.url)), "dist");

type Chunk = { readonly name: string; readonly bytes: number; readonly imports: readonly string[] };

function read(name: string): Chunk {
  const text = readFileSync(join(dist, "assets", name), "utf8");
  // Static imports only. A lazy page is `import("./page-x.js")`.
  const imports = [...text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)].map((found) => found[1] ?? "");
  return { name, bytes: gzipSync(text).length, imports };
}

const chunks = new Map(
  readdirSync(join(dist, "assets"))
    .filter((name) => name.endsWith(".js"))
    .map((name) => [name, read(name)]),
);

/** A chunk and all its static imports. */
function closure(name: string, seen = new Set<string>()): Set<string> {
  const chunk = chunks.get(name);
  if (chunk === undefined || seen.has(name)) return seen;
  seen.add(name);
  for (const other of chunk.imports) closure(other, seen);
  return seen;
}

const sum = (names: Iterable<string>): number =>
  [...names].reduce((bytes, name) => bytes + (chunks.get(name)?.bytes ?? 0), 0);
const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(1).padStart(7)} kB`;

/** All chunks reachable from this build's page. Chunks of older builds may lie in the same folder. */
function reachable(names: readonly string[], seen = new Set<string>()): Set<string> {
  for (const name of names) {
    if (seen.has(name) || !chunks.has(name)) continue;
    seen.add(name);
    const text = readFileSync(join(dist, "assets", name), "utf8");
    reachable(
      [...text.matchAll(/["'`](?:\.\/|assets\/)([^"'`/]+\.js)["'`]/g)].map((found) => found[1] ?? ""),
      seen,
    );
  }
  return seen;
}

const html = readFileSync(join(dist, "index.html"), "utf8");
const entries = [...html.matchAll(/assets\/([^"]+\.js)"/g)].map((found) => found[1] ?? "");
const lobby = new Set(entries.flatMap((name) => [...closure(name)]));
if (lobby.size === 0) throw new Error("the build names no script: run `npm run build` first");

let failed = false;
const line = (what: string, bytes: number, budget: number): void => {
  const over = bytes > budget;
  failed ||= over;
  console.log(`${kilobytes(bytes)}  of ${kilobytes(budget)}  ${what}${over ? "  TOO BIG" : ""}`);
};

line("lobby, at once", sum(lobby), BUDGET.lobby);
for (const name of reachable(entries)) {
  if (lobby.has(name)) continue;
  const extra = [...closure(name)].filter((other) => !lobby.has(other));
  line(`${name}, with what it needs besides`, sum(extra), BUDGET.page);
}
if (failed) process.exit(1);
