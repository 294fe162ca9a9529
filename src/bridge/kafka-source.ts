import { Consumer, ResponseError } from "@platformatic/kafka";
import { clientOptions, type Brokers } from "./client.ts";
import { readPartition, type FetchResponse } from "./read-partition.ts";
import type { Fetched, InRecord, TopicSource } from "./topic-source.ts";
import { within, wordsOf } from "./words.ts";

/** How long a broker may hold a fetch when it has no records (long-poll). */
const WAIT_MS = 250;
const FETCH_BYTES_MAX = 1_048_576;
const CLOSE_MS = 1_000;
const EARLIEST = -2n;
const OFFSET_OUT_OF_RANGE = 1;

/**
 * Reads a topic over Kafka's own protocol, without a consumer group: the feed stores its offsets itself. Connects with the first
 * request. It hardly retries: the feed has its own back-off.
 */
export function kafkaSource(brokers: Brokers, topic: string): TopicSource {
  const consumer = new Consumer({
    ...clientOptions(brokers),
    groupId: brokers.KAFKA_CLIENT_ID,
    retries: 0,
    retryDelay: 250,
    metadataMaxAge: 60_000,
    // READ_COMMITTED: no records of aborted transactions.
    isolationLevel: 1,
  });
  // Old brokers identify topics by name, not by id: the client looks the name up among the tracked topics.
  consumer.topics.track(topic);
  const known = async (retries: number) => {
    const metadata = await consumer.metadata({ topics: [topic], retries });
    const found = metadata.topics.get(topic);
    if (found === undefined || found.partitionsCount === 0) throw new Error(`there is no topic ${topic}`);
    return found;
  };

  return {
    async look() {
      // This request may make the broker create the topic; a retry then finds it.
      const { id, partitionsCount } = await known(2);
      return { id, partitions: Array.from({ length: partitionsCount }, (_none, partition) => partition) };
    },

    async earliest(partitions) {
      const offsets = await consumer.listOffsets({
        topics: [topic],
        partitions: { [topic]: [...partitions] },
        timestamp: EARLIEST,
      });
      const found = new Map<number, number>();
      for (const partition of partitions) {
        const offset = offsets.get(topic)?.[partition];
        if (offset === undefined || offset < 0n)
          throw new Error(`partition ${partition} of ${topic} names no first offset`);
        found.set(partition, Number(offset));
      }
      return found;
    },

    async fetch(from) {
      const { id, partitions } = await known(0);
      const byLeader = new Map<number, number[]>();
      for (const partition of from.keys()) {
        const leader = partitions[partition]?.leader ?? -1;
        byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition]);
      }
      const answers = await Promise.all(
        [...byLeader].map(([node, some]) => ask(consumer, { node, topicId: id, some, from })),
      );
      const all = gather(answers, from);
      if (all.error !== null) consumer.clearMetadata();
      if (all.error !== null && answers.every(({ response }) => response === null)) throw new Error(all.error);
      return all;
    },

    async close() {
      await within(CLOSE_MS, "closing", consumer.close(true)).catch(() => undefined);
    },
  };
}

type Question = {
  readonly node: number;
  readonly topicId: string;
  readonly some: readonly number[];
  readonly from: ReadonlyMap<number, number>;
};
type Answer = { readonly response: FetchResponse | null; readonly error: string | null };

/** Fetches the partitions of one leader. A response with errors for some partitions is still a response. */
async function ask(consumer: Consumer, { node, topicId, some, from }: Question): Promise<Answer> {
  const partitions = some.map((partition) => ({
    partition,
    currentLeaderEpoch: -1,
    fetchOffset: BigInt(from.get(partition) ?? 0),
    lastFetchedEpoch: -1,
    partitionMaxBytes: FETCH_BYTES_MAX,
  }));
  const topics = [{ topicId, partitions }];
  try {
    const response = await consumer.fetch({
      node,
      topics,
      minBytes: 1,
      maxBytes: FETCH_BYTES_MAX,
      maxWaitTime: WAIT_MS,
    });
    return { response, error: null };
  } catch (error) {
    const partial: unknown = error instanceof ResponseError ? Reflect.get(error, "response") : null;
    // The cast is safe: the client's own parser has made it, from the response to this request.
    return { response: (partial ?? null) as FetchResponse | null, error: wordsOf(error) };
  }
}

function gather(answers: readonly Answer[], from: ReadonlyMap<number, number>): Fetched {
  const records: InRecord[] = [];
  const next = new Map<number, number>();
  const ends = new Map<number, number>();
  const outOfRange: number[] = [];
  const errors: string[] = [];
  for (const { response, error } of answers) {
    if (response === null && error !== null) errors.push(error);
    for (const partition of (response?.responses ?? []).flatMap(({ partitions }) => partitions)) {
      const index = partition.partitionIndex;
      if (partition.errorCode === OFFSET_OUT_OF_RANGE) outOfRange.push(index);
      else if (partition.errorCode !== 0) errors.push(error ?? `partition ${index} answered ${partition.errorCode}`);
      else {
        const read = readPartition(partition, from.get(index) ?? 0);
        records.push(...read.records);
        if (read.next !== null) next.set(index, read.next);
        ends.set(index, Number(partition.highWatermark));
      }
    }
  }
  return { records, next, ends, outOfRange, error: errors[0] ?? null };
}
