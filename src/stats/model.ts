import type { PlayerId } from "../../rooms/game.ts";

/**
 * The read side's port: players' statistics and leaderboards, a projection of the events of topic `settled`. It has two adapters,
 * D1 (d1.ts) and Upstash Redis (upstash.ts); one contract suite in test/stats checks both.
 *
 * Writes are idempotent and commutative: the same events, in any order, repeated or split into any batches, give the same model
 * and the same checksum. All amounts are integer minor units; all days and weeks are UTC.
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
  /** Played at a table that a player made, or a poker hand with a guest: it counts in the player's statistics, on no board. */
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

/** A player's public profile; the highest version counts. */
export type Persona = {
  readonly player: PlayerId;
  readonly name: string;
  /** Shown only on the player's own view of a board: by choice, or because they are a guest. */
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
 * Boards count only results that are not `apart`. `balance`: chips from outside of tables, plus profit; `profit`: returned less
 * staked; `biggest-win`: the highest profit of one round. A board of a day or week counts its rounds; its `balance` ranks the
 * players who played in it by their current balance.
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

/**
 * Streaks of won or lost rounds, in the order of `at`, room, round, among the newest `STREAK_ROUNDS` of the period. A round that
 * came out even does not end a streak.
 */
export type Streaks = {
  /** The streak that is still on: positive for won rounds, negative for lost ones. */
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

/** A player's day, for charts: its sums, and the balance at its end (from all results and changes until then). */
export type Day = Totals & { readonly day: string; readonly balance: number };

/** The cursor of `history`: the last result of a page. Opaque to clients. */
export type Place = { readonly at: number; readonly room: string; readonly round: number };
export type HistoryPage = { readonly results: readonly Result[]; readonly next: Place | null };

export type Line = {
  /** From 1. Equal values share a rank, and the next ranks are skipped (1, 2, 2, 4). */
  readonly rank: number;
  readonly player: PlayerId;
  /** The player's name; until it has been projected, the id. */
  readonly name: string;
  readonly value: number;
};

export type BoardPage = {
  /** Best first; equal values by player id. */
  readonly lines: readonly Line[];
  /** How many players are on the board, without hidden ones. */
  readonly players: number;
};

export type Freshness = {
  /** When something was last projected; null: never. */
  readonly projectedAt: number | null;
  /** The age of the oldest event of that batch at that time, in milliseconds. */
  readonly lagMs: number;
};

export interface ReadModel {
  /** Stores the facts atomically, in one round trip (on Upstash 40,000 at a time, each part atomic). `now` is for `freshness`. Rejects when the store fails; a retry is safe. */
  project(facts: Facts, now: number): Promise<void>;
  /** `game` limits it to one game; null: all games. `games` has only those with a round. An unknown player has zeros. */
  stats(player: PlayerId, period: Period, game: string | null, now: number): Promise<Stats>;
  /** The last `days` days up to today, oldest first, from the day of the player's first event; includes days without rounds. */
  days(player: PlayerId, days: number, now: number): Promise<readonly Day[]>;
  /** A page of results, newest first, older than the cursor `before`. */
  history(player: PlayerId, game: string | null, before: Place | null, limit: number): Promise<HistoryPage>;
  /**
   * The first `limit` lines; with `around`, the `limit` lines around that player (`windowAround`), even if the player is hidden:
   * then ranked as if they were not. No lines if that player is not on the board.
   */
  board(board: Board, period: Period, limit: number, around: PlayerId | null, now: number): Promise<BoardPage>;
  /** Whether this player's part of this round has been projected. */
  has(player: PlayerId, room: string, round: number): Promise<boolean>;
  freshness(): Promise<Freshness>;
  /**
   * The checksum of the whole model, the same in both adapters: 64 hex digits, the XOR of the SHA-256 of all lines (checksum.ts).
   * Changes and personas count only for players who have a result. `facts`: how many lines, without totals and balances.
   */
  checksum(): Promise<{ readonly sum: string; readonly facts: number }>;
  /** For a rebuild: a page of the players who have a persona, unordered, perhaps with repeats. `cursor` null: the first page. */
  known(cursor: string | null): Promise<{ readonly players: readonly PlayerId[]; readonly next: string | null }>;
  /** Deletes everything in the model. */
  clear(): Promise<void>;
  /** Rejects if the store does not answer. */
  ping(): Promise<void>;
}

/**
 * The first place, from 0, of the window of `limit` lines around a player at `place`, also from 0, on a board of `lines` lines.
 * At an end of the board the window is moved so that it is full. With no more than `limit` lines it is the whole board.
 */
export function windowAround(place: number, lines: number, limit: number): number {
  return Math.max(0, Math.min(place - Math.floor(limit / 2), lines - limit));
}

export const DAY_MS = 86_400_000;

/** The UTC day of an instant, as `2026-11-27`. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The ISO 8601 week, as `2026-W48`: weeks begin on Monday, and week 1 is the one with the year's first Thursday. */
export function weekOf(at: number): string {
  const date = new Date(at);
  const thursday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 3 - ((thursday.getUTCDay() + 6) % 7));
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY_MS));
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** The day or week of `now`, or all time, in epoch milliseconds, from midnight to midnight UTC. `to` is exclusive. */
export function rangeOf(period: Period, now: number): { readonly from: number; readonly to: number } {
  if (period === "all") return { from: 0, to: Number.MAX_SAFE_INTEGER };
  const midnight = Math.floor(now / DAY_MS) * DAY_MS;
  if (period === "day") return { from: midnight, to: midnight + DAY_MS };
  const monday = midnight - ((new Date(midnight).getUTCDay() + 6) % 7) * DAY_MS;
  return { from: monday, to: monday + 7 * DAY_MS };
}

/** The boards' span for an instant: `all`, its day or its week. */
export function spanOf(period: Period, at: number): string {
  return period === "all" ? "all" : period === "day" ? dayOf(at) : weekOf(at);
}
