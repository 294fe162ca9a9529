import { backOff } from "../../rooms/kit/resend.ts";
import type { BridgePort } from "../bridge-port.ts";
import { TOPICS } from "../events.ts";
import { readRecord } from "./feed-letters.ts";
import { BACK_OFF, FeedMail } from "./feed-mail.ts";
import type { FeedStore } from "./feed-store.ts";
import { Reporter } from "./reporter.ts";
import { noSteps, type Steps } from "./steps.ts";
import type { TopicSource } from "./topic-source.ts";
import { within, wordsOf } from "./words.ts";

/**
 * The feed without its Durable Object. A turn reads the new records of a topic, delivers them, and answers when the next turn
 * should be. While records come it polls again at once, then after 0.25 s, 0.5 s, 1 s, ... up to `idleMaxMs`. No socket is open
 * between turns.
 */

const TURN_MS = 20_000;
const TURN_FETCHES = 100;
const PAUSE_MIN_MS = 250;
/** Back-pressure: with this many events undelivered, nothing more is read from Kafka. */
const OUTBOX_MAX = 5_000;
/** Time-out of one request to Kafka. */
const QUESTION_MS = 15_000;

export type FeedWorld = {
  readonly topic: "stakes" | "awards";
  readonly store: FeedStore;
  readonly open: () => TopicSource;
  readonly out: (bodies: readonly unknown[]) => Promise<void>;
  readonly house: BridgePort;
  readonly now: () => number;
  readonly idleMaxMs: number;
  readonly step?: Steps;
};

export type FeedState = {
  readonly topic: string;
  readonly state: "ok" | "failing";
  readonly error: string | null;
  /** Records read since this object was constructed. */
  readonly records: number;
  /** The next offset to be read, by partition. */
  readonly offsets: Readonly<Record<string, number>>;
  /** Records behind the end of the topic; null: unknown. */
  readonly lag: number | null;
  readonly outbox: number;
  readonly dead: number;
};

export class FeedLoop {
  readonly #world: FeedWorld;
  readonly #mail: FeedMail;
  readonly #reporter: Reporter;
  /** When Kafka is polled next, in epoch milliseconds. */
  #pollAt = 0;
  /** Empty polls in a row. A newly constructed object counts as idle until records come or it is poked. */
  #empty = Number.POSITIVE_INFINITY;
  #fails = 0;
  #poked = false;
  #lag: number | null = null;
  #pollError: string | null = null;
  /** Records since the last report. */
  #fresh = 0;

  constructor(world: FeedWorld) {
    this.#world = world;
    this.#mail = new FeedMail(world);
    const about = { topic: world.topic, direction: "from-kafka", idleMaxMs: world.idleMaxMs } as const;
    this.#reporter = new Reporter(world.house, about, world.now);
  }

  /** There may be new records: poll at once, and often for a while. */
  poke(): void {
    this.#poked = true;
    this.#empty = 0;
    this.#pollAt = 0;
  }

  /** Never rejects. Answers the number of milliseconds until the next turn. */
  async turn(): Promise<number> {
    const { store, now, idleMaxMs } = this.#world;
    this.#poked = false;
    try {
      await this.#mail.deliver();
      if (now() >= this.#pollAt) await this.#poll();
    } catch (error) {
      this.#failed(wordsOf(error));
    }
    // Not awaited: a report that waits its turn includes later changes.
    void this.#reporter.note({ records: this.#fresh, error: this.#error(), lag: this.#lag });
    this.#fresh = 0;
    if (this.#poked) return 0;
    const due = Math.min(this.#pollAt, nextDueOf(store) ?? Number.POSITIVE_INFINITY);
    return Math.min(Math.max(due - now(), 0), Math.max(idleMaxMs, backOff(this.#fails, BACK_OFF)));
  }

  state(): FeedState {
    const { store, topic } = this.#world;
    const error = this.#error();
    return {
      topic: TOPICS[topic].kafka,
      state: error === null ? "ok" : "failing",
      error,
      records: this.#reporter.records,
      offsets: Object.fromEntries([...store.positions()].map(([partition, { next }]) => [partition, next])),
      lag: this.#lag,
      ...store.depth(),
    };
  }

  /** Reads until a fetch is empty, a limit of the turn is reached or a partition fails. Rejects when Kafka does not answer. */
  async #poll(): Promise<void> {
    const { store, now } = this.#world;
    const until = now() + TURN_MS;
    const source = this.#world.open();
    try {
      const topicId = await this.#align(source);
      for (let fetches = 0; fetches < TURN_FETCHES && now() < until; fetches++) {
        if (store.depth().outbox >= OUTBOX_MAX) {
          this.#pollAt = now() + PAUSE_MIN_MS;
          return;
        }
        const { got, error } = await this.#fetch(source, topicId);
        if (error !== null) return this.#failed(error);
        this.#fails = 0;
        this.#pollError = null;
        if (got === 0 && !this.#poked) return this.#rest();
        if (got > 0) this.#empty = 0;
        this.#poked = false;
      }
      this.#pollAt = now();
    } finally {
      await source.close();
    }
  }

  #rest(): void {
    const pause = PAUSE_MIN_MS * 2 ** Math.min(this.#empty, 20);
    this.#pollAt = this.#world.now() + Math.min(pause, this.#world.idleMaxMs);
    this.#empty += 1;
  }

  /** Partitions without a stored offset for this topic id start at their earliest offset. Answers the topic's id. */
  async #align(source: TopicSource): Promise<string> {
    const { store } = this.#world;
    const { id, partitions } = await within(QUESTION_MS, "asking Kafka for the topic", source.look());
    const known = store.positions();
    const fresh = partitions.filter((partition) => known.get(partition)?.topicId !== id);
    if (fresh.length > 0) {
      store.place(id, await within(QUESTION_MS, "asking Kafka for first offsets", source.earliest(fresh)));
    }
    return id;
  }

  async #fetch(source: TopicSource, topicId: string): Promise<{ got: number; error: string | null }> {
    const { store, topic, now } = this.#world;
    const from = new Map<number, number>();
    for (const [partition, position] of store.positions()) {
      if (position.topicId === topicId) from.set(partition, position.next);
    }
    const { records, next, ends, outOfRange, error } = await within(
      QUESTION_MS,
      "reading from Kafka",
      source.fetch(from),
    );
    if (next.size > 0 || records.length > 0) {
      const at = now();
      store.take(
        topicId,
        next,
        records.map((record) => readRecord(topic, record, at)),
        at,
      );
    }
    if (records.length > 0) await (this.#world.step ?? noSteps)("feed.stored");
    if (outOfRange.length > 0) {
      store.place(topicId, await within(QUESTION_MS, "asking Kafka for first offsets", source.earliest(outOfRange)));
    }
    this.#lag = 0;
    for (const [partition, end] of ends)
      this.#lag += Math.max(0, end - (next.get(partition) ?? from.get(partition) ?? end));
    this.#fresh += records.length;
    await this.#mail.deliver();
    return { got: records.length + outOfRange.length, error };
  }

  #failed(words: string): void {
    this.#fails += 1;
    this.#pollError = words;
    this.#lag = null; // records may have come meanwhile
    this.#pollAt = this.#world.now() + backOff(this.#fails, BACK_OFF);
  }

  #error(): string | null {
    return this.#pollError ?? this.#mail.error;
  }
}

function nextDueOf(store: FeedStore): number | null {
  try {
    return store.nextDue();
  } catch {
    return null;
  }
}
