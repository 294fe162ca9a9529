import { lettersOf, randomLetters } from "./random.ts";

/** Recovery codes: 25 random letters of base 32, 125 bits, so a quick hash of one is as good as a slow one. */

const LETTERS = 25;

const written = (letters: string): string => (letters.match(/.{5}/g) ?? []).join("-");

export function newRecoveryCode(): string {
  return written(randomLetters(LETTERS));
}

/** The code that one request makes. Whoever lost the answer gets it again. It is stored nowhere, and nobody else can make it. */
export async function recoveryCodeFor(secret: string, request: readonly string[]): Promise<string> {
  return written(await lettersOf(secret, JSON.stringify(["recovery", ...request]), LETTERS));
}

/** However it was copied from paper. Null: not a code. */
export function readRecoveryCode(typed: string): string | null {
  const letters = typed
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replaceAll("o", "0")
    .replace(/[il]/g, "1");
  return letters.length === LETTERS ? letters : null;
}

/** What is kept of it. */
export async function hashOfCode(code: string): Promise<ArrayBuffer> {
  const bare = code.replaceAll("-", "");
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(`croupier recovery ${bare}`));
}
