import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Schemathesis from PyPI in a folder of its own, made once. Needs Python 3.10 or later with venv and pip. */

const VERSION = "4.32.5";
const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const folder = join(root, ".wrangler", `schemathesis-${VERSION}`);

const quietly = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Null when it can run here; else how to get what is missing. */
export function pythonMissing(): string | null {
  const how = "`apt-get install python3 python3-venv`";
  if (!quietly("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]))
    return `Python 3.10 or later was not found: ${how}.`;
  return quietly("python3", ["-c", "import ensurepip, venv"]) ? null : `Python's venv was not found: ${how}.`;
}

/** The path of its command. Throws what pip said when it cannot be had. */
export function schemathesis(): string {
  const command = join(folder, "bin/st");
  if (existsSync(command) && quietly(command, ["--version"])) return command;
  mkdirSync(dirname(folder), { recursive: true });
  console.log(`Installing schemathesis ${VERSION} ...`);
  run("python3", ["-m", "venv", "--clear", folder]);
  run(join(folder, "bin/pip"), [
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--no-input",
    `schemathesis==${VERSION}`,
  ]);
  return command;
}

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
}
