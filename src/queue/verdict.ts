import { tooDeep } from "../../rooms/kit/text.ts";
import type { Topic } from "../events.ts";
import type { DeadLetter } from "../bridge-port.ts";

/** The outcome of consuming a message or writing a record. Each one of a batch gets its own. */
export type Verdict =
  /** It has had its effect, now or at an earlier delivery. */
  | { readonly type: "done" }
  /** It can never be processed as it is: it becomes a dead letter. */
  | { readonly type: "poison"; readonly code: string; readonly reason: string }
  /** Something that it needs does not answer now, or it is unknown whether it had its effect. */
  | { readonly type: "retry"; readonly why: string };

export const done: Verdict = { type: "done" };
export const poison = (code: string, reason: string): Verdict => ({ type: "poison", code, reason });
export const retry = (why: string): Verdict => ({ type: "retry", why });

/** A queue message. `id` is the queue's own, not the event's. */
export type Item = { readonly id: string; readonly body: unknown };

const RETRY_MAX_S = 30;
/** The most deliveries of an event's message by the queue; after these it is left to the outbox to send the event again. */
export const QUEUE_TRIES = 4;

/** The back-off of a message in seconds: 1, 2, 4, ... 30. `attempts` counts from 1. */
export const retryAfterS = (attempts: number): number =>
  Math.min(RETRY_MAX_S, 2 ** Math.min(Math.max(attempts, 1) - 1, 10));

/** The event id in a message body; null: there is none, or none that could be valid. */
export function eventIdOf(body: unknown): string | null {
  const { id }: { id?: unknown } = Object(body);
  return typeof id === "string" && id.length > 0 && id.length <= 200 ? id : null;
}

/** The parts of a queue message that a verdict needs. */
export type Delivery = {
  readonly body: unknown;
  /** From 1. */
  readonly attempts: number;
  ack(): void;
  retry(options: { delaySeconds: number }): void;
};

/**
 * Puts back a message that cannot be handled now. The queue retries it a few times; after that it is acknowledged, because the
 * event is unconfirmed and its outbox sends it again for as long as it takes. So the queue's retry limit never makes it a dead
 * letter, and the queue does not collect a copy of each send. A message that is no event has no outbox and stays in the queue.
 */
export function putBack(message: Delivery): void {
  if (message.attempts >= QUEUE_TRIES && eventIdOf(message.body) !== null) message.ack();
  else message.retry({ delaySeconds: retryAfterS(message.attempts) });
}

/** Makes a dead letter of a message. A body that is nested too deep to be stored is dropped. */
export function letterOf(
  item: Item,
  from: string,
  topic: Topic,
  { code, reason }: { readonly code: string; readonly reason: string },
  at: number,
): DeadLetter {
  const body = tooDeep(item.body) ? null : item.body;
  return { id: eventIdOf(item.body) ?? `${from}:${item.id}`, from, topic, code, reason, body, at };
}
