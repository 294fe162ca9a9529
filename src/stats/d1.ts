import type { PlayerId } from "../../rooms/game.ts";
import { boardOf } from "./d1-board.ts";
import { checksumOf } from "./d1-checksum.ts";
import { daysOf, historyOf, statsOf } from "./d1-player.ts";
import type { Facts, ReadModel } from "./model.ts";

/**
 * The read model on D1 (migrations/). Facts are passed as JSON, a parameter for each kind, and all in one batch, which D1 commits
 * atomically; triggers maintain the sums. A result writes nine rows, a change one to three, a persona one or two, a batch one
 * more.
 */
export function d1Model(db: D1Database): ReadModel {
  return {
    project: async (facts, now) => {
      const statements = projection(db, facts, now);
      if (statements.length > 0) await db.batch(statements);
    },
    stats: async (player, period, game, now) => statsOf(db, player, period, game, now),
    days: async (player, days, now) => daysOf(db, player, days, now),
    history: async (player, game, before, limit) => historyOf(db, player, game, before, limit),
    board: async (board, period, limit, around, now) => boardOf(db, { board, period, limit, around, now }),
    has: async (player, room, round) => {
      const sql = "SELECT 1 FROM result WHERE player = ? AND room = ? AND round = ?";
      return (await db.prepare(sql).bind(player, room, round).first()) !== null;
    },
    freshness: async () => {
      const sql = "SELECT projected_at AS projectedAt, lag_ms AS lagMs FROM freshness";
      return (await db.prepare(sql).first<{ projectedAt: number; lagMs: number }>()) ?? { projectedAt: null, lagMs: 0 };
    },
    checksum: async () => checksumOf(db),
    known: async (cursor) => {
      const sql = "SELECT player FROM persona WHERE player > ? ORDER BY player LIMIT ?";
      const { results } = await db
        .prepare(sql)
        .bind(cursor ?? "", KNOWN_PAGE)
        .all<{ player: PlayerId }>();
      const players = results.map(({ player }) => player);
      return { players, next: players.length < KNOWN_PAGE ? null : (players.at(-1) ?? null) };
    },
    clear: async () => {
      await db.batch(TABLES.map((table) => db.prepare(`DELETE FROM ${table}`)));
    },
    ping: async () => {
      await db.prepare("SELECT 1").first();
    },
  };
}

const TABLES = ["result", "change", "persona", "total", "standing", "span", "freshness"] as const;

const KNOWN_PAGE = 1_000;

/** Facts in one parameter; D1 allows two megabytes for it. */
const CHUNK = 5_000;

// SQLite needs `WHERE true` here: without it the parser takes ON CONFLICT for a join condition.
export const INSERT = {
  results: `INSERT INTO result (player, at, room, round, game, staked, returned, apart)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7 FROM json_each(?)
    WHERE true ON CONFLICT DO NOTHING`,
  changes: `INSERT INTO change (player, entry, kind, amount, at)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)
    WHERE true ON CONFLICT DO NOTHING`,
  personas: `INSERT INTO persona (player, name, hidden, version)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)
    WHERE true ON CONFLICT (player) DO UPDATE SET name = excluded.name, hidden = excluded.hidden, version = excluded.version
    WHERE excluded.version > version`,
  freshness: `INSERT INTO freshness (one, projected_at, lag_ms) VALUES (1, ?, ?)
    ON CONFLICT (one) DO UPDATE SET projected_at = excluded.projected_at, lag_ms = excluded.lag_ms
    WHERE excluded.projected_at >= projected_at`,
} as const;

type Row = readonly (string | number)[];

/** The statements that store the facts; none if there are no facts. */
function projection(db: D1Database, { results, changes, personas }: Facts, now: number): D1PreparedStatement[] {
  if (results.length + changes.length + personas.length === 0) return [];
  const oldest = [...results, ...changes].reduce((least, { at }) => Math.min(least, at), now);
  const insert = (sql: string, rows: readonly Row[]): D1PreparedStatement[] =>
    chunks(rows).map((chunk) => db.prepare(sql).bind(JSON.stringify(chunk)));
  return [
    ...insert(
      INSERT.results,
      results.map((one) => [
        one.player,
        one.at,
        one.room,
        one.round,
        one.game,
        one.staked,
        one.returned,
        Number(one.apart === true),
      ]),
    ),
    ...insert(
      INSERT.changes,
      changes.map((one) => [one.player, one.entry, one.kind, one.amount, one.at]),
    ),
    ...insert(
      INSERT.personas,
      personas.map((one) => [one.player, one.name, Number(one.hidden), one.version]),
    ),
    db.prepare(INSERT.freshness).bind(now, now - oldest),
  ];
}

function chunks<T>(all: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / CHUNK) }, (_, i) => all.slice(i * CHUNK, (i + 1) * CHUNK));
}
