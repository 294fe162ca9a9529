import type { Ms } from "../game.ts";
import type { OutboxRow, OutboxStore } from "./outbox.ts";
import type { Sql } from "./sql.ts";

/** Events not confirmed yet: rows that wait, rows that are parked (no longer tried), when the oldest waiting event was made. */
export type OutboxStanding = { readonly waiting: number; readonly parked: number; readonly oldestAt: Ms | null };

/** The rows of an outbox, in the database of its owner. Synchronous; the caller wraps related calls in a transaction. */
export class OutboxTable implements OutboxStore {
  protected readonly sql: Sql;
  readonly #table: string;
  readonly #topic: string;

  /** `topic`: the column with the topic, or an SQL literal when all rows have the same one. */
  constructor(sql: Sql, table: string, topic: string) {
    this.sql = sql;
    this.#table = table;
    this.#topic = topic;
  }

  due(now: Ms, limit: number): OutboxRow[] {
    return this.sql
      .exec<OutboxRow>(
        `SELECT n, ${this.#topic} AS topic, body, tries, sends FROM ${this.#table}
         WHERE parked = 0 AND due <= ? ORDER BY n LIMIT ?`,
        now,
        limit,
      )
      .toArray();
  }

  nextDue(): Ms | null {
    return this.sql.exec<{ due: Ms | null }>(`SELECT min(due) AS due FROM ${this.#table} WHERE parked = 0`).one().due;
  }

  unconfirmed(n: number, sends: number, due: Ms): void {
    this.sql.exec(`UPDATE ${this.#table} SET tries = 0, sends = ?, due = ? WHERE n = ?`, sends, due, n);
  }

  retry(n: number, tries: number, due: Ms): void {
    this.sql.exec(`UPDATE ${this.#table} SET tries = ?, due = ? WHERE n = ?`, tries, due, n);
  }

  park(n: number, tries: number): void {
    this.sql.exec(`UPDATE ${this.#table} SET tries = ?, parked = 1 WHERE n = ?`, tries, n);
  }

  /** Called at each start of the object. Tries parked rows again, since older versions gave up after a hundred tries. */
  unpark(): void {
    this.sql.exec(`UPDATE ${this.#table} SET parked = 0, tries = 0 WHERE parked = 1`);
  }

  standing(): OutboxStanding {
    return this.sql
      .exec<OutboxStanding>(
        `SELECT count(*) FILTER (WHERE parked = 0) AS waiting, count(*) FILTER (WHERE parked = 1) AS parked,
           (SELECT json_extract(body, '$[0].at') FROM ${this.#table} WHERE parked = 0 ORDER BY n LIMIT 1) AS oldestAt
         FROM ${this.#table}`,
      )
      .one();
  }
}
