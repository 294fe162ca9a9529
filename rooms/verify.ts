import * as z from "zod/mini";
import { NotARecord, parseAs, type AnyRound } from "./fair/check.ts";
import { readBy, verifyBy, type AnyChecker, type Known, type Verdict } from "./fair/verify.ts";
import { entryOf } from "./games.ts";
import { differWords, readRecordNames } from "./kit/names.ts";

export { NotARecord } from "./fair/check.ts";
export type { Known, Verdict } from "./fair/verify.ts";

/** Finished rounds of any game of the registry, checked by whoever has their records. A page of one game loads fair/verify.ts. */

/** Throws `NotARecord` when the value is not the public record of a round of a game that is known here. */
export function readRound(value: unknown): AnyRound {
  const record = readRecordNames(value).value;
  return readBy(checkerOf(record), record);
}

/**
 * Recomputes a finished round from its public record. The record alone shows that its parts agree: that the commitment was out
 * before the bets is known only to somebody who saw it then (`known.commitment`). Throws `NotARecord` when the value is none.
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

/** Why a list of rounds of one room is not what a room gives out: secrets used twice, or numbers left out. Empty: nothing found. */
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
