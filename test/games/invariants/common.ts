import assert from "node:assert/strict";
import type { World } from "../../../rooms/kernel/inputs.ts";
import type { PlayerId, TableStatus, Viewer } from "../../../rooms/game.ts";
import type { Kernel } from "../../../rooms/kernel/state.ts";
import { freeze } from "../../../rooms/kernel/snapshot.ts";
import type { KernelEvent } from "../../../rooms/kernel/room-events.ts";
import { Recent, type Accepted } from "../../../rooms/kernel/command-ids.ts";
import { engineWorld, PLAYERS, type History, type Judged } from "../../kit/history.ts";
import { Random } from "../../kit/random.ts";

/** What the invariants share. */

export const STRANGER = "a stranger" as PlayerId;
export const EVERYONE: readonly PlayerId[] = [...PLAYERS, STRANGER];
export const VIEWERS: readonly Viewer[] = [null, ...EVERYONE];

export const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
export const frozen = (kernel: Kernel): unknown => json(freeze(kernel));
export const last = (history: History): Judged => {
  const judged = history.batches.at(-1);
  assert.ok(judged !== undefined, "nothing was judged");
  return judged;
};

/** How often a invariant met what it is about: a invariant over nothing proves nothing. */
export type Hits = Readonly<Record<string, number>>;

/** One event of the game with the state before and after it. */
export type Step = { readonly before: unknown; readonly event: unknown; readonly after: unknown };

/** What the game is told of the table once this has happened. */
export function statusAfter(table: TableStatus, event: KernelEvent): TableStatus {
  return event.type === "room.notice" && event.status !== "faulted" ? event.status : table;
}

export function* stepsOf({
  game,
  config,
  batches,
}: History): Generator<Step & { readonly table: TableStatus; readonly judged: Judged }> {
  let before = game.rules.initial(config);
  let table: TableStatus = "running";
  for (const judged of batches) {
    for (const wrapped of judged.outcome.events) {
      table = statusAfter(table, wrapped);
      if (wrapped.type !== "game") continue;
      const after = game.rules.evolve(before, wrapped.event);
      yield { before, event: wrapped.event, after, table, judged };
      before = after;
    }
  }
}

export const keyOf = (of: Pick<Accepted, "player" | "id" | "print">): string => `${of.player} ${of.id} ${of.print}`;

/** The engine's world as it was after so many batches. */
export function worldAfter(history: History, batches: number): World {
  const recent = new Recent();
  const taken = new Set<string>();
  for (const { outcome } of history.batches.slice(0, batches)) {
    for (const accepted of outcome.accepted) recent.add(accepted);
    for (const id of outcome.messages) taken.add(id);
    recent.evict(outcome.at);
  }
  return engineWorld(history.game, history.seeds, recent, new Random(1), taken);
}
