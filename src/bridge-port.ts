import type { Topic } from "./events.ts";

/**
 * The interface between the main Worker ("the house") and the bridge to Kafka, a separate Worker: the methods that the bridge
 * calls over a service binding to the entrypoint `House`. The house never calls the bridge; it sends it messages by queue.
 */
export interface BridgePort {
  /** Confirms events that were written to Kafka or parked, so that their rooms' outboxes delete them. Ignores unknown ids. */
  confirm(topic: Topic, ids: readonly string[]): Promise<void>;
  /** The events among these that are not confirmed yet and still have to be written. Asks each room once. */
  unconfirmed(topic: Topic, ids: readonly string[]): Promise<Unconfirmed>;
  /** The ids among these that are not settled here yet: no ticket made, no award credited, and not parked. */
  unsettled(topic: "stakes" | "awards", ids: readonly string[]): Promise<string[]>;
  /** Stores messages that can never be processed as they are; an operator can replay them. Idempotent by `id`. */
  park(letters: readonly DeadLetter[]): Promise<void>;
  /** Reports the state of one direction, for /api/health: now and then, and at each change. */
  report(report: BridgeWord): Promise<void>;
}

/** `open`: not confirmed, or known to no room of this house. `silent`: the room that could tell does not answer. */
export type Unconfirmed = { readonly open: readonly string[]; readonly silent: readonly string[] };

export type DeadLetter = {
  /** The event's id if it can be read, else an id made from where the message was found. */
  readonly id: string;
  /** Where the message was found: a queue's name, or `kafka:<topic>`. */
  readonly from: string;
  readonly topic: Topic;
  readonly code: string;
  readonly reason: string;
  /** The message as received; a text if it was not JSON or was cut. */
  readonly body: unknown;
  readonly at: number;
};

/** The state of one direction of one topic. */
export type BridgeReport = {
  readonly topic: Topic;
  readonly direction: "to-kafka" | "from-kafka";
  readonly state: "ok" | "failing";
  /** The last error, without secrets; null: all is well. */
  readonly error: string | null;
  /** Records since the bridge's object or isolate started. */
  readonly records: number;
  /** Records behind the end of the topic; null: unknown. */
  readonly lag: number | null;
  readonly at: number;
  /** When the next report is due at the latest: after that, the bridge has stopped. Missing: reports come only with records. */
  readonly next?: number;
};

/** A report as the bridge sends it. `records` null: it was only a probe of the broker, so the earlier count stays. */
export type BridgeWord = Omit<BridgeReport, "records"> & { readonly records: number | null };
