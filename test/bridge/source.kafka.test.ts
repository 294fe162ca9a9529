import { Admin, Producer, stringSerializers, type CompressionAlgorithmValue } from "@platformatic/kafka";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { settingsOf } from "../../src/bridge/env.ts";
import { kafkaSource } from "../../src/bridge/kafka-source.ts";
import type { Fetched, TopicSource } from "../../src/bridge/topic-source.ts";
import { clientOptions, createTopic, skipKafka, startBroker, type OwnBroker } from "../kafka/broker.ts";
import { byText, range } from "./events.ts";
import { connectionsTo } from "./sockets.ts";

/** Reading a topic of a real broker, as the feed does. */

let broker: OwnBroker;
let last = 0;
let topic = "";
/** Connections to the broker that are none of ours. */
let others = 0;
const open: TopicSource[] = [];

const options = () => clientOptions(broker.brokers, 10_000);

function source(): TopicSource {
  const made = kafkaSource(settingsOf({ KAFKA_BROKERS: broker.brokers }), topic);
  open.push(made);
  return made;
}

async function fresh(partitions: number): Promise<void> {
  topic = `source-${++last}`;
  await createTopic(broker.brokers, topic, partitions);
}

async function write(
  values: readonly string[],
  partition = 0,
  compression: CompressionAlgorithmValue = "none",
): Promise<void> {
  const producer = new Producer({ ...options(), retries: 5, serializers: stringSerializers });
  try {
    await producer.send({
      acks: -1,
      compression,
      messages: values.map((value) => ({ topic, partition, value, key: "k" })),
    });
  } finally {
    await producer.close();
  }
}

async function asAdmin(work: (admin: Admin) => Promise<unknown>): Promise<void> {
  const admin = new Admin({ ...options(), retries: 5 });
  try {
    await work(admin);
  } finally {
    await admin.close();
  }
}

const values = ({ records }: Fetched): (string | null)[] =>
  records.map(({ value }) => (value === null ? null : new TextDecoder().decode(value)));

describe.skipIf(skipKafka())("a topic of a real broker", () => {
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(async () => broker.remove());
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.close()));
    expect(connectionsTo(broker.brokers) ?? others).toBe(others);
  });

  test("is made by the first look at it, where the broker does so", async () => {
    topic = `source-${++last}`;
    expect((await source().look()).partitions).toEqual([0, 1, 2, 3]);
  });

  test("is read from where one says, and says where to go on and where it ends", async () => {
    await fresh(2);
    await write(["a", "b", "c"]);
    await write(["d"], 1);
    const from = source();
    expect(await from.earliest([0, 1])).toEqual(new Map([[0, 0], [1, 0]])); // prettier-ignore
    const all = await from.fetch(new Map([[0, 1], [1, 0]])); // prettier-ignore
    expect(values(all).sort(byText)).toEqual(["b", "c", "d"]);
    expect(all).toMatchObject({ outOfRange: [], error: null });
    expect(all.next).toEqual(new Map([[0, 3], [1, 1]])); // prettier-ignore
    expect(all.ends).toEqual(all.next);
  });

  test("with nothing new answers soon, and holds nothing open when it is closed", async () => {
    await fresh(1);
    const from = source();
    await from.look();
    const began = Date.now();
    const nothing = await from.fetch(new Map([[0, 0]]));
    expect(nothing).toMatchObject({ records: [], outOfRange: [], error: null });
    expect(nothing.next.size).toBe(0);
    expect(Date.now() - began).toBeLessThan(2_000);
    expect(connectionsTo(broker.brokers) ?? 1).toBeGreaterThan(0);
    await from.close();
    expect(connectionsTo(broker.brokers) ?? 0).toBe(0);
  });

  test.each(["gzip", "snappy", "lz4", "zstd"] as const)(
    "is read when its records are packed by %s",
    async (compression) => {
      await fresh(1);
      const words = range(1, 20).map((n) => `the same words again and again, ${n}`);
      await write(words, 0, compression);
      expect(values(await source().fetch(new Map([[0, 0]])))).toEqual(words);
    },
  );

  test("says which partitions have nothing at an offset, while the others are read", async () => {
    await fresh(2);
    await write(["a", "b", "c", "d"]);
    await write(["e"], 1);
    await asAdmin((admin) =>
      admin.deleteRecords({ topics: [{ name: topic, partitions: [{ partition: 0, offset: 3n }] }] }),
    );
    const from = source();
    const fetched = await from.fetch(new Map([[0, 1], [1, 0]])); // prettier-ignore
    expect(fetched).toMatchObject({ outOfRange: [0], error: null });
    expect(values(fetched)).toEqual(["e"]);
    const earliest = await from.earliest([0]);
    expect(earliest).toEqual(new Map([[0, 3]]));
    expect(values(await from.fetch(earliest))).toEqual(["d"]);
    expect((await from.fetch(new Map([[0, 99]]))).outOfRange).toEqual([0]);
  });

  test("has another id when it was made anew, and its new partitions are seen", async () => {
    await fresh(1);
    const before = await source().look();
    await asAdmin((admin) =>
      admin.createPartitions({
        topics: [{ name: topic, count: 3, assignments: [{ brokerIds: [1] }, { brokerIds: [1] }] }],
      }),
    );
    await expect.poll(async () => (await source().look()).partitions, { timeout: 10_000 }).toEqual([0, 1, 2]);
    expect((await source().look()).id).toBe(before.id);
    await asAdmin((admin) => admin.deleteTopics({ topics: [topic] }));
    await expect
      .poll(() => createTopic(broker.brokers, topic, 1).then(() => "made", String), { timeout: 10_000 })
      .toBe("made");
    expect((await source().look()).id).not.toBe(before.id);
  });

  test("shows no record of a transaction that was given up, and goes on behind it", async () => {
    await fresh(1);
    const producer = new Producer({
      ...options(),
      retries: 5,
      serializers: stringSerializers,
      idempotent: true,
      transactionalId: topic,
    });
    const message = (value: string) => ({ topic, partition: 0, key: "k", value });
    try {
      for (const [value, end] of [
        ["given up", "abort"],
        ["kept", "commit"],
        ["given up too", "abort"],
      ] as const) {
        const transaction = await producer.beginTransaction();
        await transaction.send({ messages: [message(value)] });
        await (end === "abort" ? transaction.abort() : transaction.commit());
      }
    } finally {
      await producer.close();
    }
    // The broker tells itself, over a connection, how transactions ended.
    others = connectionsTo(broker.brokers) ?? 0;
    const seen: (string | null)[] = [];
    let at = 0;
    const from = source();
    for (let i = 0; i < 20 && at < 6; i++) {
      const fetched = await from.fetch(new Map([[0, at]]));
      seen.push(...values(fetched));
      at = fetched.next.get(0) ?? at;
    }
    expect(seen).toEqual(["kept"]);
    // Three records and three markers.
    expect(at).toBe(6);
  });
});
