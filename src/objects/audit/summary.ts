import { cut } from "../../../rooms/kit/text.ts";

/** What the audit log keeps of a call: enough to see what was meant, and no secret. */

const FIELDS_MAX = 12;
const TEXT_MAX = 200;

/** A key that somebody put in the wrong place. */
export function withoutKeys(text: string, keys: readonly string[]): string {
  let clean = text;
  for (const key of keys) clean = clean.replaceAll(key, "[key]").replaceAll(encodeURIComponent(key), "[key]");
  return clean;
}

/** The plain fields of a JSON body, their text cut; null: there is no body. What is not an object of JSON is only said to be there. */
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

/** Twelve hex digits that are the same for the same address, and tell nobody which it is. */
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
