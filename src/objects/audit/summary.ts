import { cut } from "../../../rooms/kit/text.ts";

/** Shortens an operator's call for the audit log: enough to see what was intended, and no secrets. */

const FIELDS_MAX = 12;
const TEXT_MAX = 200;

/** Masks operator keys, in case somebody put one in the wrong place. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  let clean = text;
  for (const key of keys) clean = clean.replaceAll(key, "[key]").replaceAll(encodeURIComponent(key), "[key]");
  return clean;
}

/** A JSON body's fields, texts cut, without objects and arrays; null: no body. Not a JSON object: `{"unreadable":true}`. */
export function bodySummary(text: string, keys: readonly string[]): string | null {
  if (text === "") return null;
  const fields = Object.entries(readObject(text) ?? { unreadable: true })
    .filter(([, value]) => value === null || ["string", "number", "boolean"].includes(typeof value))
    .slice(0, FIELDS_MAX)
    .map(([name, value]): [string, unknown] => [
      short(name, keys),
      typeof value === "string" ? short(value, keys) : value,
    ]);
  return JSON.stringify(Object.fromEntries(fields));
}

function short(text: string, keys: readonly string[]): string {
  const clean = withoutKeys(text, keys);
  return clean.length <= TEXT_MAX ? clean : `${cut(clean, TEXT_MAX)}…`;
}

function readObject(text: string): object | null {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? read : null;
  } catch {
    return null;
  }
}

/** A keyed hash of a client's address, as twelve hex digits: the same for the same address, and not reversible. */
export async function clientOf(secret: string, address: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    "raw",
    new TextEncoder().encode(secret),
    { name: "HMAC", hash: "SHA-256" },
    false,
    ["sign"],
  );
  const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`audit client ${address}`));
  return [...new Uint8Array(mac).slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
