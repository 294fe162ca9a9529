import type { DomainEvent, Json, Ms } from "../game.ts";
import { backOff, repeatAfter, type Repeats } from "../kit/resend.ts";

/**
 * Events that leave the room: written in the commit that caused them, sent until they are acknowledged. The store of rows, the
 * sender and the clock are passed in.
 *
 * A queue may lose a message that it accepted (locally it is in memory): rows are kept, and sent again, until the consumer
 * confirms that each event has taken effect.
 */

const ROW_MESSAGES_MAX = 100;
const ROW_CHARS_MAX = 90_000;
const BACK_OFF = { fromMs: 500, toMs: 30_000 };
/** The largest message that a queue accepts. */
const MESSAGE_BYTES_MAX = 128_000;
/** A larger message is parked after this many tries. All others are retried for ever. */
const TOO_LARGE_TRIES = 3;

export type Topic = DomainEvent["topic"];

/** The form in which every event leaves. Consumers deduplicate by `id`. */
export type Envelope = {
  readonly id: string;
  readonly type: string;
  readonly version: 1;
  /** The room. */
  readonly source: string;
  /** Sequence number in that room's outbox, without gaps. */
  readonly sequence: number;
  /** The commit that caused it: `<room>@<seq>`, as in the journal. */
  readonly correlation: string;
  readonly key: string;
  readonly at: Ms;
  readonly payload: Json;
};

export type OutboxRow = {
  readonly n: number;
  readonly topic: Topic;
  readonly body: string;
  /** Failed tries, in a row. */
  readonly tries: number;
  /** How often the queue has accepted it without a confirmation of the consumer. */
  readonly sends: number;
};

export interface OutboxStore {
  due(now: Ms, limit: number): OutboxRow[];
  /** When the next unparked row is due. */
  nextDue(): Ms | null;
  /** The queue has accepted the row; it is due again at `due` unless it is confirmed before. */
  unconfirmed(n: number, sends: number, due: Ms): void;
  retry(n: number, tries: number, due: Ms): void;
  park(n: number, tries: number): void;
}

/**
 * Where packed events come from: the room, its epoch (which of all rooms that ever had this name), the commit, and the outbox
 * sequence number of the first event.
 */
export type Origin = {
  readonly room: string;
  readonly epoch: string;
  readonly seq: number;
  readonly firstSequence: number;
  readonly at: Ms;
};

/** `first` and `last`: sequence numbers of its first and last event. */
export type Packed = {
  readonly topic: Topic;
  readonly body: string;
  readonly first: number;
  readonly last: number;
};

/** An event's id is unique worldwide, since two deployments may send to one Kafka. */
export const eventId = (room: string, epoch: string, sequence: number): string => `${room}:${epoch}:${sequence}`;

/** The sequence number of an event of this very room; null: it is of another. */
export function sequenceOf(id: string, room: string, epoch: string): number | null {
  const head = eventId(room, epoch, 0).slice(0, -1);
  const n = id.startsWith(head) ? Number(id.slice(head.length)) : Number.NaN;
  return Number.isSafeInteger(n) && n >= 1 ? n : null;
}

/** Packs events into rows of at most 100 messages or 90,000 characters, one topic per row, in order. */
export function pack(events: readonly DomainEvent[], origin: Origin): Packed[] {
  const { room, epoch, firstSequence, at } = origin;
  const open = new Map<Topic, { texts: string[]; chars: number; first: number; last: number }>();
  const rows: Packed[] = [];
  const close = (topic: Topic, row: { texts: string[]; first: number; last: number }): void => {
    rows.push({ topic, body: `[${row.texts.join(",")}]`, first: row.first, last: row.last });
    open.delete(topic);
  };
  events.forEach((event, i) => {
    const sequence = firstSequence + i;
    const envelope: Envelope = {
      id: eventId(room, epoch, sequence),
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
    const current = open.get(event.topic) ?? { texts: [], chars: 0, first: sequence, last: sequence };
    current.texts.push(text);
    current.last = sequence;
    current.chars += text.length;
    open.set(event.topic, current);
  });
  for (const [topic, row] of open) close(topic, row);
  return rows;
}

/**
 * Sends the rows that are due, oldest first, one at a time; a row that was sent waits for the consumer's confirmation. Failed
 * sends are retried for ever, at most 30 s apart. Only a row too large for any queue is parked for the operator. Never rejects.
 */
export async function drain(
  store: OutboxStore,
  send: (topic: Topic, messages: readonly Envelope[]) => Promise<void>,
  now: () => Ms,
  resendMs: number,
): Promise<{ sent: number; failed: number }> {
  // Growing, so that a busy queue gets time; capped, so that the wait for a dead one is not long.
  const repeats: Repeats = [resendMs, 3 * resendMs, 6 * resendMs];
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
        if (tries >= TOO_LARGE_TRIES && isTooLarge(row)) store.park(row.n, tries);
        else store.retry(row.n, tries, (now() + backOff(tries, BACK_OFF)) as Ms);
        continue;
      }
      store.unconfirmed(row.n, row.sends + 1, (now() + repeatAfter(row.sends + 1, repeats)) as Ms);
      sent += 1;
    }
  }
}

function isTooLarge({ body }: OutboxRow): boolean {
  if (body.length * 3 <= MESSAGE_BYTES_MAX) return false;
  const messages = JSON.parse(body) as Envelope[];
  return messages.some((one) => new TextEncoder().encode(JSON.stringify(one)).byteLength > MESSAGE_BYTES_MAX);
}

/** The outbox is sent right after the commit. The alarm, this much later, is the fallback. */
const ALARM_GRACE_MS = 2_000;

export type OutboxSenderWorld = {
  readonly store: OutboxStore;
  readonly send: (topic: Topic, messages: readonly Envelope[]) => Promise<void>;
  readonly now: () => Ms;
  readonly resendMs: number;
  /** A pass of sending is over: `next` may have changed. */
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
};

/** Sends the outbox, one pass at a time. */
export class OutboxSender {
  readonly #world: OutboxSenderWorld;
  #due: Ms | null;
  #sending = false;

  constructor(world: OutboxSenderWorld) {
    this.#world = world;
    this.#due = world.store.nextDue();
  }

  /** Something was written to the outbox. */
  expect(at: Ms): void {
    if (this.#due === null || at < this.#due) this.#due = at;
  }

  /** Rows were confirmed: the next one may be due later. */
  confirmed(): void {
    if (!this.#sending) this.#due = this.#world.store.nextDue();
  }

  /** When the alarm should call `go` again; null: the outbox is empty. */
  next(): number | null {
    return this.#due === null ? null : this.#due + ALARM_GRACE_MS;
  }

  /** Sends what is due. Null when nothing is, or a pass is under way. The promise never rejects. */
  go(): Promise<void> | null {
    const { store, send, now, resendMs } = this.#world;
    if (this.#due === null || this.#due > now()) return null;
    if (this.#sending) {
      // The pass is slow. The alarm looks again later, in case the object dies meanwhile.
      this.#due = (now() + BACK_OFF.toMs) as Ms;
      return null;
    }
    this.#sending = true;
    return drain(store, send, now, resendMs)
      .then(() => undefined)
      .catch((error: unknown) => this.#world.failed(error))
      .finally(() => {
        this.#sending = false;
        this.#due = store.nextDue();
        this.#world.done();
      });
  }
}
