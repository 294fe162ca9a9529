/** How the feed reads one Kafka topic, from offsets that it names. Adapter: kafka-source.ts. Offsets are integers below 2^53. */
export interface TopicSource {
  /**
   * The topic as the brokers know it now. `id` changes when the topic was deleted and created again: offsets of the old one are
   * then meaningless. Rejects when no broker answers.
   */
  look(): Promise<{ readonly id: string; readonly partitions: readonly number[] }>;
  /** The earliest offset that still exists, by partition. */
  earliest(partitions: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** Fetches records from these offsets, with a short long-poll. Rejects when no broker could be read. */
  fetch(from: ReadonlyMap<number, number>): Promise<Fetched>;
  /** Closes every socket. Never rejects. */
  close(): Promise<void>;
}

export type Fetched = {
  /** In the order of their offsets within a partition. */
  readonly records: readonly InRecord[];
  /** The next offset to read, after the last record, marker or gap. Only partitions for which it has moved. */
  readonly next: ReadonlyMap<number, number>;
  /** The end offset (high watermark) of each partition. */
  readonly ends: ReadonlyMap<number, number>;
  /** Partitions without the requested offset: the log was truncated, or was never that long. */
  readonly outOfRange: readonly number[];
  /** The first error of a partition or broker, as text; null: there was none. */
  readonly error: string | null;
};

export type InRecord = {
  readonly partition: number;
  readonly offset: number;
  /** Null: a tombstone. */
  readonly value: Uint8Array | null;
};
