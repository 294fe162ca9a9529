import type { ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";

/** Waits for a child to end, and keeps its output instead of printing it. A child ended by a signal has the code 1. */
export async function heldBack(
  child: ChildProcessByStdio<null, Readable, Readable>,
): Promise<{ readonly code: number; readonly said: Buffer }> {
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part: Buffer) => said.push(part));
  const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? 1)));
  return { code, said: Buffer.concat(said) };
}
