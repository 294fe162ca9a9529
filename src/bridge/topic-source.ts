/** What the feed asks of Kafka: one topic, read from where the feed says. Adapter: kafka-source.ts. Offsets are whole numbers below 2^53. */
export interface TopicSource {
  /**
   * The topic as the brokers know it now. `id` is another one when a topic of this name was made anew, so that offsets of the old one
   * mean nothing. Rejects when no broker says.
   */
  look(): Promise<{ readonly id: string; readonly partitions: readonly number[] }>;
  /** The first offset that is still there, by partition. */
  earliest(partitions: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** Waits for records for a moment. Rejects when nothing could be read anywhere. */
  fetch(from: ReadonlyMap<number, number>): Promise<Fetched>;
  /** Closes every socket. Never rejects. */
  close(): Promise<void>;
}

export type Fetched = {
  /** In the order of their offsets within a partition. */
  readonly records: readonly InRecord[];
  /** Where to go on, by partition, where that has moved: behind the last record, marker or gap. */
  readonly next: ReadonlyMap<number, number>;
  /** The ends of the partitions. */
  readonly ends: ReadonlyMap<number, number>;
  /** Partitions that have nothing at the offset that was asked for: the log was cut, or has never been that long. */
  readonly outOfRange: readonly number[];
  /** Partitions that did not answer, in words; null: all did. */
  readonly error: string | null;
};

export type InRecord = {
  readonly partition: number;
  readonly offset: number;
  /** Null: a tombstone. */
  readonly value: Uint8Array | null;
};
