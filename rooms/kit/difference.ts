import type { Json } from "../game.ts";
import { same } from "./same.ts";

/**
 * What is other in one value than in another, key by key: an object has the keys that changed, `{ "=": value }` takes the place of
 * what was there, and a key that is gone has `{ "-": true }`. Lists and plain values are replaced whole.
 */
export type Difference = { readonly [key: string]: Json };

const GONE: Difference = { "-": true };

type Tree = { readonly [key: string]: unknown };
const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !("=" in value) && !("-" in value);

/** Plain JSON on both sides. Null: nothing is other. */
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

/** applied(before, difference(before, after)) equals `after`. Total: what does not fit changes nothing. */
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
