import { COMMON_PASSWORDS } from "./common-list.ts";

/** Rejects the passwords that attackers guess first. */

const COMMON: ReadonlySet<string> = new Set(COMMON_PASSWORDS.trim().split(/\s+/));

/** Ignores case and digits or symbols at the end. Also true for one or two characters repeated, and for keyboard runs. */
export function isCommon(password: string): boolean {
  const folded = password.normalize("NFKC").toLowerCase();
  const stem = folded.replace(/[^\p{L}]+$/u, "");
  if (COMMON.has(folded) || (stem !== "" && COMMON.has(stem))) return true;
  return /^(.{1,2})\1+.?$/u.test(folded) || RUNS.some((run) => run.includes(folded));
}

const RUNS = [
  "0123456789012345678901234567890",
  "9876543210987654321",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
];
