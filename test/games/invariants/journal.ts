import assert from "node:assert/strict";
import { replay } from "../../../rooms/kernel/engine.ts";
import type { Json, Ms } from "../../../rooms/game.ts";
import { create } from "../../../rooms/kernel/state.ts";
import { freeze, thaw } from "../../../rooms/kernel/snapshot.ts";
import type { KernelEvent } from "../../../rooms/kernel/room-events.ts";
import type { History } from "../../kit/history.ts";
import { frozen, json, last, stepsOf } from "./common.ts";

/** Invariants of the journal: what is replayed, woken and read again is what was. */

type Row = { readonly at: Ms; readonly events: readonly KernelEvent[] };

/** As the journal writes and reads them: through JSON, each event of the game through its own schema. */
function rowsOf({ game, batches }: History): Row[] {
  return batches
    .filter(({ outcome }) => outcome.events.length > 0)
    .map(({ outcome }) => {
      const row = json({ at: outcome.at, events: outcome.events }) as Row; // what was just written
      const events = row.events.map((e) => (e.type === "game" ? { ...e, event: game.event.parse(e.event) } : e));
      return { at: row.at, events };
    });
}

/** replay(journal) equals the room, from its beginning and from a frozen snapshot at any point. */
export function replays(history: History): void {
  const { game, config, room, batches } = history;
  const rows = rowsOf(history);
  const end = last(history).outcome.kernel;
  // A batch without events is not journaled: only how far time had come is forgotten with it.
  const expected = { ...(frozen(end) as object), at: rows.at(-1)?.at };
  assert.deepEqual(frozen(replay(create(game, room, config), rows, game)), expected, "replay from the beginning");
  const journaled = batches.filter(({ outcome }) => outcome.events.length > 0);
  for (const [i, { outcome }] of journaled.entries()) {
    if (i % 7 !== history.seed % 7) continue;
    const snapshot = JSON.parse(JSON.stringify(freeze(outcome.kernel))) as Json;
    const woken = thaw(snapshot, (state) => state);
    assert.deepEqual(frozen(woken), frozen(outcome.kernel), "a snapshot thaws to what was frozen");
    assert.deepEqual(frozen(replay(woken, rows.slice(i + 1), game)), expected, `replay from a snapshot after row ${i}`);
  }
}

/** Judging or replaying changes nothing in place: what is held from before stays as it was. */
export function forks(history: History): void {
  for (const { before, frozen } of history.batches) {
    assert.ok(JSON.stringify(freeze(before)) === frozen, "a batch changed the room that it began with");
  }
}

/** State survives JSON. */
export function survivesJson(history: History): void {
  for (const { outcome } of history.batches) {
    assert.deepEqual(json(outcome.kernel.state), outcome.kernel.state, "the game's state survives JSON");
  }
}

/** Every journaled event parses to itself, and evolve throws on none of them, not even in another state than its own. */
export function eventsAreRead(history: History): void {
  const { game } = history;
  const states = history.batches.filter((_, i) => i % 13 === 0).map(({ outcome }) => outcome.kernel.state);
  let n = 0;
  for (const { event } of stepsOf(history)) {
    assert.deepEqual(game.event.parse(json(event)), event, "an event parses to itself");
    const state = states[n++ % states.length];
    assert.doesNotThrow(() => game.rules.evolve(state, event), "evolve throws on no journaled event");
  }
}
