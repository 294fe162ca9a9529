import { tooDeep } from "../../rooms/kit/text.ts";
import type { DeadLetter } from "../bridge-port.ts";
import { readEvent, TOPICS, type Topic } from "../events.ts";
import type { InRecord } from "./topic-source.ts";

/** Reads a Kafka record for the feed: it becomes an event for the queue, or a dead letter for the house. */

/** A queue takes messages up to 128 KB. */
const BODY_BYTES_MAX = 120_000;
/** A longer body of a dead letter is cut to this: enough to see what it is. */
const DEAD_CHARS_MAX = 100_000;

export type Incoming =
  | { readonly kind: "event"; readonly id: string; readonly body: string }
  | { readonly kind: "dead"; readonly letter: DeadLetter };

export function readRecord(topic: Topic, record: InRecord, at: number): Incoming {
  const { kafka } = TOPICS[topic];
  const from = `kafka:${kafka}`;
  const place = `${from}:${record.partition}:${record.offset}`;
  // Its id is its offset, not the id in the record: a bad record must not block the genuine event with that id.
  const dead = (code: string, reason: string, body: unknown): Incoming => ({
    kind: "dead",
    letter: { id: place, from, topic, code, reason, body, at },
  });
  if (record.value === null) return dead("not_an_event", "A tombstone: the record has no value.", null);
  const text = new TextDecoder().decode(record.value);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return dead("not_an_event", "It is not JSON.", text.slice(0, DEAD_CHARS_MAX));
  }
  const kept = text.length > DEAD_CHARS_MAX || tooDeep(body) ? text.slice(0, DEAD_CHARS_MAX) : body;
  const read = readEvent(topic, body);
  if (!read.ok) return dead(read.code, read.message, kept);
  if (record.value.byteLength > BODY_BYTES_MAX) {
    return dead("too_large", `It has ${record.value.byteLength} bytes; a queue takes ${BODY_BYTES_MAX}.`, kept);
  }
  return { kind: "event", id: read.event.id, body: text };
}
