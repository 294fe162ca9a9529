import type { Topic } from "../events.ts";
import { poison, type Verdict } from "../queue/verdict.ts";

/** What the queue's consumer asks of Kafka. Two kinds of adapters: native.ts and the two of rest.ts. */
export interface KafkaSender {
  /**
   * Writes the records to one topic. Never rejects: there is a verdict for each record, in their order. What is to be retried may
   * have been written all the same, its acknowledgement being lost: consumers dedupe by event id.
   */
  send(records: readonly OutRecord[]): Promise<readonly Verdict[]>;
}

export type OutRecord = {
  /** Records of one key go to one partition, the same one as a Java client's. */
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
};

/** This record will never be taken. */
export const refused = (reason: string): Verdict => poison("refused_by_kafka", reason);

/** Which topic a queue is for, by the end of its name: `stakes-kafka`, `lottery-awards-kafka`. Null: none. */
export function topicOfQueue(queue: string): Extract<Topic, "stakes" | "awards"> | null {
  const end = /(?:^|-)(stakes|awards)-kafka$/.exec(queue)?.[1];
  return end === "stakes" || end === "awards" ? end : null;
}
