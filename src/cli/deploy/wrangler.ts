import { spawn } from "node:child_process";

/** The output of a wrangler command and its exit code. */
export type Said = { readonly code: number; readonly out: string; readonly err: string };

/** Runs one wrangler command without interaction. `show`: also prints its output. */
export type Wrangler = (args: readonly string[], show?: boolean) => Promise<Said>;

export const wranglerAt =
  (command: string, root: string): Wrangler =>
  (args, show = false) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: { WRANGLER_SEND_METRICS: "false", ...process.env },
      });
      let [out, err] = ["", ""];
      child.stdout.on("data", (data: Buffer) => {
        out += data.toString();
        if (show) process.stdout.write(data);
      });
      child.stderr.on("data", (data: Buffer) => {
        err += data.toString();
        if (show) process.stderr.write(data);
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? 1, out, err }));
    });

/** The last lines of a failed command's output, errors if there are any, without colours. */
export function wordsOf({ out, err }: Said): string {
  // oxlint-disable-next-line no-control-regex -- a terminal's colours
  const lines = `${out}\n${err}`.replaceAll(/\u001b\[[0-9;]*m/g, "").split("\n");
  const told = lines.map((line) => line.trim()).filter((line) => line !== "");
  const errors = told.filter((line) => /error|✘|denied|not found|does not exist/i.test(line));
  return (errors.length > 0 ? errors : told).slice(-3).join(" / ").slice(0, 500);
}
