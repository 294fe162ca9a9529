import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";

/** The command-line tools, as a person starts them. */

export const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");

export type Done = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a tool of src/cli with these arguments; `input` goes to its standard input. */
export async function runTool(tool: string, args: readonly string[], input = ""): Promise<Done> {
  const child = spawn(process.execPath, [join(root, "src/cli", tool), ...args], { cwd: root });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.on("error", () => {}); // it may refuse before it has read
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => void child.once("close", resolve));
  return { code, out, err };
}

/** Writes files into a folder that is gone after the tests of this file; gives their paths. */
export function filing(): (content: unknown, type?: string) => string {
  const folder = mkdtempSync(join(tmpdir(), "croupier-verify-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let n = 0;
  return (content, type = "json") => {
    const path = join(folder, `${++n}.${type}`);
    writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
}
