import { expect, test } from "vitest";
import type { Outcome, World } from "../../rooms/kernel/inputs.ts";
import { run } from "../../rooms/kernel/engine.ts";
import type { AnyGame, Ms, PlayerId } from "../../rooms/game.ts";
import { create, type Kernel } from "../../rooms/kernel/state.ts";
import { freeze, thaw } from "../../rooms/kernel/snapshot.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { roulette } from "../../rooms/roulette/index.ts";
import { emptyTable, foldTable, TABLE_PLAYERS_MAX, type Table } from "../../rooms/kernel/table.ts";

const game: AnyGame = roulette;

/** A room into which people come and from which they go. `seen` is the table as a page has folded it. */
class Door {
  kernel: Kernel = create(game, "roulette:test", game.config.parse({}));
  seen: Table = emptyTable;
  #now = 1_000_000;
  readonly #world: World = {
    game,
    recent: new Recent(),
    buyIn: 1_000,
    graceMs: 20_000,
    taken: () => false,
    seedOf: () => "ab".repeat(32),
    freshSeed: () => "ab".repeat(32),
  };

  #judge(n: number, online: boolean): Outcome<null> {
    this.#now += 10;
    const input = { type: "presence" as const, player: playerOf(n), name: `P${n}`, online };
    const at = this.#now as Ms;
    const outcome = run(this.kernel, new Map(), [{ at, token: null, input }], at, this.#world);
    this.kernel = outcome.kernel;
    for (const shown of outcome.roomShown) this.seen = foldTable(this.seen, shown);
    return outcome;
  }

  come(...all: number[]): void {
    for (const n of all) this.#judge(n, true);
  }

  go(...all: number[]): void {
    for (const n of all) this.#judge(n, false);
  }

  get names(): string[] {
    return this.seen.players.map(({ name }) => name);
  }
}

const playerOf = (n: number): PlayerId => `p${n}` as PlayerId;
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const namesOf = (all: readonly number[]): string[] => all.map((n) => `P${n}`);

test("of 70 who are there 60 are listed; when 20 of those leave, all of the other 50 are, in the order they came", () => {
  const door = new Door();
  door.come(...range(1, 70));
  expect([door.seen.online, door.names]).toEqual([70, namesOf(range(1, TABLE_PLAYERS_MAX))]);
  door.go(...range(11, 30));
  expect([door.seen.online, door.names]).toEqual([50, namesOf([...range(1, 10), ...range(31, 70)])]);
  expect(door.kernel.table).toEqual(door.seen);
});

test("someone who was not listed leaves the list as it is, and who comes back is behind those who waited", () => {
  const door = new Door();
  door.come(...range(1, 65));
  door.go(63);
  expect([door.seen.online, door.names]).toEqual([64, namesOf(range(1, 60))]);
  door.go(5);
  door.come(5);
  expect(door.names).toEqual(namesOf([...range(1, 4), ...range(6, 61)]));
  door.go(1, 2, 3);
  expect(door.names).toEqual(namesOf([4, ...range(6, 62), 64, 65]));
  door.go(6);
  expect([door.seen.online, door.names.at(-1), door.names.length]).toEqual([60, "P5", 60]);
});

test("a list with gaps, as older rooms have left it, is full again once somebody leaves", () => {
  const door = new Door();
  door.come(...range(1, 8));
  const torn = { ...door.kernel.table, players: door.kernel.table.players.slice(0, 3) };
  door.kernel = thaw(freeze({ ...door.kernel, table: torn }), (state) => state);
  door.seen = torn;
  door.go(2);
  expect([door.seen.online, door.names]).toEqual([7, namesOf([1, 3, 4, 5, 6, 7, 8])]);
});
