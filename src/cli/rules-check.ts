import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { faultsOf } from "./rules-check/faults.ts";

/**
 * `npm run rules:check`: checks that every rule cited in code, tests, API texts and documents is in rooms/RULES.md, that each
 * rule there is named by a test's title, and that links lead to existing files. Exit code 1 with a line for each fault.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const SKIPPED = new Set(["node_modules", "dist"]);
/** Files read as text. Of all others only the names are used, to check links. */
const TEXT = /\.(?:ts|tsx|css|html|md|toml|sql|yaml)$/;

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return SKIPPED.has(entry.name) || entry.name.startsWith(".") ? [] : filesUnder(path);
  });
}

const files = new Map(
  filesUnder("").map((path) => [path, TEXT.test(path) ? readFileSync(join(root, path), "utf8") : ""]),
);
const faults = faultsOf(files);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
