import type { Topic } from "../events.ts";
import { poison, type Verdict } from "../queue/verdict.ts";

/** How the queue consumer writes to Kafka. Adapters: native.ts (through the `Writer` object), and rest.ts with its two versions. */
export interface KafkaSender {
  /**
   * Writes the records to one topic. Never rejects: answers a verdict for each record, in their order. A record with the verdict
   * "retry" may have been written all the same if its acknowledgement was lost: consumers deduplicate by event id.
   */
  send(records: readonly OutRecord[]): Promise<readonly Verdict[]>;
}

export type OutRecord = {
  /** Records with the same key go to the same partition, the one that Kafka's Java client would choose. */
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** The verdict for a record that Kafka will never accept. */
export const refused = (reason: string): Verdict => poison("refused_by_kafka", reason);

/** The topic of a queue, by the end of its name: `stakes-kafka`, `lottery-awards-kafka`. Null: none. */
export function topicOfQueue(queue: string): Extract<Topic, "stakes" | "awards"> | null {
  const end = /(?:^|-)(stakes|awards)-kafka$/.exec(queue)?.[1];
  return end === "stakes" || end === "awards" ? end : null;
}
