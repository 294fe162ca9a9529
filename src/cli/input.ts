import { readFileSync } from "node:fs";

/** Shared by the command-line tools: reading input, errors in one line, and text that is safe to print. */

/** Invalid input or arguments: printed as one line, exit code 2. */
export class BadInput extends Error {
  /** The usage text, printed below the error. */
  readonly usage: string | null;
  constructor(message: string, usage: string | null = null) {
    super(message);
    this.usage = usage;
  }
}

/** The text of a file, or of standard input for `-`. Throws BadInput. */
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

/** Parses JSON. Throws BadInput; `where` names the text in its message. */
export function jsonOf(text: string, where: string, revive?: Reviver): unknown {
  try {
    const value: unknown = JSON.parse(text, revive);
    return value;
  } catch (error) {
    throw new BadInput(`${where}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** `context.source` is a number's source text (ECMAScript 2026); undefined in older engines. */
export type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

/** Escapes control characters and line breaks: text from players must not control the terminal or imitate our output. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Runs a tool and sets its exit code: 2 for BadInput, with one line on stderr. Exits quietly when the output pipe is closed. */
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
