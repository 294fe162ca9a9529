import { recordFor } from "../../rooms/kernel/settlement.ts";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { gameOf } from "../../rooms/games.ts";
import { Journal } from "../../rooms/host/journal.ts";
import type { Kernel } from "../../rooms/kernel/state.ts";
import { Recent } from "../../rooms/kernel/command-ids.ts";
import { sqlStorage } from "../chaos/sqlite.ts";

/**
 * Rooms as an earlier version wrote them, from play on a real runtime: paused and resumed on the way, crash with a round called off.
 * `now` is what that version made of them.
 */
type Written = {
  readonly room: string;
  readonly config: unknown;
  readonly epoch: string;
  readonly rows: readonly {
    readonly n: number;
    readonly version: number;
    readonly more: number;
    readonly body: string;
  }[];
  /** As it would have been written while the table was paused. */
  readonly snapshot: { readonly n: number; readonly version: number; readonly body: string };
  readonly records: readonly (StoredRound & {
    readonly open: unknown;
    readonly seen: readonly [PlayerId, unknown][];
  })[];
  readonly now: Now;
};
type StoredRound = { readonly round: number; readonly kept: readonly never[]; readonly [key: string]: unknown };
type Now = {
  readonly players: readonly { readonly player: PlayerId; readonly held: number; readonly seat: unknown }[];
  readonly [key: string]: unknown;
};

const written = (name: string): Written =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/journals", `${name}.json`), "utf8")) as Written;

/** What players are told of their seats since then besides, as it has to be in these rooms. */
const TOLD_SINCE: Readonly<Record<string, object>> = { poker: { mayBuyButton: false } };

const GAMES = ["roulette", "crash", "poker", "lottery"];
const gameNamed = (room: string) => {
  const game = gameOf(room);
  if (game === undefined) throw new Error(`no game for ${room}`);
  return game;
};

/** The file of such a room: with its whole journal, or with the snapshot and what came after. */
function fileOf({ room, config, epoch, rows, snapshot, records }: Written, from: "journal" | "snapshot"): Journal {
  const db = new DatabaseSync(":memory:");
  const journal = new Journal(sqlStorage(db), room, gameNamed(room));
  db.exec("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID");
  const meta = db.prepare("INSERT INTO meta (key, value) VALUES (?, ?)");
  for (const [key, value] of Object.entries({ room, config: JSON.stringify(config), epoch })) meta.run(key, value);
  journal.load(gameNamed(room).stored.parse(config), new Recent()); // makes the tables
  const insert = db.prepare("INSERT INTO journal (n, version, more, body) VALUES (?, ?, ?, ?)");
  for (const { n, version, more, body } of rows) {
    if (from === "journal" || n > snapshot.n) insert.run(n, version, more, body);
  }
  const put = db.prepare("INSERT INTO snapshot (part, n, version, body) VALUES (0, ?, ?, ?)");
  if (from === "snapshot") put.run(snapshot.n, snapshot.version, snapshot.body);
  const keep = db.prepare("INSERT INTO rounds (round, part, body) VALUES (?, 0, ?)");
  for (const { open: _, seen: __, ...stored } of records) keep.run(stored.round, JSON.stringify(stored));
  return journal;
}

/** What everybody can see of the room, and what each player can. */
function seen(room: string, kernel: Kernel, players: readonly PlayerId[]): unknown {
  const game = gameNamed(room);
  const { seq, at, round, house, staked, published, table, purses, leaving, state } = kernel;
  const now = {
    seq,
    at,
    round: round.n,
    house,
    staked,
    published,
    table,
    purses: [...purses],
    leaving: [...leaving],
    view: game.sight.view(state),
    players: players.map((player) => ({
      player,
      held: game.bank.onTable(state, player),
      seat: game.sight.seat(state, player),
    })),
    summary: game.lobby.summary(state),
    deadlines: game.rules.deadlines(state),
  };
  return JSON.parse(JSON.stringify(now));
}

describe.each(GAMES)("a room of %s that an earlier version wrote", (name) => {
  const file = written(name);
  const { room, config, now, records } = file;
  const players = now.players.map(({ player }) => player);

  test.each(["journal", "snapshot"] as const)("is read from its %s as that version had it", (from) => {
    const kernel = fileOf(file, from).load(gameNamed(room).stored.parse(config), new Recent());
    const told = now.players.map((one) => ({ ...one, seat: { ...(one.seat as object), ...TOLD_SINCE[name] } }));
    expect(seen(room, kernel, players)).toEqual({ ...now, players: told });
  });

  test("was paused when its snapshot was written, and is read so", () => {
    const { rows, snapshot } = file;
    const upTo = { ...file, rows: rows.filter(({ n }) => n <= snapshot.n) };
    for (const from of ["journal", "snapshot"] as const) {
      const { table } = fileOf(upTo, from).load(gameNamed(room).stored.parse(config), new Recent());
      expect(table.status).toBe("paused");
    }
  });

  test("gives its finished rounds to everybody and to a player as that version did", () => {
    const journal = fileOf(file, "journal");
    const game = gameNamed(room);
    expect(records.length).toBeGreaterThan(3);
    for (const { round, open, seen: bySeat } of records) {
      const stored = journal.rounds.find(round);
      if (stored === null) throw new Error(`round ${round} is not there`);
      expect(recordFor(game, stored.kept, null)).toEqual(open);
      for (const [player, outcome] of bySeat) expect(recordFor(game, stored.kept, player)).toEqual(outcome);
    }
  });

  test.each(["journal", "snapshot"] as const)("is refused with its version when a newer one wrote its %s", (what) => {
    const version = gameNamed(room).version + 1;
    const newer =
      what === "journal"
        ? { ...file, rows: file.rows.map((row) => ({ ...row, version })) }
        : { ...file, snapshot: { ...file.snapshot, version } };
    const load = () => fileOf(newer, what).load(gameNamed(room).stored.parse(config), new Recent());
    expect(load).toThrow(`${room}: written by version ${version}`);
  });
});
