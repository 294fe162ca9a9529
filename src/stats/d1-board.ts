import type { PlayerId } from "../../rooms/game.ts";
import { spanOf, windowAround, type Board, type BoardPage, type Line, type Period } from "./model.ts";

/** The boards on D1. Boards of all time are read from indexes; those of a day or week by sorting the standings of its players. */

export type Asked = {
  readonly board: Board;
  readonly period: Period;
  readonly limit: number;
  readonly around: PlayerId | null;
  readonly now: number;
};

type Row = Omit<Line, "rank">;
/** `better`: how many players have more; `tied`: how many with the same value come before this player by their id. */
type Own = Row & { readonly hidden: number; readonly better: number; readonly tied: number };
type Found = Row & Own & { readonly players: number; readonly above: number };

export async function boardOf(db: D1Database, asked: Asked): Promise<BoardPage> {
  const { limit, around } = asked;
  const words = wordsOf(asked);
  const count = db.prepare(words.count);
  if (around === null) {
    const [counted, top] = await db.batch<Found>([count, db.prepare(words.top).bind(limit)]);
    const rows = top?.results ?? [];
    return { lines: ranked(rows, 0, 0), players: counted?.results[0]?.players ?? 0 };
  }
  const [counted, own, before, behind, beyond] = await db.batch<Found>([
    count,
    db.prepare(words.own).bind(around),
    db.prepare(words.before).bind(around, limit),
    db.prepare(words.behind).bind(around, limit),
    db.prepare(words.beyond).bind(around, limit),
  ]);
  const players = counted?.results[0]?.players ?? 0;
  const me = own?.results[0];
  if (me === undefined) return { lines: [], players };
  const place = me.better + me.tied;
  const above = before?.results.toReversed() ?? [];
  const lines = ranked(
    [...above, me, ...(behind?.results ?? [])],
    place - above.length,
    beyond?.results[0]?.above ?? 0,
  );
  const start = windowAround(place, players + me.hidden, limit) - (place - above.length);
  return { lines: lines.slice(start, start + limit), players };
}

/** Adds ranks to rows that are in order. The first row is at `place`, from 0, and `better` players have more than it. */
function ranked(rows: readonly Row[], place: number, better: number): Line[] {
  let rank = better + 1;
  return rows.map(({ player, name, value }, i) => {
    const previous = rows[i - 1];
    if (previous !== undefined && previous.value !== value) rank = place + i + 1;
    return { rank, player, name, value };
  });
}

const COLUMNS = { balance: "balance", profit: "profit", wagered: "wagered", "biggest-win": "biggest" } as const;

/**
 * The SQL statements. `?1` is the player to centre on, and the last parameter the limit. The span is computed here, so inserting
 * it as text is safe. Indexes are named because SQLite would not always choose them over a scan of all players.
 */
function wordsOf({ board, period, now }: Asked) {
  const span = spanOf(period, now);
  const column = COLUMNS[board];
  // The current balance is stored in the standing of all time only.
  const elsewhere = board === "balance" && period !== "all";
  const value = `${elsewhere ? "a" : "s"}.${column}`;
  const from = (index: string): string => `FROM standing s ${index}
    ${elsewhere ? "JOIN standing a ON a.span = 'all' AND a.player = s.player" : ""}
    LEFT JOIN persona p ON p.player = s.player`;
  const everybody = from(period === "all" ? `INDEXED BY standing_${column}` : "");
  const here = `s.span = '${span}'`;
  const shown = `${here} AND p.hidden IS NOT 1`;
  const row = `s.player, coalesce(p.name, s.player) AS name, ${value} AS value`;
  const mine = `(SELECT ${value} ${from("")} WHERE ${here} AND s.player = ?1)`;
  const before = `SELECT ${row} ${everybody}
    WHERE ${shown} AND ${value} >= ${mine} AND (${value} > ${mine} OR s.player < ?1)
    ORDER BY ${value}, s.player DESC LIMIT ?2 - 1`;
  return {
    count: `SELECT players - (
        SELECT count(*) FROM persona p INDEXED BY persona_hidden CROSS JOIN standing s ON s.player = p.player AND ${here}
        WHERE p.hidden = 1) AS players
      FROM span WHERE span = '${span}'`,
    top: `SELECT ${row} ${everybody} WHERE ${shown} ORDER BY ${value} DESC, s.player LIMIT ?1`,
    own: `SELECT ${row}, coalesce(p.hidden, 0) AS hidden,
        (SELECT count(*) ${everybody} WHERE ${shown} AND ${value} > ${mine}) AS better,
        (SELECT count(*) ${everybody} WHERE ${shown} AND ${value} = ${mine} AND s.player < ?1) AS tied
      ${from("")} WHERE ${here} AND s.player = ?1`,
    before,
    behind: `SELECT ${row} ${everybody}
      WHERE ${shown} AND ${value} <= ${mine} AND (${value} < ${mine} OR s.player > ?1)
      ORDER BY ${value} DESC, s.player LIMIT ?2 - 1`,
    beyond: `SELECT count(*) AS above ${everybody}
      WHERE ${shown} AND ${value} > (SELECT coalesce(max(value), ${mine}) FROM (${before}))`,
  };
}
