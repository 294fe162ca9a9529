import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { BadInput, jsonOf } from "../input.ts";

/** Players of an earlier run, as lines of JSON with their tokens. Only this user may read the file. */
export type Kept = { readonly id: string; readonly username: string; readonly token: string };

/** Empty when the file does not exist yet. Throws BadInput for any other content. */
export function readTokens(file: string): Kept[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "");
  return lines.map((line, i) => {
    const value = jsonOf(line, `${file}, line ${i + 1}`);
    if (!isKept(value)) throw new BadInput(`${file}, line ${i + 1}: not a player of an earlier run`);
    return value;
  });
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== "object" || value === null) return false;
  return ["id", "username", "token"].every((key) => typeof Reflect.get(value, key) === "string");
}

export function writeTokens(file: string, players: readonly Kept[]): void {
  const lines = players.map(({ id, username, token }) => JSON.stringify({ id, username, token }));
  writeFileSync(file, `${lines.join("\n")}\n`, { mode: 0o600 });
}
