import * as z from "zod";
import type { PlayerId } from "../../rooms/game.ts";
import {
  DAY_MS,
  STREAK_ROUNDS,
  dayOf,
  rangeOf,
  spanOf,
  type Board,
  type Day,
  type Freshness,
  type HistoryPage,
  type Line,
  type Place,
  type ReadModel,
  type Result,
  type Stats,
} from "./model.ts";
import { streaksOf } from "./streaks.ts";
import { batchesOf } from "./upstash-batch.ts";
import { checksumOf } from "./upstash-checksum.ts";
import { PREFIX, keys, personaOf, resultOf, sumOf, totalsOf } from "./upstash-keys.ts";
import { BOARD, DAYS, PROJECT, STATS } from "./upstash-scripts.ts";
import { Store, script } from "./upstash-store.ts";

const [projecting, stats, days, board] = [script(PROJECT), script(STATS), script(DAYS), script(BOARD)];

/** Script runs in one request; Upstash allows ten megabytes. More than 40,000 facts are split into parts, each of them atomic. */
const CALLS = 40;

const texts = z.array(z.string());
const gaps = z.array(z.string().nullable());
const boardAnswer = z.tuple([z.number(), z.number(), z.number(), texts, gaps]);

/**
 * The read model on Upstash Redis, over its REST API. Each call is one round trip, except `checksum` and `clear`. Upstash also
 * bills the commands within a script: in a batch of a hundred players' results each result costs five to six, a single one about
 * thirty.
 */
export function upstashModel(url: string, token: string): ReadModel {
  const store = new Store(url, token);
  return {
    project: async (facts, now) => {
      const calls = batchesOf(facts, now).map((batch) => ({
        script: projecting,
        keys: [],
        args: [PREFIX, JSON.stringify(batch)],
      }));
      for (let from = 0; from < calls.length; from += CALLS) await store.run(calls.slice(from, from + CALLS));
    },

    stats: async (player, period, game, now): Promise<Stats> => {
      const { from, to } = rangeOf(period, now);
      const fields = period === "all" ? ["all"] : daysFrom(from / DAY_MS, (to - from) / DAY_MS);
      const [answer] = await store.run([
        {
          script: stats,
          keys: [keys.sums(player), keys.results(player, game)],
          args: [game ?? "", String(from), String(to), String(STREAK_ROUNDS), ...fields],
          readOnly: true,
        },
      ]);
      const [rows, outcomes] = z.tuple([z.array(gaps), z.string()]).parse(answer);
      const games = rows.map(([name, ...sums]) => [name ?? "", sumOf(sums.map(totalsOf))] as const);
      const played = games.filter(([, { rounds }]) => rounds > 0);
      return {
        total: sumOf(played.map(([, totals]) => totals)),
        games: Object.fromEntries(played),
        streaks: streaksOf(outcomes.split("").reverse()),
      };
    },

    days: async (player, count, now): Promise<readonly Day[]> => {
      const from = Math.floor(now / DAY_MS) - count + 1;
      const args = [String(from), String(count)];
      const [answer] = await store.run([{ script: days, keys: [keys.sums(player)], args, readOnly: true }]);
      const [first, before, rows] = z.tuple([z.string().nullable(), z.string(), z.array(texts)]).parse(answer);
      if (first === null) return [];
      let balance = Number(before);
      const all = rows.map(([moved, ...games], i) => {
        balance += Number(moved);
        return { day: dayOf((from + i) * DAY_MS), ...sumOf(games.map(totalsOf)), balance };
      });
      return all.slice(Math.max(0, Number(first) - from));
    },

    history: async (player, game, before, limit): Promise<HistoryPage> => {
      const key = keys.results(player, game);
      // Results older than the cursor, and those of the same instant, some of which may come after it.
      const [older, level] = await store.ask(async (redis) => {
        const newest = { byScore: true, rev: true, withScores: true } as const;
        const asked = redis.pipeline();
        const top = before === null ? "+inf" : (`(${before.at}` as const);
        asked.zrange(key, top, "-inf", { ...newest, offset: 0, count: limit + 1 });
        if (before !== null) asked.zrange(key, before.at, before.at, newest);
        return asked.exec<unknown[]>();
      });
      const found = [...resultsOf(player, level ?? []), ...resultsOf(player, older)];
      const below = before === null ? found : found.filter((one) => isBelow(one, before));
      const results = below.slice(0, limit);
      const last = results.at(-1);
      const next = last && below.length > limit ? { at: last.at, room: last.room, round: last.round } : null;
      return { results, next };
    },

    board: async (name, period, limit, around, now) => {
      const span = spanOf(period, now);
      const [answer] = await store.run([
        {
          script: board,
          keys: [keys.board(name, span), keys.standings(span), keys.personas, keys.sums(around ?? "")],
          args: [String(limit), around ?? "", VALUES[name]],
          readOnly: around === null,
        },
      ]);
      const [players, place, rank, scores, personas] = boardAnswer.parse(answer);
      return { lines: linesOf(place, rank, scores, personas), players };
    },

    has: async (player, room, round) =>
      (await store.ask(async (redis) => redis.sismember(keys.seen(player), keys.round(room, round)))) === 1,

    freshness: async (): Promise<Freshness> => {
      const fresh = await store.ask(async (redis) => redis.get<string>(keys.fresh));
      const [at, lag] = fresh?.split(" ") ?? [];
      return at === undefined ? { projectedAt: null, lagMs: 0 } : { projectedAt: Number(at), lagMs: Number(lag) };
    },

    checksum: async () => checksumOf(store),

    known: async (cursor) => {
      const answer = await store.ask(async (redis) => redis.hscan(keys.personas, cursor ?? "0", { count: 1_000 }));
      const [next, rows] = z.tuple([z.string(), texts]).parse(answer);
      const players = rows.filter((_, i) => i % 2 === 0) as PlayerId[]; // as they were written
      return { players, next: next === "0" ? null : next };
    },

    clear: async () =>
      store.ask(async (redis) => {
        let cursor = "0";
        do {
          const [next, found] = await redis.scan(cursor, { match: `${PREFIX}*`, count: 1_000 });
          if (found.length > 0) await redis.unlink(...found);
          cursor = next;
        } while (cursor !== "0");
      }),

    ping: async () => {
      await store.ask(async (redis) => redis.ping());
    },
  };
}

