import * as z from "zod/mini";

/**
 * The error message of every strict schema for an unknown field: its name, and the field that was probably meant. Import this
 * file wherever input of players and programs is read; data that comes back from storage and queues is not read strictly.
 */

/** Edit distance: letters to change, add, drop or swap with the next. Stops early when the lengths differ by more than `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + other);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Ignores case, `_` and `-`: `stop_loss` is probably meant for `stopLoss`. */
const plain = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, "");

/** The closest known name, or null when none is close. */
export function meant(name: string, known: readonly string[]): string | null {
  if (name.length > 60) return null;
  const wanted = plain(name);
  const most = wanted.length < 4 ? 1 : 2;
  let best: { readonly one: string; readonly far: number } | null = null;
  for (const one of known) {
    const far = distance(wanted, plain(one), most);
    if (far <= most && far < Math.min(plain(one).length, wanted.length) && far < (best?.far ?? most + 1)) {
      best = { one, far };
    }
  }
  return best?.one ?? null;
}

const headOf = (name: string): string =>
  `There is no \`${(name.length > 60 ? `${name.slice(0, 60)}…` : name).toWellFormed()}\` here.`;

/** "There is no `autoCashOut` here. Did you mean `autoCashout`?" */
export function unknownField(name: string, known: readonly string[]): string {
  const close = meant(name, known);
  return headOf(name) + (close === null ? "" : ` Did you mean \`${close}\`?`);
}

/** Most fields that are named one by one. */
export const UNKNOWN_MAX = 20;
export const andMore = (n: number): string => `And ${n.toLocaleString("en")} more.`;

/** Splits such a message into the part of each field, for the first `UNKNOWN_MAX` of them. */
export function wordsByKey(message: string, keys: readonly string[]): [key: string, words: string][] {
  const told = keys.slice(0, UNKNOWN_MAX);
  let rest = told.length < keys.length ? message.slice(0, -andMore(keys.length - told.length).length - 1) : message;
  // From the last one, since a name may contain anything: its part ends where the next part begins.
  return told
    .toReversed()
    .map((key): [string, string] => {
      const at = Math.max(0, rest.lastIndexOf(headOf(key)));
      const words = rest.slice(at);
      rest = rest.slice(0, at).trimEnd();
      return [key, words];
    })
    .toReversed();
}

/** The path of a `__proto__` key; null: none. JSON may have this key, but no schema sees it, so it needs a search of its own. */
export function protoPath(value: unknown): readonly string[] | null {
  if (typeof value !== "object" || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const found = name === "__proto__" ? [] : protoPath(inner);
    if (found !== null) return [name, ...found];
  }
  return null;
}

z.config({
  customError: (issue) => {
    if (issue.code !== "unrecognized_keys") return undefined;
    const { keys, inst } = issue;
    const known = inst !== undefined && "shape" in inst._zod.def ? Object.keys(inst._zod.def.shape as object) : [];
    const told = keys.slice(0, UNKNOWN_MAX).map((key) => unknownField(key, known));
    return [...told, ...(told.length < keys.length ? [andMore(keys.length - told.length)] : [])].join(" ");
  },
});
