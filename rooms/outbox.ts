import type { DomainEvent, Json, Ms } from "./game.ts";

/**
 * Events that leave the room: written in the commit that caused them, sent until they are acknowledged. Its world is handed
 * in: a store of rows, a sender, a clock.
 */

const ROW_MESSAGES_MAX = 100;
const ROW_CHARS_MAX = 90_000;
const BACK_OFF_MIN_MS = 500;
const BACK_OFF_MAX_MS = 30_000;
export const TRIES_MAX = 100;

export type Topic = DomainEvent["topic"];

/** What every event carries when it leaves, and what consumers dedupe by: `id`. */
export type Envelope = {
  readonly id: string;
  readonly type: string;
  readonly version: 1;
  /** The room. */
  readonly source: string;
  /** Of that room's outbox, without a gap. */
  readonly sequence: number;
  /** The commit that caused it: `<room>@<seq>`, as in the journal. */
  readonly correlation: string;
  readonly key: string;
  readonly at: Ms;
  readonly payload: Json;
};

export type OutboxRow = { readonly n: number; readonly topic: Topic; readonly body: string; readonly tries: number };

export interface OutboxStore {
  due(now: Ms, limit: number): OutboxRow[];
  /** When the next unparked row is due. */
  nextDue(): Ms | null;
  sent(n: number): void;
  retry(n: number, tries: number, due: Ms): void;
  park(n: number, tries: number): void;
}

/** Where a pack of events comes from: the room, its commit, the outbox sequence of the first of them. */
export type Origin = { readonly room: string; readonly seq: number; readonly firstSequence: number; readonly at: Ms };

/** Packs events into rows of at most 100 messages or 90,000 characters, one topic a row, in order. */
export function pack(events: readonly DomainEvent[], origin: Origin): { topic: Topic; body: string }[] {
  const { room, firstSequence, at } = origin;
  const open = new Map<Topic, { texts: string[]; chars: number }>();
  const rows: { topic: Topic; body: string }[] = [];
  const close = (topic: Topic, row: { texts: string[] }): void => {
    rows.push({ topic, body: `[${row.texts.join(",")}]` });
    open.delete(topic);
  };
  events.forEach((event, i) => {
    const sequence = firstSequence + i;
    const envelope: Envelope = {
      id: `${room}:${sequence}`,
      type: event.type,
      version: 1,
      source: room,
      sequence,
      correlation: `${room}@${origin.seq}`,
      key: event.key,
      at,
      payload: event.payload,
    };
    const text = JSON.stringify(envelope);
    const row = open.get(event.topic);
    if (row !== undefined && (row.texts.length >= ROW_MESSAGES_MAX || row.chars + text.length > ROW_CHARS_MAX))
      close(event.topic, row);
    const current = open.get(event.topic) ?? { texts: [], chars: 0 };
    current.texts.push(text);
    current.chars += text.length;
    open.set(event.topic, current);
  });
  for (const [topic, row] of open) close(topic, row);
  return rows;
}

/**
 * Sends what is due, oldest first, one row at a time; a row is deleted only after the sender has acknowledged it. Failures back
 * off, at most 30 s apart, and are parked for the operator after 100 tries. Never rejects.
 */
export async function drain(
  store: OutboxStore,
  send: (topic: Topic, messages: readonly Envelope[]) => Promise<void>,
  now: () => Ms,
): Promise<{ sent: number; failed: number }> {
  let sent = 0;
  let failed = 0;
  for (;;) {
    const rows = store.due(now(), 10);
    if (rows.length === 0) return { sent, failed };
    for (const row of rows) {
      try {
        await send(row.topic, JSON.parse(row.body) as Envelope[]);
      } catch {
        failed += 1;
        const tries = row.tries + 1;
        if (tries >= TRIES_MAX) store.park(row.n, tries);
        else store.retry(row.n, tries, (now() + backOff(tries)) as Ms);
        continue;
      }
      store.sent(row.n);
      sent += 1;
    }
  }
}

/** 0.5 s, 1 s, 2 s, ... 30 s. */
export function backOff(tries: number): number {
  return Math.min(BACK_OFF_MAX_MS, BACK_OFF_MIN_MS * 2 ** Math.min(tries - 1, 10));
}

/** The outbox is sent right behind the commit; the alarm sees to it when that could not be. */
const ALARM_GRACE_MS = 2_000;

export type MailerWorld = {
  readonly store: OutboxStore;
  readonly send: (topic: Topic, messages: readonly Envelope[]) => Promise<void>;
  readonly now: () => Ms;
  /** A round of sending is over: `next` may have moved. */
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
};

/** Sends the outbox, one round at a time. */
export class Mailer {
  readonly #world: MailerWorld;
  #due: Ms | null;
  #sending = false;

  constructor(world: MailerWorld) {
    this.#world = world;
    this.#due = world.store.nextDue();
  }

  /** Something was written to the outbox. */
  expect(at: Ms): void {
    if (this.#due === null || at < this.#due) this.#due = at;
  }

  /** When the alarm should call `go` again; null: the outbox is empty. */
  next(): number | null {
    return this.#due === null ? null : this.#due + ALARM_GRACE_MS;
  }

  /** Sends what is due, unless that is under way. The promise never rejects. */
  go(): Promise<void> | null {
    const { store, send, now } = this.#world;
    if (this.#due === null || this.#due > now()) return null;
    if (this.#sending) {
      // Slow. The alarm looks again later, in case the object dies over it.
      this.#due = (now() + BACK_OFF_MAX_MS) as Ms;
      return null;
    }
    this.#sending = true;
    return drain(store, send, now)
      .then(() => undefined)
      .catch((error: unknown) => this.#world.failed(error))
      .finally(() => {
        this.#sending = false;
        this.#due = store.nextDue();
        this.#world.done();
      });
  }
}
