import type { PlayerId } from "../../rooms/game.ts";
import {
  DAY_MS,
  dayOf,
  rangeOf,
  STREAK_ROUNDS,
  type Day,
  type HistoryPage,
  type Period,
  type Place,
  type Result,
  type Stats,
  type Totals,
} from "./model.ts";
import { streaksOf } from "./streaks.ts";

/** A single player's statistics, chart and history on D1. */

const NOTHING: Totals = { rounds: 0, wagered: 0, returned: 0, won: 0, biggestWin: 0 };

const SUMS = `sum(rounds) AS rounds, sum(wagered) AS wagered, sum(returned) AS returned, sum(won) AS won,
  max(biggest) AS biggestWin`;

const add = (a: Totals, b: Totals): Totals => ({
  rounds: a.rounds + b.rounds,
  wagered: a.wagered + b.wagered,
  returned: a.returned + b.returned,
  won: a.won + b.won,
  biggestWin: Math.max(a.biggestWin, b.biggestWin),
});

export async function statsOf(
  db: D1Database,
  player: PlayerId,
  period: Period,
  game: string | null,
  now: number,
): Promise<Stats> {
  const { from, to } = rangeOf(period, now);
  const [first, last] = period === "all" ? ["", "9"] : [dayOf(from), dayOf(to - 1)];
  const totals = db
    .prepare(
      `SELECT game, ${SUMS} FROM total
       WHERE player = ?1 AND day BETWEEN ?2 AND ?3 AND (?4 IS NULL OR game = ?4) GROUP BY game ORDER BY game`,
    )
    .bind(player, first, last, game);
  const outcomes = db
    .prepare(
      `SELECT group_concat(outcome, '' ORDER BY at, room, round) AS outcomes FROM (
         SELECT at, room, round, CASE sign(returned - staked) WHEN 1 THEN 'W' WHEN -1 THEN 'L' ELSE 'E' END AS outcome
         FROM result WHERE player = ?1 AND at >= ?2 AND at < ?3 AND (?4 IS NULL OR game = ?4)
         ORDER BY at DESC, room DESC, round DESC LIMIT ${STREAK_ROUNDS})`,
    )
    .bind(player, from, to, game);
  const [sums, run] = await db.batch<Totals & { game: string } & { outcomes: string | null }>([totals, outcomes]);
  const games = Object.fromEntries((sums?.results ?? []).map(({ game: name, ...total }) => [name, total]));
  return {
    total: Object.values(games).reduce(add, NOTHING),
    games,
    streaks: streaksOf(run?.results[0]?.outcomes ?? ""),
  };
}

type Sum = { day: string; amount: number };

export async function daysOf(db: D1Database, player: PlayerId, days: number, now: number): Promise<Day[]> {
  const totals = db.prepare(`SELECT day, ${SUMS} FROM total WHERE player = ? GROUP BY day ORDER BY day`).bind(player);
  const changes = db
    .prepare(
      `SELECT strftime('%Y-%m-%d', at / 1000, 'unixepoch') AS day, sum(amount) AS amount
       FROM change WHERE player = ? GROUP BY 1 ORDER BY 1`,
    )
    .bind(player);
  const [sums, sent] = await db.batch<Totals & Sum>([totals, changes]);
  const played = new Map((sums?.results ?? []).map(({ day, ...total }): [string, Totals] => [day, total]));
  const came = new Map((sent?.results ?? []).map(({ day, amount }) => [day, amount]));
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const start = dayOf(today - (days - 1) * DAY_MS);
  const known = [...played.keys(), ...came.keys()].toSorted();
  const first = known[0];
  if (first === undefined) return [];
  const moved = (day: string): number => {
    const { returned, wagered } = played.get(day) ?? NOTHING;
    return returned - wagered + (came.get(day) ?? 0);
  };
  let balance = [...new Set(known)].filter((day) => day < start).reduce((sum, day) => sum + moved(day), 0);
  const shown: Day[] = [];
  for (let i = days - 1; i >= 0; i -= 1) {
    const day = dayOf(today - i * DAY_MS);
    balance += moved(day);
    if (day >= first) shown.push({ day, balance, ...(played.get(day) ?? NOTHING) });
  }
  return shown;
}

export async function historyOf(
  db: D1Database,
  player: PlayerId,
  game: string | null,
  before: Place | null,
  limit: number,
): Promise<HistoryPage> {
  const { at, room, round } = before ?? { at: Number.MAX_SAFE_INTEGER, room: "", round: 0 };
  const { results: found } = await db
    .prepare(
      `SELECT player, room, game, round, at, staked, returned FROM result
       WHERE player = ?1 AND (?2 IS NULL OR game = ?2) AND (at, room, round) < (?3, ?4, ?5)
       ORDER BY at DESC, room DESC, round DESC LIMIT ?6`,
    )
    .bind(player, game, at, room, round, limit + 1)
    .all<Result>();
  const results = found.slice(0, limit);
  const last = results.at(-1);
  const more = found.length > limit && last !== undefined;
  return { results, next: more ? { at: last.at, room: last.room, round: last.round } : null };
}
