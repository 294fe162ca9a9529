// oxlint-disable-next-line typescript/triple-slash-reference -- ambient, so there is nothing to import
/// <reference path="./node-crypto.d.ts" />
import { scryptSync } from "node:crypto";

/** Password hashing: scrypt with N=2^14, r=8, p=5 (16 MiB, an OWASP setting that fits in a Worker) and a salt for each user. */

export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

const COST = { N: 16_384, r: 8, p: 5, maxmem: 33_554_432 } as const;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

export type Hashed = { readonly salt: ArrayBuffer; readonly hash: ArrayBuffer };

/** Copied, because Node may return a view of a larger buffer. */
function scrypt(password: string, salt: ArrayBuffer): ArrayBuffer {
  return new Uint8Array(scryptSync(password.normalize("NFKC"), new Uint8Array(salt), HASH_BYTES, COST)).buffer;
}

export function hashPassword(password: string): Hashed {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES)).buffer;
  return { salt, hash: scrypt(password, salt) };
}

const dummy: Hashed = { salt: new ArrayBuffer(SALT_BYTES), hash: new ArrayBuffer(HASH_BYTES) };

/** Null: no such user. Does the same work and returns false, so that timing does not reveal it. */
export function verifyPassword(password: string, hashed: Hashed | null): boolean {
  const { salt, hash } = hashed ?? dummy;
  return crypto.subtle.timingSafeEqual(scrypt(password, salt), hash) && hashed !== null;
}
