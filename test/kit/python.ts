import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Packages from PyPI, each in a folder of its own that is made once. Needs Python 3.10 or later with venv and pip. */

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

const quietly = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: "ignore" }).status === 0;

/** Null when it can run here; else how to get what is missing. */
export function pythonMissing(): string | null {
  const how = "`apt-get install python3 python3-venv`";
  if (!quietly("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"]))
    return `Python 3.10 or later was not found: ${how}.`;
  return quietly("python3", ["-c", "import ensurepip, venv"]) ? null : `Python's venv was not found: ${how}.`;
}

/** The folder of commands (`python`, and those of the package) where it is installed. Throws what pip said when it cannot be had. */
export function withPackage(name: string, version: string): string {
  const folder = join(root, ".wrangler", `${name}-${version}`);
  const bin = join(folder, "bin");
  if (existsSync(bin) && quietly(join(bin, "python"), ["-m", "pip", "show", name])) return bin;
  mkdirSync(dirname(folder), { recursive: true });
  console.log(`Installing ${name} ${version} ...`);
  run("python3", ["-m", "venv", "--clear", folder]);
  const options = ["--quiet", "--disable-pip-version-check", "--no-input"];
  run(join(bin, "pip"), ["install", ...options, `${name}==${version}`]);
  return bin;
}

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
}
