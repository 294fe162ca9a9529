import { NativeConnection, nativeSender } from "../../src/bridge/native.ts";
import type { KafkaSender, OutRecord } from "../../src/bridge/sender.ts";
import { TOPICS, type StakeCreated } from "../../src/events.ts";
import { stake } from "../bridge/events.ts";
import { startBroker } from "../kafka/broker.ts";
import { startBridge } from "./bridge-workerd.ts";

/**
 * `npm run bench:kafka [-- --json]`: a queue's batch of 100 stakes, from the hand-over to acknowledged on a real broker, through the
 * bridge in workerd (read, written, confirmed, acknowledged) beside the same client with the same batches in Node. One batch after
 * the other, and eight at a time; five rounds in turn, one run.
 */

const BATCH = 100;
const BATCHES = 48;
const ROUNDS = 5;
const TOGETHER = 8;
const TOPIC = TOPICS.stakes.kafka;

type Figures = { readonly p50Ms: number; readonly perSecond: number };
type Way = (batches: readonly (readonly StakeCreated[])[], together: number) => Promise<Figures>;

let n = 0;
const batch = (): StakeCreated[] => Array.from({ length: BATCH }, () => stake((n += 1)));

const recordOf = (event: StakeCreated): OutRecord => ({
  key: event.key,
  value: JSON.stringify(event),
  headers: { type: event.type, version: String(event.version), id: event.id },
});

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const figures = (times: readonly number[], ms: number): Figures => ({
  p50Ms: median(times),
  perSecond: (BATCH * times.length * 1_000) / ms,
});

const broker = await startBroker({ log: (line) => console.error(line) });
const bridge = await startBridge({ KAFKA_BROKERS: broker.brokers, FEED_IDLE_MAX_S: "3600" });

const through: Way = async (batches, together) => {
  const answer = await fetch(bridge.http, { method: "POST", body: JSON.stringify({ batches, together }) });
  if (!answer.ok) throw new Error(`the bridge: ${answer.status} ${await answer.text()}`);
  const { times, ms } = (await answer.json()) as { times: number[]; ms: number };
  return figures(times, ms);
};

const inNode =
  (sender: KafkaSender): Way =>
  async (batches, together) => {
    const times: number[] = [];
    const rest = [...batches];
    const began = performance.now();
    const work = async (): Promise<void> => {
      for (let events = rest.shift(); events !== undefined; events = rest.shift()) {
        const at = performance.now();
        const verdicts = await sender.send(events.map(recordOf));
        if (verdicts.some(({ type }) => type !== "done")) throw new Error("not acknowledged");
        times.push(performance.now() - at);
      }
    };
    await Promise.all(Array.from({ length: together }, work));
    return figures(times, performance.now() - began);
  };

const brokers = {
  KAFKA_BROKERS: [broker.brokers],
  KAFKA_TLS: false,
  KAFKA_SASL: "none" as const,
  KAFKA_USERNAME: undefined,
  KAFKA_PASSWORD: undefined,
  KAFKA_CLIENT_ID: "bench",
};
const kept = new NativeConnection(brokers, TOPIC);
const WAYS = { bridge: through, kept: inNode(kept), fresh: inNode(nativeSender(brokers, TOPIC)) };
type Name = keyof typeof WAYS;
const NAMES = Object.keys(WAYS) as Name[];
type Round = Record<Name, { readonly one: Figures; readonly many: Figures }>;

try {
  const some = (): StakeCreated[][] => Array.from({ length: BATCHES }, batch);
  const round = async (): Promise<Round> => {
    const found: Partial<Round> = {};
    for (const name of NAMES)
      found[name] = { one: await WAYS[name](some(), 1), many: await WAYS[name](some(), TOGETHER) };
    return found as Round; // every name is in it now
  };
  await round(); // warm
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i++) {
    const one = await round();
    rounds.push(one);
    const told = NAMES.map(
      (name) => `${name} ${one[name].one.p50Ms.toFixed(1)} ms, ${one[name].many.perSecond.toFixed(0)}/s`,
    );
    console.error(`round ${i + 1}: ${told.join("; ")}`);
  }
  const of = (name: Name): { p50Ms: number; perSecond: number; perSecondTogether: number } => ({
    p50Ms: median(rounds.map((one) => one[name].one.p50Ms)),
    perSecond: median(rounds.map((one) => one[name].one.perSecond)),
    perSecondTogether: median(rounds.map((one) => one[name].many.perSecond)),
  });
  const ratio = (what: "one" | "many", beside: Name): number =>
    median(rounds.map((one) => one.bridge[what].perSecond / one[beside][what].perSecond));
  const summary = {
    bridge: of("bridge"),
    nodeConnectionKept: of("kept"),
    nodeConnectionEach: of("fresh"),
    ratios: {
      oneAtATime: { besideKept: ratio("one", "kept"), besideEach: ratio("one", "fresh") },
      eightAtATime: { besideKept: ratio("many", "kept"), besideEach: ratio("many", "fresh") },
    },
  };
  console.log(JSON.stringify(summary, null, process.argv.includes("--json") ? 0 : 2));
} finally {
  await kept.close();
  await bridge.stop();
  await broker.remove();
}
