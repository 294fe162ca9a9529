import { TOPICS, type Topic } from "../events.ts";
import { logOf } from "../log.ts";
import { putBack, retry } from "../queue/verdict.ts";
import { consume } from "./consume.ts";
import { hasFeed, settingsOf, type Env, type Settings } from "./env.ts";
import type { FeedState } from "./feed-loop.ts";
import { Reporter } from "./reporter.ts";
import { restSender } from "./rest.ts";
import { topicOfQueue, type KafkaSender } from "./sender.ts";
import { stepsOf } from "./steps.ts";
import { wordsOf } from "./words.ts";

export { KafkaFeed as Feed } from "./feed.ts";
export { Writer } from "./writer.ts";

/** The bridge Worker. This file moves a queue to Kafka; the feed moves Kafka to a queue. It has no public route. */
export default {
  async queue(batch, env, ctx) {
    try {
      await toKafka(batch, env, ctx);
    } catch (error) {
      // Bad settings, or an unknown queue. Messages already acknowledged or put back stay so: the first call counts.
      logOf(env).error("to kafka", { queue: batch.queue, error: wordsOf(error) });
      for (const message of batch.messages) putBack(message);
    }
  },

  async scheduled(_event, env) {
    await poke(env);
  },

  async fetch(_request, env) {
    try {
      return Response.json(await stateOf(env));
    } catch (error) {
      return Response.json({ state: "failing", error: wordsOf(error) }, { status: 503 });
    }
  },
} satisfies ExportedHandler<Env>;

/** A poked feed polls often for a while by itself, so poking it more often than this has no use. */
const POKE_EVERY_MS = 2_000;
let pokedAt = 0;

async function toKafka(batch: MessageBatch, env: Env, ctx: ExecutionContext): Promise<void> {
  const settings = settingsOf(env);
  const topic = topicOfQueue(batch.queue);
  if (topic === null)
    throw new Error(`The queue ${batch.queue} is for no topic: its name should end in stakes-kafka or awards-kafka.`);
  const { written, error } = await consume(batch.messages, {
    topic,
    queue: batch.queue,
    sender: senderFor(env, settings, topic),
    house: env.HOUSE,
    log: (words) => logOf(env).error("to kafka", { queue: batch.queue, error: words }),
    now: Date.now,
    step: stepsOf(settings.STALL_AT),
  });
  ctx.waitUntil(reporterOf(env, topic).note({ records: written, error, lag: null }));
  if (written > 0 && Date.now() >= pokedAt + POKE_EVERY_MS) {
    pokedAt = Date.now();
    ctx.waitUntil(poke(env));
  }
}

function senderFor(env: Env, settings: Settings, topic: Topic): KafkaSender {
  const { kafka } = TOPICS[topic];
  return settings.KAFKA_TRANSPORT === "native" ? writerSender(env, kafka) : restSender(settings, kafka);
}

/** Sends through the Durable Object that keeps the connection. If the call fails, the records may have been written: retry. */
const writerSender = (env: Env, kafka: string): KafkaSender => ({
  async send(records) {
    if (records.length === 0) return [];
    try {
      return await env.WRITER.getByName(kafka).send(kafka, records);
    } catch (error) {
      return records.map(() => retry(wordsOf(error)));
    }
  },
});

const reporters = new WeakMap<Env, Map<Topic, Reporter>>();

/** One reporter for each isolate and topic: its `records` counts since the isolate started. */
function reporterOf(env: Env, topic: Topic): Reporter {
  const known = reporters.get(env) ?? new Map<Topic, Reporter>();
  reporters.set(env, known);
  const reporter = known.get(topic) ?? new Reporter(env.HOUSE, { topic, direction: "to-kafka" });
  known.set(topic, reporter);
  return reporter;
}

const feedOf = (env: Env) => env.FEED.getByName("feed");

/** Never rejects. */
async function poke(env: Env): Promise<void> {
  try {
    await feedOf(env).poke();
  } catch (error) {
    logOf(env).error("poking the feed", { error: wordsOf(error) });
  }
}

type State = {
  readonly role: string;
  readonly transport: string;
  readonly feed: FeedState | "off: it needs KAFKA_BROKERS";
};

/** For health checks. It also pokes the feed, because no cron runs in development. */
async function stateOf(env: Env): Promise<State> {
  const settings = settingsOf(env);
  const { ROLE: role, KAFKA_TRANSPORT: transport } = settings;
  if (!hasFeed(settings)) return { role, transport, feed: "off: it needs KAFKA_BROKERS" };
  await poke(env);
  return { role, transport, feed: await feedOf(env).state() };
}
