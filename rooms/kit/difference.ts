import type { Json } from "../game.ts";
import { same } from "./same.ts";

/**
 * The difference between two values, key by key: an object has the keys that changed, `{ "=": value }` replaces what was there,
 * and `{ "-": true }` deletes a key. Arrays and primitive values are replaced whole.
 */
export type Difference = { readonly [key: string]: Json };

const GONE: Difference = { "-": true };

type Tree = { readonly [key: string]: unknown };
const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !("=" in value) && !("-" in value);

/** Both values are plain JSON. Null: they are equal. */
export function difference(before: unknown, after: unknown): Difference | null {
  if (same(before, after)) return null;
  if (after === undefined) return GONE;
  if (!isTree(before) || !isTree(after)) return { "=": after as Json };
  const changed: { [key: string]: Json } = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const part = difference(before[key], after[key]);
    if (part !== null) changed[key] = part;
  }
  return changed;
}

/** applied(before, difference(before, after)) equals `after`. Total: a part that does not fit changes nothing. */
export function applied<T>(before: T, change: Difference): T {
  if ("=" in change) return change["="] as T;
  const next: { [key: string]: unknown } = isTree(before) ? { ...before } : {};
  for (const [key, part] of Object.entries(change)) {
    if (!isPart(part)) continue;
    if ("-" in part) delete next[key];
    else next[key] = applied(next[key], part);
  }
  return next as T;
}

const isPart = (part: Json): part is Difference => typeof part === "object" && part !== null && !Array.isArray(part);
