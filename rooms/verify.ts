import * as z from "zod/mini";
import { NotARecord, parseAs, type AnyRound } from "./fair/check.ts";
import { readBy, verifyBy, type AnyChecker, type Known, type Verdict } from "./fair/verify.ts";
import { entryOf } from "./games.ts";
import { differWords, readRecordNames } from "./kit/names.ts";

export { NotARecord } from "./fair/check.ts";
export type { Known, Verdict } from "./fair/verify.ts";

/** Verifies finished rounds of any registered game from their records. A page of a single game loads fair/verify.ts instead. */

/** Throws `NotARecord` when the value is not the public record of a round of a registered game. */
export function readRound(value: unknown): AnyRound {
  const record = readRecordNames(value).value;
  return readBy(checkerOf(record), record);
}

/**
 * Recomputes a finished round from its public record. The record alone shows that its parts agree. That the commitment was
 * published before the bets takes a copy of it seen then (`known.commitment`). Throws `NotARecord` when the value is not a
 * record.
 */
export function verify(value: unknown, known: Known = {}): Verdict {
  const { value: record, differ } = readRecordNames(value);
  const verdict = verifyBy(checkerOf(record), record, known);
  if (differ.length === 0) return verdict;
  const says = differ.map(differWords).join(" ");
  const names = { id: "names", title: "Each field has one value", ok: false, says, facts: [] };
  return { ...verdict, ok: false, steps: [names, ...verdict.steps] };
}

const roomed = z.object({ room: z.string() });

function checkerOf(value: unknown): AnyChecker {
  const { room } = parseAs(roomed, value, "");
  const entry = entryOf(room);
  if (entry === undefined) throw new NotARecord(`room is "${room}", and no game of that name is known here`);
  return entry.checker;
}

/** Faults in a list of rounds: a secret used in two rounds; if `whole`, also missing round numbers. Empty: none found. */
export function listFaults(rounds: readonly AnyRound[], whole: boolean): readonly string[] {
  const faults: string[] = [];
  const secrets = new Map<string, string>();
  const byRoom = new Map<string, Set<number>>();
  for (const { room, round, proof } of rounds) {
    const name = `${room} round ${round}`;
    const what = proof.scheme === "seed" ? "the seed" : "a deck";
    const used = proof.scheme === "seed" ? [proof.seed] : proof.roots;
    const other = used.map((secret) => secrets.get(secret)).find((found) => found !== undefined && found !== name);
    if (other !== undefined) faults.push(`${name} has ${what} of ${other}, which was known by then`);
    for (const secret of used) secrets.set(secret, secrets.get(secret) ?? name);
    byRoom.set(room, (byRoom.get(room) ?? new Set()).add(round));
  }
  if (!whole) return faults;
  for (const [room, numbers] of byRoom) {
    const sorted = [...numbers].sort((a, b) => a - b);
    for (const [i, n] of sorted.entries()) {
      const before = sorted[i - 1];
      if (before !== undefined && n !== before + 1) faults.push(`${room} has no round between ${before} and ${n}`);
    }
  }
  return faults;
}
