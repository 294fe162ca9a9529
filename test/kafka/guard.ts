import { spawn } from "node:child_process";

/** Sees to it that no broker outlives the process that started it, whatever ends that: also a kill -9. */
export type Guard = {
  /** Which process to end; null: none at the moment. */
  readonly watch: (pid: number | null) => void;
  /** Nothing is left to guard. */
  readonly dismiss: () => void;
};

/**
 * A shell that reads process ids from a pipe. The kernel closes the pipe when we end, however we end; the last id read is then
 * killed and the temporary folder, if there is one, removed (a moment later, when nobody writes into it any more).
 */
const SCRIPT = `
while read -r line; do pid=$line; done
if [ "\${pid:--}" != - ]; then kill -9 "$pid" 2>/dev/null; sleep 0.3; fi
if [ -n "$1" ]; then rm -rf "$1"; fi
`;

export function startGuard(temporaryDir: string | null): Guard {
  // Detached: Ctrl-C in a terminal is for us, not for the guard.
  const child = spawn("sh", ["-c", SCRIPT, "sh", temporaryDir ?? ""], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.stdin.on("error", () => {}); // a guard that is gone cannot be told anything
  // It is to end with us, not to keep us here.
  child.unref();
  if ("unref" in child.stdin && typeof child.stdin.unref === "function") child.stdin.unref();
  return {
    watch: (pid) => void child.stdin.write(`${pid ?? "-"}\n`),
    dismiss: () => void child.kill("SIGKILL"),
  };
}
