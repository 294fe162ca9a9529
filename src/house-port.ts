import type { Topic } from "./events.ts";

/**
 * The seam between the Worker and the bridge, which is a Worker of its own: what the bridge may ask of the house, over a service
 * binding to the entrypoint `House`. The house asks nothing of the bridge; it hands it messages by queue.
 */
export interface HousePort {
  /** These events have reached Kafka (or were parked): the outboxes of their rooms may forget them. Unknown ids are passed over. */
  confirm(topic: Topic, ids: readonly string[]): Promise<void>;
  /** Of these events, which have not had their effect here yet (ticket made, award credited or parked). */
  unsettled(topic: "stakes" | "awards", ids: readonly string[]): Promise<string[]>;
  /** Messages that will never be right: kept for the operator, who can send them again. Idempotent by `id`. */
  park(letters: readonly DeadLetter[]): Promise<void>;
  /** How it goes, for /api/health. Now and then, and whenever it changes. */
  report(report: BridgeReport): Promise<void>;
}

export type DeadLetter = {
  /** The event's id where it has one that can be read, else made of where the message was found. */
  readonly id: string;
  /** Where it was found: a queue's name, or `kafka:<topic>`. */
  readonly from: string;
  readonly topic: Topic;
  readonly code: string;
  readonly reason: string;
  /** The message as it came; text when it was not even JSON. */
  readonly body: unknown;
  readonly at: number;
};

/** One direction of one topic. */
export type BridgeReport = {
  readonly topic: Topic;
  readonly direction: "to-kafka" | "from-kafka";
  readonly state: "ok" | "failing";
  /** The last error's words, without secrets; null when it is well. */
  readonly error: string | null;
  /** Records since the bridge object or isolate began. */
  readonly records: number;
  /** Records behind the end of the topic, where that is known. */
  readonly lag: number | null;
  readonly at: number;
};
