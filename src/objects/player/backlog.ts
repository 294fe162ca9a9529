import type { OutboxTable } from "../../../rooms/host/outbox-table.ts";

/**
 * How many of a player's events no consumer has confirmed yet, as reported to the Directory. Events that are confirmed within
 * seconds are never reported, so that a healthy house makes no such calls. A longer wait is reported, and so is its end.
 * Synchronous and without a transaction of its own.
 */

/** `waiting`: events. `oldestAt`: since when the oldest has waited; null: none waits. */
export type Backlog = { readonly waiting: number; readonly oldestAt: number | null };

/** What was last reported to the Directory; no row: that nothing waits. */
export const BACKLOG_TABLES = `
CREATE TABLE IF NOT EXISTS backlog_told (
  one INTEGER PRIMARY KEY CHECK (one = 1), waiting INTEGER NOT NULL, oldestAt INTEGER) STRICT;
`;

/** A change is reported after this time: so within ten seconds, even if the alarm is a little late. */
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

  /** When to report to the Directory; null: it is up to date. */
  due(now: number): number | null {
    const [was = NOTHING] = this.#sql.exec<Backlog>("SELECT waiting, oldestAt FROM backlog_told").toArray();
    const is = this.now();
    const known = was.waiting === is.waiting && was.oldestAt === is.oldestAt;
    this.#dueAt = known ? null : (this.#dueAt ?? now + TELL_AFTER_MS);
    return this.#dueAt;
  }

  /** Notes that `backlog` was reported; null: that the report failed and is due again. */
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
