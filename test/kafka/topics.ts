import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Admin, Consumer, IS_CONTROL, type BaseOptions, type RecordsBatch } from "@platformatic/kafka";

/** What tests ask of a broker with a real client: is it there, make a topic, read all that is in one. */

/** How to come in, where the broker asks for it. */
export type Entry = Pick<BaseOptions, "sasl" | "tls">;

/** A record as it lies in the topic. */
export type Read = {
  readonly partition: number;
  readonly offset: bigint;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

const FETCH_BYTES = 4 * 1024 * 1024;

/** Options of a client that asks once: a test wants to know what happened, not what happened after retries. */
export function clientOptions(brokers: string, waitMs: number, entry: Entry = {}): BaseOptions {
  return {
    clientId: `test-${randomUUID()}`,
    bootstrapBrokers: brokers.split(","),
    retries: 0,
    connectTimeout: waitMs,
    requestTimeout: waitMs,
    timeout: waitMs,
    ...entry,
  };
}

/** Null when a broker is there and leads every partition that it has, else the reason in words. */
export async function whyNoAnswer(brokers: string, waitMs: number, entry: Entry = {}): Promise<string | null> {
  const admin = new Admin(clientOptions(brokers, waitMs, entry));
  try {
    const { brokers: known } = await admin.metadata({ topics: [] });
    if (known.size === 0) return "no broker of the cluster is in service yet";
    await admin.listTopics({ includeInternals: true }); // fails when a partition has no leader
    return null;
  } catch (error) {
    return innermost(error);
  } finally {
    await admin.close().catch(() => {});
  }
}

/** The client wraps what happened ("Cannot connect to any broker") in up to three layers. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  return inner === undefined ? error.message : innermost(inner);
}

/** Whether a broker answers, and within the time. */
export async function answers(brokers: string, waitMs: number, entry: Entry = {}): Promise<boolean> {
  return (await whyNoAnswer(brokers, waitMs, entry)) === null;
}

/** Makes a topic, and waits until each partition answers: a broker names their leader a moment before that leader serves them. */
export async function createTopic(
  brokers: string,
  topic: string,
  partitions: number,
  entry: Entry = {},
): Promise<void> {
  const admin = new Admin({ ...clientOptions(brokers, 10_000, entry), retries: 3 });
  try {
    await admin.createTopics({ topics: [topic], partitions, replicas: 1 });
    const ends = Array.from({ length: partitions }, (_, partitionIndex) => ({ partitionIndex, timestamp: -1n }));
    const deadline = Date.now() + 10_000;
    for (;;) {
      try {
        await admin.listOffsets({ topics: [{ name: topic, partitions: ends }] });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await delay(50);
      }
    }
  } finally {
    await admin.close();
  }
}

/**
 * All committed records of a topic, from its start to the end that it has now, partition after partition. No group is joined:
 * reading leaves no trace.
 */
export async function readTopic(brokers: string, topic: string, entry: Entry = {}): Promise<Read[]> {
  const consumer = new Consumer({ ...clientOptions(brokers, 10_000, entry), retries: 3, groupId: "no-group" });
  try {
    consumer.topics.track(topic); // what fetch() looks topic ids up by
    const described = (await consumer.metadata({ topics: [topic] })).topics.get(topic);
    if (described === undefined) throw new Error(`no such topic: ${topic}`);
    const starts = await consumer.listOffsets({ topics: [topic], timestamp: -2n });
    const ends = await consumer.listOffsets({ topics: [topic], timestamp: -1n });
    const found: Read[] = [];
    for (const [partition, { leader }] of described.partitions.entries()) {
      const start = starts.get(topic)?.[partition] ?? 0n;
      const end = ends.get(topic)?.[partition] ?? 0n;
      const from = { consumer, node: leader, topicId: described.id, partition };
      for (let offset = start; offset < end;) {
        const batches = await fetchFrom(from, offset);
        if (batches.length === 0) throw new Error(`${topic}/${partition} gave nothing at ${offset} of ${end}`);
        for (const batch of batches) {
          found.push(...recordsOf(batch, partition).filter((record) => record.offset >= offset && record.offset < end));
          offset = batch.firstOffset + BigInt(batch.lastOffsetDelta) + 1n;
        }
      }
    }
    return found;
  } finally {
    await consumer.close();
  }
}

type From = {
  readonly consumer: Consumer;
  readonly node: number;
  readonly topicId: string;
  readonly partition: number;
};

async function fetchFrom({ consumer, node, topicId, partition }: From, offset: bigint): Promise<RecordsBatch[]> {
  const wanted = {
    partition,
    currentLeaderEpoch: -1,
    fetchOffset: offset,
    lastFetchedEpoch: -1,
    partitionMaxBytes: FETCH_BYTES,
  };
  const answer = await consumer.fetch({
    node,
    topics: [{ topicId, partitions: [wanted] }],
    minBytes: 1,
    maxBytes: FETCH_BYTES,
    maxWaitTime: 5000,
  });
  const own = answer.responses.flatMap((topic) => topic.partitions).find((part) => part.partitionIndex === partition);
  return own?.records ?? [];
}

function recordsOf(batch: RecordsBatch, partition: number): Read[] {
  // Marks of transactions are not records.
  if ((batch.attributes & IS_CONTROL) !== 0) return [];
  return batch.records.map((record) => ({
    partition,
    offset: batch.firstOffset + BigInt(record.offsetDelta),
    key: text(record.key),
    value: text(record.value),
    headers: Object.fromEntries(record.headers.map(([name, value]) => [text(name) ?? "", text(value) ?? ""])),
  }));
}

function text(bytes: Buffer | null): string | null {
  return bytes === null ? null : bytes.toString("utf8");
}
