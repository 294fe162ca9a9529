import { Producer, stringSerializers, type CompressionAlgorithmValue } from "@platformatic/kafka";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { TOPICS } from "../../src/events.ts";
import {
  clientOptions,
  KAFKA_PASSWORD,
  KAFKA_USER,
  readTopic,
  skipKafka,
  startBroker,
  type OwnBroker,
} from "../kafka/broker.ts";
import { award, byText, range, stake } from "./events.ts";
import { startHouse, type Running } from "./house/house.ts";
import { connectionsTo } from "./sockets.ts";

/** The whole bridge in workerd, between a house and a real broker. */

const AWARDS = TOPICS.awards.kafka;
const STAKES = TOPICS.stakes.kafka;
const skip = skipKafka();

let broker: OwnBroker;
let house: Running;

async function write(
  topic: string,
  values: readonly string[],
  compression: CompressionAlgorithmValue = "none",
): Promise<void> {
  const producer = new Producer({
    ...clientOptions(broker.brokers, 10_000),
    retries: 5,
    serializers: stringSerializers,
  });
  try {
    const messages = values.map((value, i) => ({ topic, value, key: `key${i}` }));
    await producer.send({ acks: -1, compression, autocreateTopics: true, messages });
  } finally {
    await producer.close();
  }
}

const awards = (from: number, to: number): string[] => range(from, to).map((n) => JSON.stringify(award(n)));
const awardIds = (from: number, to: number): string[] => range(from, to).map((n) => award(n).id);
const came = async (): Promise<string[]> => [...new Set((await house.notes()).came)];
const eventually = { timeout: 20_000, interval: 100 };

/** Ids of the tests' own events, in none twice. */
let next = 1;
function some(count: number): { from: number; to: number } {
  const from = next;
  next += count;
  return { from, to: next - 1 };
}

beforeAll(async () => {
  if (!skip) broker = await startBroker();
});
afterAll(async () => broker?.remove());

