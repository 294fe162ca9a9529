import assert from "node:assert/strict";
import type { Json, PlayerId } from "../../../rooms/game.ts";
import type { KernelEvent } from "../../../rooms/kernel/room-events.ts";
import type { Accepted } from "../../../rooms/kernel/command-ids.ts";
import type { AnyFixture, Oracle } from "../../games/fixtures.ts";
import { statusAfter } from "../../games/invariants/common.ts";

/** What everybody must own, from the journal and the oracle alone; and which commands have had their effect. */
export class Books {
  readonly #world: AnyFixture;
  readonly #config: Json;
  readonly #given: ReadonlyMap<PlayerId, number>;
  #oracle: Oracle<unknown>;
  /** What each player was given, and won and lost since. */
  readonly #due = new Map<PlayerId, number>();
  readonly #ids = new Set<string>();

  constructor(world: AnyFixture, config: Json, given: ReadonlyMap<PlayerId, number>) {
    this.#world = world;
    this.#config = config;
    this.#given = given;
    this.#oracle = world.oracle(config);
    this.rewrite([]);
  }

  due(player: PlayerId): number {
    return this.#due.get(player) ?? 0;
  }

  /** One more commit. Throws when the rules do not allow it, or when a command has its effect a second time. */
  enter({ events, ids }: { readonly events: readonly KernelEvent[]; readonly ids: readonly Accepted[] }): void {
    for (const event of events) {
      if (event.type === "room.faulted") this.#profit(this.#oracle.faulted?.(new Map(event.refunds)));
      if (event.type === "room.notice") this.#oracle.table?.(statusAfter("running", event));
      if (event.type === "game") this.#profit(this.#oracle.see(event.event).profits);
    }
    for (const { player, id } of ids) {
      assert.ok(!this.#ids.has(`${player} ${id}`), `${id} of ${player} was accepted twice`);
      this.#ids.add(`${player} ${id}`);
    }
  }

  #profit(profits: ReadonlyMap<PlayerId, number> = new Map()): void {
    for (const [player, profit] of profits) this.#due.set(player, this.due(player) + profit);
  }

  /** From the beginning: commits were lost, and what was won and lost in them never was. */
  rewrite(rows: Iterable<Parameters<Books["enter"]>[0]>): void {
    this.#oracle = this.#world.oracle(this.#config);
    this.#ids.clear();
    this.#due.clear();
    for (const [player, amount] of this.#given) this.#due.set(player, amount);
    for (const row of rows) this.enter(row);
  }
}
