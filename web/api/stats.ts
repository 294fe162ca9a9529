import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import type { Routes } from "../../src/client/routes.gen.ts";
import { ask } from "./client.ts";

/** Answers of the read model and of the health check. Amounts are integer minor units. */

// ---- shapes ----

const lag = z.object({ projectedAt: z.nullable(z.number()), lagMs: z.number() });
export type Lag = z.infer<typeof lag>;
/** `behind`: the round asked for is not counted yet. */
const fresh = { lag, behind: z.boolean() };

const totals = {
  rounds: z.number(),
  wagered: z.number(),
  returned: z.number(),
  won: z.number(),
  biggestWin: z.number(),
};
export type Totals = z.infer<ReturnType<typeof z.object<typeof totals>>>;

const person = z.object({ id: z.string(), name: z.string() });
const streaks = z.object({ current: z.number(), longestWon: z.number(), longestLost: z.number() });
export type Streaks = z.infer<typeof streaks>;

/** By game; only games with a round in the period. */
const byGame = z.record(z.string(), z.object(totals));
const stats = z.object({ player: person, total: z.object(totals), games: byGame, streaks, ...fresh });
export type Stats = z.infer<typeof stats>;

const day = z.object({ day: z.string(), balance: z.number(), ...totals });
export type Day = z.infer<typeof day>;
const days = z.object({ days: z.array(day), ...fresh });

const bet = z.object({
  room: z.string(),
  game: z.string(),
  round: z.number(),
  at: z.number(),
  staked: z.number(),
  returned: z.number(),
  net: z.number(),
  proof: z.string(),
});
export type Bet = z.infer<typeof bet>;
const history = z.object({ bets: z.array(bet), next: z.nullable(z.string()), ...fresh });

const line = z.object({ rank: z.number(), player: person, value: z.number() });
export type Line = z.infer<typeof line>;
const board = z.object({ span: z.string(), lines: z.array(line), players: z.number(), ...fresh });
export type BoardPage = z.infer<typeof board>;

const check = z.object({
  name: z.string(),
  state: z.enum(["ok", "failing", "down"]),
  ms: z.number(),
  letters: z.optional(z.number()),
  waiting: z.optional(z.number()),
  parked: z.optional(z.number()),
  projectedAt: z.nullish(z.number()),
  lagMs: z.optional(z.number()),
});
export type Check = z.infer<typeof check>;
const report = z.object({
  topic: z.string(),
  direction: z.enum(["to-kafka", "from-kafka"]),
  state: z.enum(["ok", "failing"]),
  records: z.number(),
  lag: z.nullable(z.number()),
  at: z.number(),
});
export const health = z.object({
  status: z.enum(["ok", "failing", "down"]),
  checks: z.array(check),
  bridge: z.optional(z.array(report)),
  at: z.number(),
});
export type Health = z.infer<typeof health>;

// ---- queries ----

export const PERIODS = ["day", "week", "all"] as const;
export type Period = (typeof PERIODS)[number];
export const BOARDS = ["balance", "profit", "wagered", "biggest-win"] as const;
export type Board = (typeof BOARDS)[number];
type Game = NonNullable<NonNullable<Routes["GET /api/players/{id}/stats"]["query"]>["game"]>;
const ME = { id: "me" };

/** `after`: a round that must be counted, `<game>:<id>/<round>`. `who`: the visitor, part of the cache key. */
export function statsQuery(id: string, who: string, period: Period, game: Game | null, after: string | null) {
  return queryOptions({
    queryKey: ["stats", id, who, period, game, after],
    queryFn: ({ signal }) =>
      ask("GET /api/players/{id}/stats", stats, { path: { id }, query: { period, game, after }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function daysQuery(who: string, howMany: number, after: string | null) {
  return queryOptions({
    queryKey: ["days", who, howMany, after],
    queryFn: ({ signal }) =>
      ask("GET /api/players/{id}/days", days, { path: ME, query: { days: howMany, after }, signal }),
    placeholderData: keepPreviousData,
  });
}

export function historyQuery(who: string, game: Game | null, after: string | null, limit = 20) {
  return infiniteQueryOptions({
    queryKey: ["history", who, game, after, limit],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask("GET /api/players/{id}/history", history, { path: ME, query: { game, cursor, limit, after }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export type BoardAsk = {
  readonly board: Board;
  readonly period: Period;
  readonly around: string | null;
  readonly limit: number;
};

export function boardQuery({ board: name, period, around, limit }: BoardAsk, who: string, after: string | null) {
  return queryOptions({
    queryKey: ["board", name, period, around, limit, who, after],
    queryFn: ({ signal }) =>
      ask("GET /api/leaderboards/{board}", board, {
        path: { board: name },
        query: { period, limit, around, after },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}
