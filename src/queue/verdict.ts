import { tooDeep } from "../../rooms/kit/text.ts";
import type { Topic } from "../events.ts";
import type { DeadLetter } from "../bridge-port.ts";

/** What became of a message that was consumed, or of a record that was to be written. Each of a batch gets one, by itself. */
export type Verdict =
  /** It had its effect, now or when it came before. */
  | { readonly type: "done" }
  /** It will never be right as it is. */
  | { readonly type: "poison"; readonly code: string; readonly reason: string }
  /** Something that it needs does not answer just now, or nobody knows whether it had its effect. */
  | { readonly type: "retry"; readonly why: string };

export const done: Verdict = { type: "done" };
export const poison = (code: string, reason: string): Verdict => ({ type: "poison", code, reason });
export const retry = (why: string): Verdict => ({ type: "retry", why });

/** A message as a queue has it: `id` is the queue's own. */
export type Item = { readonly id: string; readonly body: unknown };

const RETRY_MAX_S = 30;
/** So often a queue delivers one message of an event; what cannot be done even then is left to the outbox that sent it. */
export const QUEUE_TRIES = 4;

/** 1 s, 2 s, 4 s, ... 30 s. `attempts` counts from 1. */
export const retryAfterS = (attempts: number): number =>
  Math.min(RETRY_MAX_S, 2 ** Math.min(Math.max(attempts, 1) - 1, 10));

/** The id that an event says it has; null: it is no event, or it says none that could be one. */
export function eventIdOf(body: unknown): string | null {
  const { id }: { id?: unknown } = Object(body);
  return typeof id === "string" && id.length > 0 && id.length <= 200 ? id : null;
}

/** As much of a queue's message as its verdict needs. */
export type Delivery = {
  readonly body: unknown;
  /** From 1. */
  readonly attempts: number;
  ack(): void;
  retry(options: { delaySeconds: number }): void;
};

/**
 * What could not be done just now. The queue has it again in a moment, a few times; then it is let go: nobody has confirmed the
 * event, so its outbox sends it again, as long as it takes. The queue's own count of tries never makes a dead letter of it, and it
 * does not hold a copy of each sending. What is no event has no outbox, and stays in the queue.
 */
export function putBack(message: Delivery): void {
  if (message.attempts >= QUEUE_TRIES && eventIdOf(message.body) !== null) message.ack();
  else message.retry({ delaySeconds: retryAfterS(message.attempts) });
}

/** What is too deep to be written down is let go; the reason says so. */
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