/** Where BOARD finds a hidden player's value: its index in the standing; 0: the balance. */
const VALUES: Readonly<Record<Board, string>> = { balance: "0", profit: "1", wagered: "2", "biggest-win": "3" };

const daysFrom = (first: number, count: number): string[] => Array.from({ length: count }, (_, i) => String(first + i));

/** `scores`: alternating players and negated values. `place`, from 0, and `rank` are those of the first line. */
function linesOf(place: number, rank: number, scores: readonly string[], personas: readonly (string | null)[]): Line[] {
  const lines: Line[] = [];
  for (const [i, persona] of personas.entries()) {
    const player = (scores[2 * i] ?? "") as PlayerId; // as it was written
    const value = 0 - Number(scores[2 * i + 1]);
    const above = lines.at(-1);
    const equal = above?.value === value ? above.rank : i === 0 ? rank : place + i + 1;
    lines.push({ rank: equal, player, name: persona === null ? player : personaOf(player, persona).name, value });
  }
  return lines;
}

/** Reads results from a list of alternating lines and times. */
function resultsOf(player: PlayerId, answer: unknown): Result[] {
  const found = texts.parse(answer);
  return Array.from({ length: found.length / 2 }, (_, i) =>
    resultOf(player, found[2 * i] ?? "", Number(found[2 * i + 1])),
  );
}

const isBelow = (one: Place, place: Place): boolean =>
  one.at < place.at ||
  (one.at === place.at && (one.room < place.room || (one.room === place.room && one.round < place.round)));
