import { COMMON_PASSWORDS } from "./common-list.ts";

/** Passwords that are guessed first. */

const COMMON: ReadonlySet<string> = new Set(COMMON_PASSWORDS.trim().split(/\s+/));

/** In any case, also with digits and signs after it, and whatever is one or two signs again and again, or a run of the keyboard's. */
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