describe.skipIf(skip)("the bridge of a casino", () => {
  beforeAll(async () => {
    house = await startHouse({ KAFKA_BROKERS: broker.brokers, FEED_IDLE_MAX_S: 2 });
    await house.state();
  });
  afterEach(async () => house.mode({}));
  afterAll(async () => house.stop());

  test("stakes of the queue lie on Kafka, each confirmed; what is no event is parked", async () => {
    const { from, to } = some(250);
    const stakes = range(from, to).map((n) => stake(n));
    await house.send([...stakes, { ...stake(9_999), version: 3 }]);
    await expect.poll(async () => (await house.notes()).confirmed.length, eventually).toBe(251);
    const values = (await readTopic(broker.brokers, STAKES)).map(({ value }) => value).sort(byText);
    expect([...new Set(values)]).toEqual(stakes.map((one) => JSON.stringify(one)).sort(byText));
    expect((await house.notes()).letters).toMatchObject([
      { id: stake(9_999).id, code: "unknown_version", from: "stakes-kafka" },
    ]);
  });

  test("an award on Kafka is with the house within a second while the feed is awake", async () => {
    const { from } = some(2);
    await write(AWARDS, awards(from, from));
    await expect.poll(came, eventually).toContain(award(from).id);
    await house.cron();
    const began = Date.now();
    await write(AWARDS, awards(from + 1, from + 1));
    await expect.poll(came, { timeout: 10_000, interval: 20 }).toContain(award(from + 1).id);
    const { cameAt } = await house.notes();
    expect((cameAt[award(from + 1).id] ?? 0) - began).toBeLessThan(1_500);
  });

  test.each(["gzip", "snappy", "lz4", "zstd"] as const)(
    "awards that were packed by %s come through",
    async (compression) => {
      const { from, to } = some(20);
      await write(AWARDS, awards(from, to), compression);
      await house.cron();
      await expect.poll(came, eventually).toEqual(expect.arrayContaining(awardIds(from, to)));
    },
  );

  test("poison on Kafka is parked with its place, and what follows it comes through", async () => {
    const { from } = some(1);
    await write(AWARDS, ["{ nonsense", ...awards(from, from)]);
    await house.cron();
    await expect.poll(came, eventually).toContain(award(from).id);
    await expect
      .poll(async () => (await house.notes()).letters.map(({ from: found, body }) => [found, body]), eventually)
      .toContainEqual([`kafka:${AWARDS}`, "{ nonsense"]);
  });

  test("what the queue loses is sent again until the house has it", async () => {
    const { from, to } = some(5);
    await house.mode({ forgets: true });
    await write(AWARDS, awards(from, to));
    await house.cron();
    const ids = awardIds(from, to).map((id) => `'${id}'`);
    const sent = async (): Promise<unknown[]> =>
      house.sql(`SELECT id FROM outbox WHERE sends > 0 AND id IN (${ids.join()})`);
    await expect.poll(sent, eventually).toHaveLength(5);
    expect(await came()).not.toContain(award(from).id);
    await house.mode({});
    await expect.poll(came, eventually).toEqual(expect.arrayContaining(awardIds(from, to)));
  });

  test("an object that dies in the middle of anything loses nothing", async () => {
    const { from, to } = some(300);
    for (let n = from; n <= to; n += 50) {
      await write(AWARDS, awards(n, n + 49));
      await house.cron();
      await new Promise((resolve) => setTimeout(resolve, 20 + ((n * 37) % 200)));
      await house.evict();
    }
    await house.cron();
    await expect
      .poll(async () => (await came()).filter((id) => awardIds(from, to).includes(id)).length, eventually)
      .toBe(300);
  });

  test("offsets that are deleted only make it ask again", async () => {
    const before = await house.notes();
    await house.sql("DELETE FROM offsets");
    await house.cron();
    await expect.poll(async () => (await house.notes()).asked, eventually).toBeGreaterThan(before.asked);
    await expect.poll(async () => house.sql("SELECT id FROM outbox"), eventually).toEqual([]);
    const after = await house.notes();
    expect(new Set(after.came)).toEqual(new Set(before.came));
    expect(after.letters).toHaveLength(before.letters.length);
  });

  test("holds no connection while nothing happens", async () => {
    if (connectionsTo(broker.brokers) === null) return;
    await expect.poll(async () => house.sql("SELECT id FROM outbox"), eventually).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    const counts: number[] = [];
    for (let i = 0; i < 60; i++) {
      counts.push(connectionsTo(broker.brokers) ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    // A look every 2 s takes a third of a second.
    expect(counts.filter((count) => count === 0).length).toBeGreaterThan(30);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3);
  });

  test("a broker that is killed and comes back costs time and nothing else, in both directions", async () => {
    const { from, to } = some(150);
    const stakes = range(from, to).map((n) => stake(n));
    await write(AWARDS, awards(from, to));
    await broker.kill();
    await house.send(stakes);
    await expect
      .poll(async () => (await house.notes()).reports.filter(({ state }) => state === "failing").length, eventually)
      .toBeGreaterThan(0);
    await broker.restart();
    await house.cron();
    await expect.poll(came, { ...eventually, timeout: 40_000 }).toEqual(expect.arrayContaining(awardIds(from, to)));
    const confirmed = async (): Promise<number> => {
      const ids = new Set((await house.notes()).confirmed);
      return stakes.filter(({ id }) => ids.has(id)).length;
    };
    await expect.poll(confirmed, { ...eventually, timeout: 40_000 }).toBe(150);
    const written = new Set((await readTopic(broker.brokers, STAKES)).map(({ headers }) => headers["id"]));
    expect(stakes.every(({ id }) => written.has(id))).toBe(true);
    await expect
      .poll(async () => (await house.notes()).reports.at(-1), eventually)
      .toMatchObject({ state: "ok", error: null });
  }, 90_000);

  test("a dead letter or a confirmation that the house does not take is brought again", async () => {
    const { from, to } = some(3);
    await house.mode({ failing: ["park"] });
    await house.send([...range(from, to).map((n) => stake(n)), { ...stake(8_888), version: 3 }]);
    await expect.poll(async () => (await house.notes()).confirmed, eventually).toContain(stake(to).id);
    expect((await house.notes()).confirmed).not.toContain(stake(8_888).id);
    await house.mode({});
    await expect.poll(async () => (await house.notes()).confirmed, eventually).toContain(stake(8_888).id);
  });

  test("health says how far it is, and no address", async () => {
    await house.cron();
    await expect.poll(house.state, eventually).toMatchObject({
      role: "casino",
      transport: "native",
      feed: { topic: AWARDS, state: "ok", error: null, lag: 0, dead: 0 },
    });
    expect(JSON.stringify(await house.state())).not.toContain("127.0.0.1");
  });

  test("nothing was thrown that nobody caught", () => {
    expect(house.logs()).not.toMatch(/uncaught|unhandled/i);
  });
});

describe.skipIf(skip)("the bridge of a lottery", () => {
  beforeAll(async () => {
    house = await startHouse({ KAFKA_BROKERS: broker.brokers, FEED_IDLE_MAX_S: 1 }, "lottery");
  });
  afterAll(async () => house.stop());

  test("takes stakes from Kafka and brings awards to it, by its own queues", async () => {
    const { from, to } = some(120);
    await write(
      STAKES,
      range(from, to).map((n) => JSON.stringify(stake(n))),
    );
    await house.cron();
    const ids = range(from, to).map((n) => stake(n).id);
    await expect.poll(came, eventually).toEqual(expect.arrayContaining(ids));
    await house.send([award(5_001)]);
    await expect.poll(async () => (await house.notes()).confirmed, eventually).toEqual([award(5_001).id]);
    const read = await readTopic(broker.brokers, AWARDS);
    expect(read.find(({ headers }) => headers["id"] === award(5_001).id)).toMatchObject({
      key: award(5_001).payload.player,
      value: JSON.stringify(award(5_001)),
    });
    expect(await house.state()).toMatchObject({ role: "lottery", feed: { topic: STAKES } });
  });
});

describe.skipIf(skip)("the bridge at a door", () => {
  test("logs in by SCRAM, in both directions", async () => {
    const guarded = await startBroker({ security: "scram" });
    const login = { KAFKA_SASL: "scram-sha-512", KAFKA_USERNAME: KAFKA_USER, KAFKA_PASSWORD };
    house = await startHouse({ KAFKA_BROKERS: guarded.secured ?? "", ...login });
    try {
      await house.send([stake(1)]);
      await expect.poll(async () => (await house.notes()).confirmed, eventually).toEqual([stake(1).id]);
      await expect.poll(house.state, eventually).toMatchObject({ feed: { state: "ok", lag: 0 } });
    } finally {
      await house.stop();
      await guarded.remove();
    }
  });

  test("does not trust a certificate that no public root vouches for, and keeps the messages", async () => {
    const guarded = await startBroker({ security: "tls" });
    house = await startHouse({ KAFKA_BROKERS: guarded.secured ?? "", KAFKA_TLS: true });
    try {
      await house.send([stake(1)]);
      const failing = async (): Promise<unknown> => (await house.notes()).reports;
      await expect
        .poll(failing, eventually)
        .toContainEqual(expect.objectContaining({ direction: "to-kafka", state: "failing" }));
      expect((await house.notes()).letters).toEqual([]);
    } finally {
      await house.stop();
      await guarded.remove();
    }
  });
});

describe("the bridge with settings that contradict each other", () => {
  test("says which, keeps the messages, and never their values", async () => {
    house = await startHouse({ KAFKA_BROKERS: "127.0.0.1:1", KAFKA_PASSWORD: "hunter2", KAFKA_USERNAME: "me" });
    try {
      await house.send([stake(1)]);
      await expect.poll(house.state, eventually).toMatchObject({
        state: "failing",
        error: expect.stringContaining("KAFKA_SASL") as unknown,
      });
      await expect.poll(house.logs, eventually).toContain("KAFKA_SASL");
      expect(house.logs()).not.toContain("hunter2");
    } finally {
      await house.stop();
    }
  });
});
