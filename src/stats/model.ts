import type { PlayerId } from "../../rooms/game.ts";

/**
 * The read side's port: what players and boards show, projected from the events of topic `settled`. Two adapters stand behind it,
 * D1 (d1.ts) and Upstash Redis (upstash.ts); the contract of test/stats holds both to one contract suite.
 *
 * Every write is idempotent and commutes with every other: the same events, in any order, doubled or split over any batches,
 * make the same model and the same checksum. All amounts are integer minor units; all days and weeks are UTC.
 */

/** A player's sums of one settled round or hand. The key is player, room and round. */
export type Result = {
  readonly player: PlayerId;
  /** `<game>:<id>`. */
  readonly room: string;
  readonly game: string;
  readonly round: number;
  /** When it was settled, epoch milliseconds. */
  readonly at: number;
  readonly staked: number;
  readonly returned: number;
  /** At a table that a player made, or a hand of poker with a guest in it: in that player's own statistics, and on no board. */
  readonly apart?: boolean;
};

/** Chips that came to a player or went from them outside of any table: a grant, an award. The key is player and `entry`. */
export type Change = {
  readonly player: PlayerId;
  /** The number of the entry in the player's statement. */
  readonly entry: number;
  readonly kind: string;
  /** Signed. */
  readonly amount: number;
  readonly at: number;
};

/** What others see of a player; the highest version counts. */
export type Persona = {
  readonly player: PlayerId;
  readonly name: string;
  /** On no board but their own: by their choice, or as a guest. */
  readonly hidden: boolean;
  readonly version: number;
};

export type Facts = {
  readonly results: readonly Result[];
  readonly changes: readonly Change[];
  readonly personas: readonly Persona[];
};

export const PERIODS = ["day", "week", "all"] as const;
export type Period = (typeof PERIODS)[number];

export const BOARDS = ["balance", "profit", "wagered", "biggest-win"] as const;
/**
 * All of the house's own tables alone (`Result.apart`). `balance`: what came from outside of tables, and what was won less what was lost; `profit`: returned less staked; `biggest-win`: the
 * highest profit of one round. Of a day or a week: of its rounds (for `balance`, who played in it, by the balance they have now).
 */
export type Board = (typeof BOARDS)[number];

export type Totals = {
  /** Rounds and hands. */
  readonly rounds: number;
  readonly wagered: number;
  readonly returned: number;
  /** Rounds that returned more than was staked. */
  readonly won: number;
  /** The highest profit of one round; 0: none was won. */
  readonly biggestWin: number;
};

/** Rounds in a row, in the order of `at`, room, round, among the newest `STREAK_ROUNDS` of the period; one that came out even breaks none. */
export type Streaks = {
  /** Positive: won in a row up to now; negative: lost. */
  readonly current: number;
  readonly longestWon: number;
  readonly longestLost: number;
};
export const STREAK_ROUNDS = 10_000;

export type Stats = {
  readonly total: Totals;
  readonly games: Readonly<Record<string, Totals>>;
  readonly streaks: Streaks;
};

/** One day of a player, for charts: the sums of the day, and the balance at its end (of all results and changes until then). */
export type Day = Totals & { readonly day: string; readonly balance: number };

/** Opaque to clients; made by `history` alone. Newest first. */
export type Place = { readonly at: number; readonly room: string; readonly round: number };
export type HistoryPage = { readonly results: readonly Result[]; readonly next: Place | null };

export type Line = {
  /** 1 for the first; equal values have equal ranks, and the ranks after them are left out (1, 2, 2, 4). */
  readonly rank: number;
  readonly player: PlayerId;
  /** The player's id, until their name has been projected. */
  readonly name: string;
  readonly value: number;
};

export type BoardPage = {
  /** Best first; equal values by player id. */
  readonly lines: readonly Line[];
  /** All that are on the board, hidden ones not counted. */
  readonly players: number;
};

export type Freshness = {
  /** When something was last projected; null: never. */
  readonly projectedAt: number | null;
  /** How old the oldest event of that batch was by then, in milliseconds. */
  readonly lagMs: number;
};

export interface ReadModel {
  /** All or nothing, in one round trip. `now`: when, for `freshness`. Rejects when the store does not answer; then it may be tried again. */
  project(facts: Facts, now: number): Promise<void>;
  /** `game` null: of all games, else all of it of that game alone. In `games` are those with a round. A player who is unknown has zeros. */
  stats(player: PlayerId, period: Period, game: string | null, now: number): Promise<Stats>;
  /** The last `days` days up to today, oldest first, without those before the player's first event; days without rounds are in it too. */
  days(player: PlayerId, days: number, now: number): Promise<readonly Day[]>;
  /** Newest first, from below `before`. */
  history(player: PlayerId, game: string | null, before: Place | null, limit: number): Promise<HistoryPage>;
  /**
   * The first `limit` lines; with `around`, the `limit` lines around that player (`windowAround`), who is shown to themselves even when
   * hidden (and then ranked as if they were not). No lines when that player is not on the board.
   */
  board(board: Board, period: Period, limit: number, around: PlayerId | null, now: number): Promise<BoardPage>;
  /** Whether this player's part of this round has been projected. */
  has(player: PlayerId, room: string, round: number): Promise<boolean>;
  freshness(): Promise<Freshness>;
  /**
   * Of everything in it, the same in both adapters: 64 hex digits, the XOR of the SHA-256 of every fact's canonical line and of every
   * total's (checksum.ts). Changes and personas count of those players alone who have a result. `facts`: how many lines, without totals.
   */
  checksum(): Promise<{ readonly sum: string; readonly facts: number }>;
  /** The players who have a persona, page by page in no order, some perhaps twice; `cursor` null: the first. For a rebuild. */
  known(cursor: string | null): Promise<{ readonly players: readonly PlayerId[]; readonly next: string | null }>;
  /** Empties it. */
  clear(): Promise<void>;
  /** Answers when the store does, else rejects. */
  ping(): Promise<void>;
}

/**
 * Where the lines around a player begin: `place` of `lines`, both counted from 0, in the middle of `limit`; at an end of the board the
 * window moves to be full. All of them, when there are no more than `limit`.
 */
export function windowAround(place: number, lines: number, limit: number): number {
  return Math.max(0, Math.min(place - Math.floor(limit / 2), lines - limit));
}

export const DAY_MS = 86_400_000;

/** UTC, `2026-11-27`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** ISO 8601, `2026-W48`: weeks begin on Monday, and the first is the one with the year's first Thursday. */
export function weekOf(at: number): string {
  const date = new Date(at);
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** From midnight to midnight, in epoch milliseconds: the day or the week of `now`, or all time. `to` is exclusive. */
export function rangeOf(period: Period, now: number): { readonly from: number; readonly to: number } {
  if (period === "all") return { from: 0, to: Number.MAX_SAFE_INTEGER };
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  if (period === "day") return { from: midnight, to: midnight + DAY_MS };
  const monday = midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY_MS;
  return { from: monday, to: monday + 7 * DAY_MS };
}

/** The span of boards that an instant is in: `all`, a day or a week. */
export function spanOf(period: Period, at: number): string {
  return period === "all" ? "all" : period === "day" ? dayOf(at) : weekOf(at);
}
