import type { Topic } from "./events.ts";

/**
 * The seam between the Worker and the bridge, which is a Worker of its own: what the bridge may ask of the house, over a service
 * binding to the entrypoint `House`. The house asks nothing of the bridge; it hands it messages by queue.
 */
export interface BridgePort {
  /** These events have reached Kafka (or were parked): the outboxes of their rooms may forget them. Unknown ids are passed over. */
  confirm(topic: Topic, ids: readonly string[]): Promise<void>;
  /** Of these events of this house's rooms, which nobody has confirmed: only those are still to be sent. Asks each room once. */
  unconfirmed(topic: Topic, ids: readonly string[]): Promise<Unconfirmed>;
  /** Of these events, which have not had their effect here yet (ticket made, award credited or parked). */
  unsettled(topic: "stakes" | "awards", ids: readonly string[]): Promise<string[]>;
  /** Messages that will never be right: kept for the operator, who can send them again. Idempotent by `id`. */
  park(letters: readonly DeadLetter[]): Promise<void>;
  /** How it goes, for /api/health. Now and then, and whenever it changes. */
  report(report: BridgeWord): Promise<void>;
}

/** `open`: nobody has confirmed it, or no room of this house knows it. `silent`: the room that could say does not answer. */
export type Unconfirmed = { readonly open: readonly string[]; readonly silent: readonly string[] };

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
  /** Another report comes by then, unless nobody asks the broker any more. Missing: there is no telling. */
  readonly next?: number;
};

/** What the bridge says. `records` null: nothing new of them, it has only asked how the broker is. */
export type BridgeWord = Omit<BridgeReport, "records"> & { readonly records: number | null };
