import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { faultsOf } from "./rules-check/faults.ts";

/**
 * `npm run rules:check`: every rule that code, tests, API texts and documents cite is in rooms/RULES.md, a test's title names each rule
 * there, and no text leads to a document that is not in the repository. Exit code 1 with a line for each fault.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const SKIPPED = new Set(["node_modules", "dist"]);
/** What is read as text; of all other files only the name counts, for links to them. */
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
