import type { Env } from "../env.ts";
import { readEvent, TOPICS, type Topic } from "../events.ts";
import { confirmEvents } from "../bridge-entry.ts";
import { logOf } from "../log.ts";
import { noteVerdicts } from "../metrics/verdicts.ts";
import { step } from "../steps.ts";
import { deadLettersStub } from "../objects/stubs.ts";
import { takeAwards } from "./awards.ts";
import { takeSettled } from "./settled.ts";
import { takeStakes } from "./stakes.ts";
import { eventIdOf, letterOf, poison, putBack, retry, type Item, type Verdict } from "./verdict.ts";

/**
 * The Worker's queue consumer: each message gets its own verdict. A message that is done or parked is confirmed to its outbox and
 * acknowledged; one that cannot be handled now is put back, see `putBack`. Throws for an unknown queue.
 */
export async function queue(batch: MessageBatch, env: Env, context?: ExecutionContext): Promise<void> {
  const kind = kindOf(batch.queue);
  if (kind === null) throw new Error(`nobody consumes ${batch.queue}`);
  const items = batch.messages.map(({ id, body }): Item => ({ id, body }));
  const topic = kind === "dead" ? null : kind;
  const chained = topic === "stakes" || topic === "awards" ? topic : null;
  if (chained !== null) await step(env, `${chained}.received`);
  const verdicts = await consume(env, kind, items);
  if (topic === "stakes") await step(env, "stakes.ticketed");
  const parked = await park(env, batch.queue, topic, items, verdicts);
  /** Whether the message is finished. One that cannot be handled or parked now is retried. */
  const done = (verdict: Verdict | undefined): boolean =>
    verdict?.type === "done" || (verdict?.type === "poison" && parked);
  const settled = new Map<Topic, string[]>();
  for (const [i, verdict] of verdicts.entries()) {
    const body = items[i]?.body;
    const event = eventIdOf(body);
    if (!done(verdict) || event === null) continue;
    const of = topic ?? topicOf(body);
    settled.set(of, [...(settled.get(of) ?? []), event]);
  }
  // If a confirmation is lost, the outbox sends the event again; it is then found done and confirmed.
  for (const [of, events] of settled) {
    await confirmEvents(env, of, events).catch((error: unknown) => complain(env, batch.queue, error));
  }
  if (chained !== null) await step(env, `${chained}.confirmed`);
  for (const [i, message] of batch.messages.entries()) {
    const verdict = verdicts[i];
    if (done(verdict)) message.ack();
    else {
      const why = verdict?.type === "retry" ? verdict.why : "it could not be parked";
      complain(env, batch.queue, why, eventIdOf(message.body));
      putBack(message);
    }
  }
  await noteVerdicts(env, topic ?? "dead-letters", verdicts, (telling) => context?.waitUntil(telling));
}

type Kind = Topic | "dead";

/** The kind of a queue, by the end of its name, because another deployment's queues have a prefix; null: unknown. */
function kindOf(name: string): Kind | null {
  if (/(^|-)stakes$/.test(name)) return "stakes";
  if (/(^|-)awards$/.test(name)) return "awards";
  if (/(^|-)settled$/.test(name)) return "settled";
  return /(^|-)dead-letters$/.test(name) ? "dead" : null;
}

/** Handles messages as the queue consumer does; also used when an operator replays dead letters. */
export function consume(env: Env, kind: Kind, items: readonly Item[]): Promise<Verdict[]> {
  switch (kind) {
    case "stakes":
      return takeStakes(env, items);
    case "awards":
      return takeAwards(env, items);
    case "settled":
      return takeSettled(env, items);
    case "dead":
      return Promise.resolve(items.map(({ body }) => exhausted(body)));
    default:
      throw new Error(`no consumer for ${String(kind satisfies never)}`);
  }
}

/**
 * The verdict on a message of the platform's dead letter queue: it was delivered a hundred times to a consumer that could not
 * even start. That does not make an event poison: it is unconfirmed, so its outbox sends it again, and this copy is dropped after
 * a few retries (`putBack`).
 */
function exhausted(body: unknown): Verdict {
  const read = readEvent(topicOf(body), body);
  if (read.ok) return retry("It was delivered a hundred times. Its outbox sends it again.");
  return poison(read.code, read.message);
}

const TOPIC_NAMES = ["stakes", "awards", "settled"] as const satisfies readonly Topic[];

const topicOf = (body: unknown): Topic => {
  const { type }: { type?: unknown } = Object(body);
  const [topic = "stakes"] = TOPIC_NAMES.filter((name) =>
    TOPICS[name].events.some((known) => known.shape.type.value === type),
  );
  return topic;
};

/** Parks the poisoned messages as dead letters. False: that failed, so they must be retried. */
async function park(
  env: Env,
  from: string,
  topic: Topic | null,
  items: readonly Item[],
  verdicts: readonly Verdict[],
): Promise<boolean> {
  const letters = items.flatMap((item, i) => {
    const verdict = verdicts[i];
    return verdict?.type === "poison" ? [letterOf(item, from, topic ?? topicOf(item.body), verdict, Date.now())] : [];
  });
  if (letters.length === 0) return true;
  try {
    await deadLettersStub(env).park(letters);
    return true;
  } catch (error) {
    complain(env, from, error);
    return false;
  }
}

function complain(env: Env, queueName: string, error: unknown, event: string | null = null): void {
  logOf(env).error("consuming", { queue: queueName, event, error });
}
