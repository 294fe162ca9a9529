import { setDefaultCACertificates } from "node:tls";
import { ResponseError } from "@platformatic/kafka";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Brokers } from "../../src/bridge/client.ts";
import { settingsOf } from "../../src/bridge/env.ts";
import { nativeSender } from "../../src/bridge/native.ts";
import { outcomesOf } from "../../src/bridge/outcomes.ts";
import type { OutRecord } from "../../src/bridge/sender.ts";
import {
  createTopic,
  KAFKA_PASSWORD,
  KAFKA_USER,
  readTopic,
  skipKafka,
  startBroker,
  type OwnBroker,
} from "../kafka/broker.ts";
import { byText, range } from "./events.ts";
import { connectionsTo } from "./sockets.ts";

const skip = skipKafka();

const record = (n: number, key = `player${n}`, value = `{"n":${n}}`): OutRecord => ({
  key,
  value,
  headers: { id: `e${n}` },
});
const states = (verdicts: readonly { type: string }[]): string[] => verdicts.map(({ type }) => type);
const acked = (count: number): string[] => Array.from({ length: count }, () => "done");
const at = (brokers: string, more: Record<string, unknown> = {}): Brokers =>
  settingsOf({ KAFKA_BROKERS: brokers, ...more });
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

let last = 0;
const newTopic = (): string => `sender-${++last}`;

/** The error of an answer with these codes, partition by partition. */
const answer = (codes: readonly number[]) => {
  const partitionResponses = codes.map((errorCode, index) => ({ index, errorCode, errorMessage: null }));
  const errors = codes.flatMap((code, i) =>
    code === 0 ? [] : [[`/responses/0/partition_responses/${i}`, [code, null]]],
  );
  return new ResponseError(0, 11, Object.fromEntries(errors) as Record<string, [number, string | null]>, {
    responses: [{ name: "t", partitionResponses }],
  });
};

describe("what the Kafka client's error says of each partition", () => {
  test("a partition that was acknowledged beside one that was not is acknowledged", () => {
    expect([...outcomesOf(answer([0, 10, 6]), "t")].map(([index, { type }]) => [index, type])).toEqual([
      [0, "done"],
      [1, "poison"],
      [2, "retry"],
    ]);
  });

  test("an acknowledgement of any attempt counts, deep in the error or in what it says was produced", () => {
    const deep = new AggregateError([answer([0, 6]), new Error("gone", { cause: answer([6, 6]) })], "failed twice");
    const outcomes = outcomesOf(
      Object.assign(deep, { produced: { offsets: [{ topic: "t", partition: 7, offset: 1n }] } }),
      "t",
    );
    expect([...outcomes].map(([index, { type }]) => [index, type])).toEqual([
      [7, "done"],
      [0, "done"],
      [1, "retry"],
    ]);
  });

  test("other topics, and errors without an answer, say nothing", () => {
    expect(outcomesOf(answer([0]), "another").size).toBe(0);
    expect(outcomesOf(new Error("connection closed"), "t").size).toBe(0);
  });
});

