import type { DomainEvent, Ms } from "../game.ts";
import type { Kernel } from "../kernel/state.ts";
import { OutboxTable } from "./outbox-table.ts";
import { pack, sequenceOf, type Envelope, type Topic } from "./outbox.ts";
import type { Sql } from "./sql.ts";

/**
 * A room's outbox: rows of packed events, which consumers confirm one by one. Events for the read side are also kept for good, in
 * the table `settled`. Synchronous; the caller wraps related calls in a transaction.
 */
export class RoomOutbox extends OutboxTable {
  readonly #room: string;
  readonly #epoch: () => string;

  /** `epoch`: see `eventId`. */
  constructor(sql: Sql, room: string, epoch: () => string) {
    super(sql, "outbox", "topic");
    this.#room = room;
    this.#epoch = epoch;
  }

  /** Adds the events of a commit; `kernel` is the state after it. */
  add(events: readonly DomainEvent[], kernel: Kernel, at: Ms): void {
    const firstSequence = kernel.published - events.length + 1;
    const origin = { room: this.#room, epoch: this.#epoch(), seq: kernel.seq, firstSequence, at };
    for (const { topic, body, first, last } of pack(events, origin)) {
      this.#insert(topic, body, at, first, last);
      if (topic === "settled") this.sql.exec("INSERT INTO settled (first, body) VALUES (?, ?)", first, body);
    }
  }

  #insert(topic: Topic, body: string, due: Ms, first: number, last: number): void {
    this.sql.exec(
      "INSERT INTO outbox (topic, body, tries, due, parked, first, last) VALUES (?, ?, 0, ?, 0, ?, ?)",
      topic,
      body,
      due,
      first,
      last,
    );
  }

  /** Events for the read side above sequence number `after`, in whole rows. `next`: the cursor to go on from; null: no more. */
  settledSince(after: number, limit: number): { events: Envelope[]; next: number | null } {
    const events: Envelope[] = [];
    let next: number | null = after;
    while (next !== null && events.length < limit) {
      const packed = this.#settledAfter(next);
      events.push(...packed);
      next = packed.at(-1)?.sequence ?? null;
    }
    return { events, next };
  }

  #settledAfter(after: number): Envelope[] {
    const rows = this.sql
      .exec<{ body: string }>("SELECT body FROM settled WHERE first > ? ORDER BY first LIMIT 1", after)
      .toArray();
    return rows.flatMap(({ body }) => JSON.parse(body) as Envelope[]);
  }

  /** Confirms that these events have taken effect. Ids of other rooms, or of events that are not here any more, are ignored. */
  confirm(topic: Topic, ids: readonly string[]): void {
    const done = new Set(ids.map((id) => this.#sequenceOf(id)).filter((n) => n !== null));
    for (const { n, events } of this.#rowsWith(topic, [...done])) {
      const rest = events.filter(({ sequence }) => !done.has(sequence));
      if (rest.length === 0) this.sql.exec("DELETE FROM outbox WHERE n = ?", n);
      else if (rest.length < events.length)
        this.sql.exec("UPDATE outbox SET body = ? WHERE n = ?", JSON.stringify(rest), n);
    }
  }

  /** The ids among these that are not confirmed yet. An id of another room counts as one. */
  stillOpen(topic: Topic, ids: readonly string[]): string[] {
    const asked = ids.map((id) => ({ id, n: this.#sequenceOf(id) }));
    const open = this.#open(
      topic,
      asked.map(({ n }) => n).filter((n) => n !== null),
    );
    return asked.filter(({ n }) => n === null || open.has(n)).map(({ id }) => id);
  }

  /** Puts events that left before back into the outbox, unless they are in it. Returns the ids of this room's own ones. */
  giveBack(topic: Topic, events: readonly Envelope[], published: number, now: Ms): string[] {
    const own = events.filter(({ id, sequence }) => this.#sequenceOf(id) === sequence && sequence <= published);
    for (const event of own) {
      const n = event.sequence;
      if (!this.#open(topic, [n]).has(n)) this.#insert(topic, JSON.stringify([event]), now, n, n);
    }
    return own.map(({ id }) => id);
  }

  /** When the oldest event for the read side was made that is not confirmed yet; null: there is none. */
  oldestSettledAt(): Ms | null {
    const [row] = this.sql
      .exec<{ at: Ms }>(
        "SELECT json_extract(body, '$[0].at') AS at FROM outbox WHERE parked = 0 AND topic = 'settled' ORDER BY n LIMIT 1",
      )
      .toArray();
    return row?.at ?? null;
  }

  #sequenceOf(id: string): number | null {
    return sequenceOf(id, this.#room, this.#epoch());
  }

  /** Those of these sequence numbers that are in the outbox, and perhaps some others. */
  #open(topic: Topic, sequences: readonly number[]): Set<number> {
    return new Set(this.#rowsWith(topic, sequences).flatMap(({ events }) => events.map(({ sequence }) => sequence)));
  }

  /** The rows that may have events of these sequences. */
  #rowsWith(topic: Topic, sequences: readonly number[]): { n: number; events: Envelope[] }[] {
    if (sequences.length === 0) return [];
    return this.sql
      .exec<{ n: number; body: string }>(
        "SELECT n, body FROM outbox WHERE topic = ? AND first <= ? AND last >= ?",
        topic,
        Math.max(...sequences),
        Math.min(...sequences),
      )
      .toArray()
      .map(({ n, body }) => ({ n, events: JSON.parse(body) as Envelope[] }));
  }
}
