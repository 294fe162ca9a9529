import type { OutboxTable } from "../../../rooms/host/outbox-table.ts";

/**
 * How much of a player's news no consumer has confirmed yet, as the Directory is told of it. What is confirmed within seconds is never
 * told, so that a house where all is well has no calls for it; what waits for longer is told, and that it waits no more.
 * Synchronous and without a transaction of its own.
 */

/** `oldestAt`: since when the oldest of it waits; null: nothing does. */
export type Backlog = { readonly waiting: number; readonly oldestAt: number | null };

/** What the Directory was last told; nothing, when there is no row. */
export const BACKLOG_TABLES = `
CREATE TABLE IF NOT EXISTS backlog_told (
  one INTEGER PRIMARY KEY CHECK (one = 1), waiting INTEGER NOT NULL, oldestAt INTEGER) STRICT;
`;

/** Whatever has changed is told within ten seconds, also when the alarm is a little late. */
const TELL_AFTER_MS = 5_000;

const NOTHING: Backlog = { waiting: 0, oldestAt: null };

export class Backlogs {
  readonly #sql: SqlStorage;
  readonly #news: Pick<OutboxTable, "standing">;
  #dueAt: number | null = null;

  constructor(sql: SqlStorage, news: Pick<OutboxTable, "standing">) {
    this.#sql = sql;
    this.#news = news;
  }

  now(): Backlog {
    const { waiting, parked, oldestAt } = this.#news.standing();
    return { waiting: waiting + parked, oldestAt };
  }

  /** When the Directory is to be told; null: it knows. */
  due(now: number): number | null {
    const [was = NOTHING] = this.#sql.exec<Backlog>("SELECT waiting, oldestAt FROM backlog_told").toArray();
    const is = this.now();
    const known = was.waiting === is.waiting && was.oldestAt === is.oldestAt;
    this.#dueAt = known ? null : (this.#dueAt ?? now + TELL_AFTER_MS);
    return this.#dueAt;
  }

  /** It was told, or could not be: then it is told again. */
  told(backlog: Backlog | null): void {
    this.#dueAt = null;
    if (backlog === null) return;
    this.#sql.exec(
      "INSERT OR REPLACE INTO backlog_told (one, waiting, oldestAt) VALUES (1, ?, ?)",
      backlog.waiting,
      backlog.oldestAt,
    );
  }
}
