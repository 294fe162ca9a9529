import type { DeadLetter } from "../bridge-port.ts";
import type { Incoming } from "./feed-letters.ts";

/** The feed's tables: the next offset of each partition, the events it still has to deliver, and the dead letters to park. */

type Value = string | number | null;

/** SQLite, one connection. `transaction` is atomic, so `work` must be synchronous. */
export interface Disk {
  sql(query: string, ...values: Value[]): Record<string, unknown>[];
  transaction(work: () => void): void;
}

export type Position = { readonly topicId: string; readonly next: number };
export type Parcel = { readonly id: string; readonly body: string; readonly sends: number };

export class FeedStore {
  readonly #disk: Disk;

  constructor(disk: Disk) {
    this.#disk = disk;
    disk.sql(`CREATE TABLE IF NOT EXISTS offsets (
      partition INTEGER PRIMARY KEY, topic_id TEXT NOT NULL, next INTEGER NOT NULL CHECK (next >= 0)
    ) STRICT`);
    // due: when the event is next sent, or the house is next asked whether it is settled (epoch milliseconds).
    disk.sql(`CREATE TABLE IF NOT EXISTS outbox (
      id TEXT PRIMARY KEY, body TEXT NOT NULL, due INTEGER NOT NULL, sends INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`);
    disk.sql(`CREATE TABLE IF NOT EXISTS dead (
      id TEXT PRIMARY KEY, letter TEXT NOT NULL, due INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`);
  }

  positions(): Map<number, Position> {
    const rows = this.#disk.sql("SELECT partition, topic_id, next FROM offsets");
    return new Map(
      rows.map((row) => [number(row, "partition"), { topicId: text(row, "topic_id"), next: number(row, "next") }]),
    );
  }

  /** Sets these partitions to these offsets, whatever was stored for them. */
  place(topicId: string, at: ReadonlyMap<number, number>): void {
    this.#disk.transaction(() => this.#advance(topicId, at));
  }

  /** Stores a fetched batch and its next offsets in one transaction. What is already stored stays unchanged. */
  take(topicId: string, next: ReadonlyMap<number, number>, brought: readonly Incoming[], now: number): void {
    this.#disk.transaction(() => {
      for (const one of brought) {
        if (one.kind === "event") {
          this.#disk.sql("INSERT INTO outbox VALUES (?, ?, ?, 0) ON CONFLICT (id) DO NOTHING", one.id, one.body, now);
        } else {
          const { letter } = one;
          const said = JSON.stringify(letter);
          this.#disk.sql("INSERT INTO dead VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING", letter.id, said, now);
        }
      }
      this.#advance(topicId, next);
    });
  }

  #advance(topicId: string, next: ReadonlyMap<number, number>): void {
    for (const [partition, offset] of next) {
      this.#disk.sql("INSERT OR REPLACE INTO offsets VALUES (?, ?, ?)", partition, topicId, offset);
    }
  }

  due(now: number, limit: number): Parcel[] {
    return this.#disk
      .sql("SELECT id, body, sends FROM outbox WHERE due <= ? ORDER BY due LIMIT ?", now, limit)
      .map((row) => ({ id: text(row, "id"), body: text(row, "body"), sends: number(row, "sends") }));
  }

  /** These were sent to the queue. At `due`, the house is asked whether they are settled; if not, they are sent again. */
  sent(parcels: readonly Parcel[], due: (sends: number) => number): void {
    this.#disk.transaction(() => {
      for (const { id, sends } of parcels) {
        this.#disk.sql("UPDATE outbox SET sends = ?, due = ? WHERE id = ?", sends + 1, due(sends + 1), id);
      }
    });
  }

  postpone(ids: readonly string[], due: number): void {
    this.#disk.transaction(() => {
      for (const id of ids) this.#disk.sql("UPDATE outbox SET due = ? WHERE id = ?", due, id);
    });
  }

  settled(ids: readonly string[]): void {
    this.#disk.transaction(() => {
      for (const id of ids) this.#disk.sql("DELETE FROM outbox WHERE id = ?", id);
    });
  }

  dueLetters(now: number, limit: number): DeadLetter[] {
    return this.#disk
      .sql("SELECT letter FROM dead WHERE due <= ? ORDER BY due LIMIT ?", now, limit)
      .map((row) => JSON.parse(text(row, "letter")) as DeadLetter);
  }

  parked(ids: readonly string[]): void {
    this.#disk.transaction(() => {
      for (const id of ids) this.#disk.sql("DELETE FROM dead WHERE id = ?", id);
    });
  }

  postponeLetters(ids: readonly string[], due: number): void {
    this.#disk.transaction(() => {
      for (const id of ids) this.#disk.sql("UPDATE dead SET due = ? WHERE id = ?", due, id);
    });
  }

  depth(): { readonly outbox: number; readonly dead: number } {
    const row =
      this.#disk.sql("SELECT (SELECT count(*) FROM outbox) AS outbox, (SELECT count(*) FROM dead) AS dead")[0] ?? {};
    return { outbox: number(row, "outbox"), dead: number(row, "dead") };
  }

  /** When the next event or letter is due, in epoch milliseconds; null: there is none. */
  nextDue(): number | null {
    const row =
      this.#disk.sql("SELECT min(due) AS due FROM (SELECT due FROM outbox UNION ALL SELECT due FROM dead)")[0] ?? {};
    return row["due"] === null ? null : number(row, "due");
  }
}

function text(row: Record<string, unknown>, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new Error(`column ${column} is no text`);
  return value;
}

function number(row: Record<string, unknown>, column: string): number {
  const value = row[column];
  if (typeof value !== "number") throw new Error(`column ${column} is no number`);
  return value;
}
