import type { BridgePort } from "../bridge-port.ts";
import { readEvent, type Topic } from "../events.ts";
import { eventIdOf, letterOf, putBack, retry, type Delivery, type Verdict } from "../queue/verdict.ts";
import type { KafkaSender, OutRecord } from "./sender.ts";
import { noSteps, type Steps } from "./steps.ts";
import { wordsOf } from "./words.ts";

/** Writes a batch of queue messages to Kafka. Every message gets its own verdict; nothing is thrown. */

export type QueueMessage = Delivery & { readonly id: string };

/** The house is not asked about a younger event on its first delivery: it can hardly have been written already. */
const FRESH_MS = 3_000;

export type ConsumeWorld = {
  readonly topic: Topic;
  readonly queue: string;
  readonly sender: KafkaSender;
  readonly house: Pick<BridgePort, "confirm" | "park" | "unconfirmed">;
  readonly log: (words: string) => void;
  readonly now: () => number;
  readonly step?: Steps;
};

/** The outcome of a batch. `error`: the first reason why some messages are retried; null: none is. */
export type Consumed = { readonly written: number; readonly error: string | null };

/** An event and the messages that carry it: a queue may deliver an event twice in one batch. */
type Parcel = {
  readonly id: string;
  /** When the event was committed, in epoch milliseconds. */
  readonly at: number;
  readonly record: OutRecord;
  readonly messages: [QueueMessage, ...QueueMessage[]];
};
/** A dead letter in the making, and the messages that carry it. */
type Letter = {
  readonly messages: readonly [QueueMessage, ...QueueMessage[]];
  readonly code: string;
  readonly reason: string;
};

export async function consume(messages: readonly QueueMessage[], world: ConsumeWorld): Promise<Consumed> {
  const step = world.step ?? noSteps;
  await step("bridge.received");
  const { parcels: all, letters } = sort(messages, world);
  const { parcels, error: unasked } = await unwritten(all, world);
  const verdicts = await world.sender.send(parcels.map(({ record }) => record));
  const written: Parcel[] = [];
  let error: string | null = unasked;
  parcels.forEach((parcel, index) => {
    const verdict: Verdict = verdicts[index] ?? retry("the sender gave no verdict");
    switch (verdict.type) {
      case "done":
        written.push(parcel);
        return;
      case "poison":
        letters.push({ ...verdict, messages: parcel.messages });
        return;
      case "retry":
        error ??= verdict.why;
        for (const message of parcel.messages) putBack(message);
        return;
      default:
        verdict satisfies never;
    }
  });
  await step("bridge.written");
  const parked = await park(letters, world);
  if (parked.error !== null) error ??= parked.error;
  await confirm([...written.map(({ id }) => id), ...parked.events], world);
  await step("bridge.confirmed");
  for (const { messages: sent } of written) for (const message of sent) message.ack();
  return { written: written.length, error };
}

function sort(messages: readonly QueueMessage[], world: ConsumeWorld): { parcels: Parcel[]; letters: Letter[] } {
  const parcels = new Map<string, Parcel>();
  const letters: Letter[] = [];
  for (const message of messages) {
    const read = readEvent(world.topic, message.body);
    if (!read.ok) {
      letters.push({ messages: [message], code: read.code, reason: read.message });
      continue;
    }
    const { id, at, key, type, version } = read.event;
    const known = parcels.get(id);
    if (known !== undefined) known.messages.push(message);
    else {
      const record = { key, value: JSON.stringify(message.body), headers: { type, version: String(version), id } };
      parcels.set(id, { id, at, record, messages: [message] });
    }
  }
  return { parcels: [...parcels.values()], letters };
}

/**
 * The events that still have to be written. During an outage the outboxes send their events again and again. So once per batch
 * the house is asked which of the older events are unconfirmed. The confirmed ones are on the topic already; their messages are
 * copies and are acknowledged. Events of a room that does not answer are retried.
 */
async function unwritten(
  all: readonly Parcel[],
  { topic, house, now, log }: ConsumeWorld,
): Promise<{ parcels: readonly Parcel[]; error: string | null }> {
  const at = now();
  const old = all.filter(
    (parcel) => Math.abs(at - parcel.at) > FRESH_MS || parcel.messages.some(({ attempts }) => attempts > 1),
  );
  if (old.length === 0) return { parcels: all, error: null };
  const asked = new Set(old.map(({ id }) => id));
  let open = new Set<string>();
  let silent = asked;
  let error: string | null = null;
  try {
    const answer = await house.unconfirmed(topic, [...asked]);
    open = new Set(answer.open);
    silent = new Set(answer.silent);
    if (silent.size > 0) error = `${silent.size} events are put back: their rooms do not answer`;
  } catch (failure) {
    error = `the house did not say what is to be written: ${wordsOf(failure)}`;
  }
  if (error !== null) log(error);
  for (const { id, messages } of old) {
    if (open.has(id)) continue;
    for (const message of messages) {
      if (silent.has(id)) putBack(message);
      else message.ack();
    }
  }
  return { parcels: all.filter(({ id }) => !asked.has(id) || open.has(id)), error };
}

/** Parks the letters and answers their event ids. If the house does not take them, their messages are retried. */
async function park(
  letters: readonly Letter[],
  world: ConsumeWorld,
): Promise<{ events: string[]; error: string | null }> {
  if (letters.length === 0) return { events: [], error: null };
  try {
    const { house, queue, topic, now } = world;
    await house.park(letters.map(({ messages: [one], ...why }) => letterOf(one, queue, topic, why, now())));
  } catch (error) {
    const words = `the house did not take ${letters.length} dead letters: ${wordsOf(error)}`;
    world.log(words);
    for (const { messages } of letters) for (const message of messages) putBack(message);
    return { events: [], error: words };
  }
  for (const { messages } of letters) for (const message of messages) message.ack();
  return { events: letters.flatMap(({ messages: [{ body }] }) => eventIdOf(body) ?? []), error: null };
}

/** If confirming fails, the rooms' outboxes send the events again later. They are deduplicated, so no harm is done. */
async function confirm(ids: readonly string[], world: ConsumeWorld): Promise<void> {
  if (ids.length === 0) return;
  try {
    await world.house.confirm(world.topic, ids);
  } catch (error) {
    world.log(`${ids.length} events are written and unconfirmed: ${wordsOf(error)}`);
  }
}
