import { Buffer } from "node:buffer";
import { Producer } from "@platformatic/kafka";
import { nativeSender } from "../../src/bridge/native.ts";
import type { OutRecord } from "../../src/bridge/sender.ts";
import { TOPICS } from "../../src/events.ts";
import { stake } from "../bridge/events.ts";
import { startHouse } from "../bridge/house/house.ts";
import { clientOptions, startBroker } from "../kafka/broker.ts";

/**
 * `npm run bench:kafka [-- --json]`: a queue's batch of 100 stakes to acknowledged on a real broker, through the bridge in workerd,
 * beside the same client with the same batches in Node, and beside one that keeps its connection. Five rounds in turn, one run.
 */

const BATCH = 100;
const BATCHES = 40;
const ROUNDS = 5;
const TOPIC = TOPICS.stakes.kafka;

type Figures = { readonly p50Ms: number; readonly perSecond: number };

let n = 0;
const batch = (): ReturnType<typeof stake>[] => Array.from({ length: BATCH }, () => stake((n += 1)));

const recordOf = (event: ReturnType<typeof stake>): OutRecord => ({
  key: event.key,
  value: JSON.stringify(event),
  headers: { type: event.type, version: String(event.version), id: event.id },
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** One batch after another. `send` resolves with its own milliseconds, or undefined: as seen from here. */
async function figures(send: () => Promise<number | undefined>): Promise<Figures> {
  const times: number[] = [];
  const began = performance.now();
  for (let i = 0; i < BATCHES; i++) {
    const at = performance.now();
    times.push((await send()) ?? performance.now() - at);
  }
  return { p50Ms: median(times), perSecond: (BATCH * BATCHES * 1_000) / (performance.now() - began) };
}

const broker = await startBroker({ log: (line) => console.error(line) });
const house = await startHouse({ KAFKA_BROKERS: broker.brokers, FEED_IDLE_MAX_S: 3_600 });
const sender = nativeSender(
  {
    KAFKA_BROKERS: [broker.brokers],
    KAFKA_TLS: false,
    KAFKA_SASL: "none",
    KAFKA_USERNAME: undefined,
    KAFKA_PASSWORD: undefined,
    KAFKA_CLIENT_ID: "bench",
  },
  TOPIC,
);
const kept = new Producer({
  ...clientOptions(broker.brokers, 10_000),
  retries: 4,
  acks: -1,
  idempotent: true,
  producerId: -1n,
  producerEpoch: -1,
});
try {
  const through = (): Promise<number> => house.measure(batch());
  const outside = async (): Promise<undefined> => {
    const verdicts = await sender.send(batch().map(recordOf));
    if (verdicts.some(({ state }) => state !== "acknowledged")) throw new Error("not acknowledged");
  };
  const held = async (): Promise<undefined> => {
    const messages = batch().map((event) => ({
      topic: TOPIC,
      key: Buffer.from(event.key),
      value: Buffer.from(JSON.stringify(event)),
    }));
    await kept.send({ messages });
  };
  const ways = { bridge: through, outside, held };
  for (const way of Object.values(ways)) await figures(way); // warm
  const rounds: Record<keyof typeof ways, Figures>[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const round = { bridge: await figures(through), outside: await figures(outside), held: await figures(held) };
    rounds.push(round);
    const told = Object.entries(round).map(
      ([way, { p50Ms, perSecond }]) => `${way} ${p50Ms.toFixed(1)} ms, ${perSecond.toFixed(0)}/s`,
    );
    console.error(`round ${i + 1}: ${told.join("; ")}`);
  }
  const of = (way: keyof typeof ways, what: keyof Figures): number => median(rounds.map((round) => round[way][what]));
  const ratio = median(rounds.map(({ bridge, outside: same }) => bridge.perSecond / same.perSecond));
  const summary = {
    bridge: { p50Ms: of("bridge", "p50Ms"), perSecond: of("bridge", "perSecond") },
    sameClientInNode: { p50Ms: of("outside", "p50Ms"), perSecond: of("outside", "perSecond") },
    connectionKept: { p50Ms: of("held", "p50Ms"), perSecond: of("held", "perSecond") },
    ratio,
  };
  if (process.argv.includes("--json")) console.log(JSON.stringify(summary));
  else {
    console.log(`batches of ${BATCH}, medians of ${ROUNDS} rounds of ${BATCHES}, one after another`);
    console.log(
      `through the bridge (queue, workerd, Kafka, confirmed): p50 ${summary.bridge.p50Ms.toFixed(1)} ms, ${summary.bridge.perSecond.toFixed(0)} messages/s`,
    );
    console.log(
      `the same client in Node: p50 ${summary.sameClientInNode.p50Ms.toFixed(1)} ms, ${summary.sameClientInNode.perSecond.toFixed(0)} messages/s`,
    );
    console.log(
      `a client that keeps its connection: p50 ${summary.connectionKept.p50Ms.toFixed(1)} ms, ${summary.connectionKept.perSecond.toFixed(0)} messages/s`,
    );
    console.log(`the bridge beside the same client: ${ratio.toFixed(2)}`);
  }
} finally {
  await kept.close(true);
  await house.stop();
  await broker.remove();
}
