import type { Commitment } from "../../rooms/kernel/table.ts";
import { kept } from "../ui/kept.ts";

/**
 * Stores the commitments that this browser was shown, and when. A later proof can be compared with what was really seen before
 * the bets, and not only with what the server says it published.
 */

export type Sight = { readonly hash: string; readonly at: number };

const KEPT = 200;
const key = (room: string): string => `croupier.seen.${room}`;
let latest = "";

export function remember(room: string, commitments: readonly Commitment[]): void {
  const mark = `${room} ${commitments.map(({ hash }) => hash).join()}`;
  if (mark === latest) return;
  latest = mark;
  const seen = read(room);
  for (const { round, hash } of commitments) seen.set(round, seen.get(round) ?? { hash, at: Date.now() });
  const newest = [...seen].sort(([a], [b]) => a - b).slice(-KEPT);
  kept.set(key(room), JSON.stringify(newest));
}

/** The commitment this browser was shown for the round; null if it was not at the table. */
export function seenFor(room: string, round: number): Sight | null {
  return read(room).get(round) ?? null;
}

function read(room: string): Map<number, Sight> {
  const stored = kept.json(key(room));
  return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
}

function isEntry(value: unknown): value is [number, Sight] {
  if (!Array.isArray(value) || typeof value[0] !== "number") return false;
  const sight: unknown = value[1];
  return (
    typeof sight === "object" && sight !== null && "hash" in sight && typeof sight.hash === "string" && "at" in sight
  );
}
