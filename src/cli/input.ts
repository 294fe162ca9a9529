import { readFileSync } from "node:fs";

/** What the command-line tools share: reading, refusing in one line, and text that a terminal takes as text. */

/** The input or the command is not what it must be: one line for people, exit code 2. */
export class BadInput extends Error {
  /** How it is used, told below. */
  readonly usage: string | null;
  constructor(message: string, usage: string | null = null) {
    super(message);
    this.usage = usage;
  }
}

/** A file's text, or what comes on standard input when it is `-`. */
export function textOf(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new BadInput(`${file}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "this is a folder";
  if (code === "EACCES") return "it may not be read";
  return error instanceof Error ? error.message : String(error);
}

/** `where` names the text in the refusal. */
export function jsonOf(text: string, where: string, revive?: Reviver): unknown {
  try {
    const value: unknown = JSON.parse(text, revive);
    return value;
  } catch (error) {
    throw new BadInput(`${where}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `context.source` is a number as it was written (ECMAScript 2026); an engine without it gives none. */
export type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** What players wrote must not steer the terminal, nor look like lines of ours. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Runs a tool: its exit code, or 2 with one line on standard error for bad input. A reader who has seen enough ends it quietly. */
export async function runTool(name: string, tool: () => number | Promise<number>): Promise<void> {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 2));
  try {
    process.exitCode = await tool();
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    console.error(`${name}: ${plain(error.message)}`);
    if (error.usage !== null) console.error(`\n${error.usage}`);
    process.exitCode = 2;
  }
}