describe.skipIf(skip)("writing to a real broker", () => {
  let broker: OwnBroker;
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(async () => broker.remove());
  afterEach(() => {
    // Every producer is closed behind its batch.
    expect(connectionsTo(broker.brokers) ?? 0).toBe(0);
  });

  test("makes the topic that is not there yet, and every record is acknowledged and lies there", async () => {
    const topic = newTopic();
    expect(states(await nativeSender(at(broker.brokers), topic).send(range(1, 50).map((n) => record(n))))).toEqual(
      acked(50),
    );
    const read = await readTopic(broker.brokers, topic);
    expect(read.map(({ value }) => value).sort(byText)).toEqual(
      range(1, 50)
        .map((n) => `{"n":${n}}`)
        .sort(byText),
    );
    expect(read.find(({ key }) => key === "player7")?.headers).toEqual({ id: "e7" });
  });

  test("a key lies on the partition where a Java client would put it", async () => {
    // Murmur2 of these keys, from the tests of the Java client.
    const hashes = {
      "21": -973_932_308,
      foobar: -790_332_482,
      "a-little-bit-long-string": -985_981_536,
      abc: 479_470_107,
    };
    const topic = newTopic();
    await createTopic(broker.brokers, topic, 7);
    await nativeSender(at(broker.brokers), topic).send(Object.keys(hashes).map((key, i) => record(i, key)));
    const read = await readTopic(broker.brokers, topic);
    expect(Object.fromEntries(read.map(({ key, partition }) => [key, partition]))).toEqual(
      Object.fromEntries(Object.entries(hashes).map(([key, hash]) => [key, (hash & 0x7fffffff) % 7])),
    );
  });

  test("a record that is too large is refused alone, out of the midst of others of its partition", async () => {
    const topic = newTopic();
    await createTopic(broker.brokers, topic, 2);
    const large = record(13, "player1", "x".repeat(1_100_000));
    const records = [
      ...range(1, 12).map((n) => record(n, `player${n % 3}`)),
      large,
      ...range(14, 20).map((n) => record(n, "player1")),
    ];
    const verdicts = await nativeSender(at(broker.brokers), topic).send(records);
    expect(states(verdicts)).toEqual([...acked(12), "poison", ...acked(7)]);
    expect(verdicts[12]).toMatchObject({ reason: expect.stringContaining("TOO_LARGE") as unknown });
    const ids = (await readTopic(broker.brokers, topic)).map(({ headers }) => headers["id"]).sort(byText);
    expect(ids).toEqual(
      records
        .filter((one) => one !== large)
        .map(({ headers }) => headers["id"])
        .sort(byText),
    );
  });

  test("records that are too large only together are all written", async () => {
    const topic = newTopic();
    const records = range(1, 12).map((n) => record(n, "player1", "x".repeat(120_000)));
    expect(states(await nativeSender(at(broker.brokers), topic).send(records))).toEqual(acked(12));
    expect(await readTopic(broker.brokers, topic)).toHaveLength(12);
  });

  test("a broker that falls silent is given up in time, and the records are written when it speaks again", async () => {
    const topic = newTopic();
    const sender = nativeSender(at(broker.brokers), topic, 3_000);
    const records = range(1, 5).map((n) => record(n));
    await sender.send([record(0)]);
    broker.pause();
    const began = Date.now();
    let verdicts: Awaited<ReturnType<typeof sender.send>>;
    try {
      verdicts = await sender.send(records);
    } finally {
      broker.resume();
    }
    expect(states(verdicts)).toEqual(Array(5).fill("retry"));
    expect(Date.now() - began).toBeLessThan(5_000);
    await expect.poll(async () => states(await sender.send(records)), { timeout: 20_000 }).toEqual(acked(5));
    await pause(200);
  });

  test("a broker that is not there is tried again, in seconds", async () => {
    const began = Date.now();
    const verdicts = await nativeSender(at("127.0.0.1:1"), "t").send([record(1)]);
    expect(states(verdicts)).toEqual(["retry"]);
    expect(Date.now() - began).toBeLessThan(10_000);
  });

  test("a broker killed in the middle of batches, acknowledgements and all: nothing is missing, and what is there twice is the same", async () => {
    const topic = newTopic();
    const sender = nativeSender(at(broker.brokers), topic, 8_000);
    await sender.send([record(0)]);
    const open = new Map(range(1, 3_000).map((n) => [n, record(n)]));
    let retried = 0;
    const kills = (async () => {
      for (const ms of [40, 90]) {
        await pause(ms);
        await broker.kill();
        await pause(300);
        await broker.restart();
      }
    })();
    // As the queue does: what has no acknowledgement comes again.
    while (open.size > 0) {
      const batch = [...open].slice(0, 100);
      const verdicts = await sender.send(batch.map(([, one]) => one));
      verdicts.forEach(({ type }, i) => {
        const n = batch[i]?.[0] ?? -1;
        if (type === "done") open.delete(n);
        else retried += 1;
        expect(type).not.toBe("poison");
      });
    }
    await kills;
    const read = await readTopic(broker.brokers, topic);
    const values = new Map<string, Set<string>>();
    for (const { headers, value } of read) {
      const id = headers["id"] ?? "";
      values.set(id, (values.get(id) ?? new Set()).add(value ?? ""));
    }
    expect(values.size).toBe(3_001);
    expect([...values.values()].every(({ size }) => size === 1)).toBe(true);
    expect(retried).toBeGreaterThan(0);
  }, 90_000);
});

describe.skipIf(skip)("coming in by a log-in", () => {
  const cases = [
    ["sasl-plain", ["plain"]],
    ["scram", ["scram-sha-256", "scram-sha-512"]],
  ] as const;

  test.each(cases)("%s: with the password, and not with another", async (security, mechanisms) => {
    const broker = await startBroker({ security });
    try {
      for (const KAFKA_SASL of mechanisms) {
        const login = { KAFKA_SASL, KAFKA_USERNAME: KAFKA_USER, KAFKA_PASSWORD };
        const address = broker.secured ?? "";
        expect(states(await nativeSender(at(address, login), "login").send([record(1)]))).toEqual(["done"]);
        const other = { ...login, KAFKA_PASSWORD: "not-the-password" };
        const [verdict] = await nativeSender(at(address, other), "login").send([record(2)]);
        // Whoever sets the password right later finds everything still there.
        expect(verdict?.type).toBe("retry");
        expect(JSON.stringify(verdict)).not.toContain("not-the-password");
      }
    } finally {
      await broker.remove();
    }
  });

  test("tls: with a certificate that is trusted, and not with one that is not", async () => {
    const broker = await startBroker({ security: "tls" });
    try {
      const brokers = at(broker.secured ?? "", { KAFKA_TLS: "true" });
      const [refused] = await nativeSender(brokers, "tls").send([record(1)]);
      expect(refused?.type).toBe("retry");
      setDefaultCACertificates([broker.certificate ?? ""]);
      expect(states(await nativeSender(brokers, "tls").send([record(1)]))).toEqual(["done"]);
    } finally {
      await broker.remove();
    }
  });
});
