import { Buffer } from "node:buffer";
import { compatibilityPartitioner, Producer } from "@platformatic/kafka";
import { clientOptions, type Brokers } from "./client.ts";
import { done, retry, type Verdict } from "../queue/verdict.ts";
import { outcomesOf } from "./outcomes.ts";
import type { KafkaSender, OutRecord } from "./sender.ts";
import { within, wordsOf } from "./words.ts";

/** Time limit for a whole batch; records without a verdict by then are retried. */
const BATCH_MS = 20_000;
const CLOSE_MS = 1_000;
const LOOK_MS = 8_000;

type Message = ReturnType<typeof messageOf>;
type RecordIn = { readonly index: number; readonly message: Message; readonly partition: number };

/**
 * Writes over Kafka's own protocol, acknowledged by all in-sync replicas. The producer is idempotent, so the client's own retries
 * write nothing twice. The connection is kept between calls, and closed after any call in which a record has to be retried.
 */
export class NativeConnection implements KafkaSender {
  readonly #brokers: Brokers;
  readonly #topic: string;
  readonly #batchMs: number;
  #producer: Producer | null = null;

  constructor(brokers: Brokers, topic: string, batchMs = BATCH_MS) {
    this.#brokers = brokers;
    this.#topic = topic;
    this.#batchMs = batchMs;
  }

  async send(records: readonly OutRecord[]): Promise<readonly Verdict[]> {
    const found = new Map<number, Verdict>();
    if (records.length === 0) return [];
    this.#producer ??= producerFor(this.#brokers);
    let failure = "";
    try {
      await within(this.#batchMs, "writing to Kafka", write(this.#producer, this.#topic, records, found));
    } catch (error) {
      failure = wordsOf(error);
    }
    const verdicts = records.map((_, index): Verdict => found.get(index) ?? retry(failure));
    if (verdicts.some(({ type }) => type === "retry")) await this.close();
    return verdicts;
  }

  /** Whether there may be a connection. */
  get open(): boolean {
    return this.#producer !== null;
  }

  /** Asks for the topic's partitions, without the metadata cache. Rejects when no broker answers or the topic has none. */
  async look(): Promise<void> {
    this.#producer ??= producerFor(this.#brokers);
    await within(LOOK_MS, "asking Kafka for the topic", partitionsOf(this.#producer, this.#topic, true));
  }

  /** Never rejects. The next `send` opens a new connection. */
  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = null;
    if (producer !== null) await within(CLOSE_MS, "closing", producer.close(true)).catch(() => undefined);
  }
}

/** A sender that opens a connection for each call, for a caller that cannot keep one. */
export function nativeSender(brokers: Brokers, topic: string, batchMs = BATCH_MS): KafkaSender {
  return {
    async send(records) {
      const connection = new NativeConnection(brokers, topic, batchMs);
      try {
        return await connection.send(records);
      } finally {
        await connection.close();
      }
    },
  };
}

const producerFor = (brokers: Brokers): Producer =>
  new Producer({
    ...clientOptions(brokers),
    idempotent: true,
    acks: -1,
    // -1 asks the broker for a new producer id; without these the client claims id 0.
    producerId: -1n,
    producerEpoch: -1,
    retries: 4,
    retryDelay: 250,
  });

/** Fills in `verdicts` as answers come. Rejects when the topic's metadata cannot be read; the caller then retries the rest. */
async function write(
  producer: Producer,
  topic: string,
  records: readonly OutRecord[],
  verdicts: Map<number, Verdict>,
): Promise<void> {
  const partitions = await partitionsOf(producer, topic);
  // We choose the partition ourselves, so that we know which records the answer for a partition is about.
  const all = records.map((record, index): RecordIn => {
    const message = messageOf(topic, record);
    return { index, message, partition: compatibilityPartitioner(message, message.key) % partitions };
  });
  const open: RecordIn[][] = [all];
  for (let some = open.shift(); some !== undefined; some = open.shift()) {
    const outcomes = await attempt(producer, topic, some);
    for (const [partition, outcome] of outcomes) {
      const these = some.filter((one) => one.partition === partition);
      // The broker refuses all records of a partition together: the bad one is found by bisection.
      if (outcome.type === "poison" && these.length > 1) open.push(...halves(these));
      else for (const { index } of these) verdicts.set(index, outcome);
    }
  }
}

async function partitionsOf(producer: Producer, topic: string, forceUpdate = false): Promise<number> {
  const metadata = await producer.metadata({ topics: [topic], autocreateTopics: true, forceUpdate });
  const partitions = metadata.topics.get(topic)?.partitionsCount ?? 0;
  if (partitions === 0) throw new Error(`the topic ${topic} has no partitions`);
  return partitions;
}

/** Sends one request to each leader. Answers a verdict for each partition; an uncertain outcome is a retry. */
async function attempt(producer: Producer, topic: string, some: readonly RecordIn[]): Promise<Map<number, Verdict>> {
  const partitions = new Set(some.map(({ partition }) => partition));
  try {
    await producer.send({
      messages: some.map(({ message, partition }) => ({ ...message, partition })),
    });
    return new Map([...partitions].map((partition) => [partition, done]));
  } catch (error) {
    const known = outcomesOf(error, topic);
    const unknown = retry(wordsOf(error));
    return new Map([...partitions].map((partition) => [partition, known.get(partition) ?? unknown]));
  }
}

const messageOf = (topic: string, { key, value, headers }: OutRecord) => ({
  topic,
  key: Buffer.from(key),
  value: Buffer.from(value),
  headers: new Map(Object.entries(headers).map(([name, text]) => [bytesOf(name), bytesOf(text)])),
});

/** Header names, types and versions are few and repeat, so their bytes are cached. Ids are longer and are not. */
const SHORT_CHARS = 24;
const KNOWN_MAX = 200;
const known = new Map<string, Buffer>();

function bytesOf(text: string): Buffer {
  const found = known.get(text);
  if (found !== undefined) return found;
  const bytes = Buffer.from(text);
  if (text.length <= SHORT_CHARS && known.size < KNOWN_MAX) known.set(text, bytes);
  return bytes;
}

function halves<T>(list: readonly T[]): [T[], T[]] {
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)];
}
