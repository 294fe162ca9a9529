import { lettersOf, randomLetters } from "./random.ts";

/** Recovery codes: 25 random letters of base 32, 125 bits. With that much entropy a fast hash is enough to store one. */

const LETTERS = 25;

const written = (letters: string): string => (letters.match(/.{5}/g) ?? []).join("-");

export function newRecoveryCode(): string {
  return written(randomLetters(LETTERS));
}

/** The code derived from one request, so that a repeat gets the same code. It is not stored and needs the secret to derive. */
export async function recoveryCodeFor(secret: string, request: readonly string[]): Promise<string> {
  return written(await lettersOf(secret, JSON.stringify(["recovery", ...request]), LETTERS));
}

/** Accepts a code however it was copied: any case, any separators, O for 0, I or L for 1. Null: not a code. */
export function readRecoveryCode(typed: string): string | null {
  const letters = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return letters.length === LETTERS ? letters : null;
}

/** The only form in which a code is stored. */
export async function hashOfCode(code: string): Promise<ArrayBuffer> {
  const bare = code.replaceAll("-", "");
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(`croupier recovery ${bare}`));
}
