import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Producer, stringSerializers } from "@platformatic/kafka";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import {
  answers,
  brokerOrGiven,
  clientOptions,
  createTopic,
  KAFKA_PASSWORD,
  KAFKA_USER,
  kafkaAvailable,
  readTopic,
  skipKafka,
  startBroker,
  whyNoAnswer,
  type Entry,
  type OwnBroker,
} from "./broker.ts";
import { freePorts } from "./ports.ts";

/** The broker that other tests trust: it keeps what it acknowledged, and it dies, hangs and comes back when it is told to. */

const here = dirname(fileURLToPath(import.meta.url));
const skip = skipKafka();

type Words = { readonly key: string; readonly value: string };

async function write(brokers: string, topic: string, records: readonly Words[], entry: Entry = {}): Promise<void> {
  const producer = new Producer({
    ...clientOptions(brokers, 10_000, entry),
    retries: 5,
    serializers: stringSerializers,
    autocreateTopics: true,
  });
  try {
    await producer.send({ acks: -1, messages: records.map((words) => ({ topic, ...words })) });
  } finally {
    await producer.close();
  }
}

const read = async (brokers: string, topic: string, entry: Entry = {}): Promise<Words[]> =>
  (await readTopic(brokers, topic, entry)).map(({ key, value }) => ({ key: key ?? "", value: value ?? "" }));

const login = (mechanism: "PLAIN" | "SCRAM-SHA-256" | "SCRAM-SHA-512", password = KAFKA_PASSWORD): Entry => ({
  sasl: { mechanism, username: KAFKA_USER, password },
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`it never came true that ${what}`);
    await delay(50);
  }
}

describe.skipIf(skip)("a broker of ours", () => {
  let broker: OwnBroker;
  beforeAll(async () => {
    broker = await startBroker();
  });
  afterAll(async () => {
    await broker.remove();
  });

  test("a record written with acks=all is read back after a kill -9 and a restart", async () => {
    await write(broker.brokers, "kept", [{ key: "k", value: "before" }]);
    const before = broker.pid;
    await broker.kill();
    expect(await broker.exited()).toEqual({ code: null, signal: "SIGKILL" });
    expect(broker.pid).toBeNull();
    expect(await whyNoAnswer(broker.brokers, 1000)).toMatch(/ECONNREFUSED/);
    await broker.restart();
    expect(broker.pid).not.toBe(before);
    expect(await read(broker.brokers, "kept")).toEqual([{ key: "k", value: "before" }]);
    await write(broker.brokers, "kept", [{ key: "k", value: "after" }]);
    expect(await read(broker.brokers, "kept")).toEqual([
      { key: "k", value: "before" },
      { key: "k", value: "after" },
    ]);
  });

  test("it comes back after a clean stop as well, and a second start of a running one is refused", async () => {
    await write(broker.brokers, "stopped", [{ key: "k", value: "v" }]);
    await expect(broker.restart()).rejects.toThrow(/is running/);
    await broker.stop();
    await broker.stop();
    expect(() => broker.pause()).toThrow(/is not running/);
    await broker.restart();
    expect(await read(broker.brokers, "stopped")).toEqual([{ key: "k", value: "v" }]);
  });

  test("a topic has the partitions that were asked for, and all of its records are read from all of them", async () => {
    await createTopic(broker.brokers, "many", 7);
    const records = Array.from({ length: 500 }, (_, n) => ({ key: `key ${n}`, value: `${n} ${"x".repeat(10_000)}` }));
    await write(broker.brokers, "many", records);
    const found = await readTopic(broker.brokers, "many");
    expect(new Set(found.map((record) => record.partition))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
    expect(new Set(found.map((record) => record.value))).toEqual(new Set(records.map((record) => record.value)));
    // A batch whose answer was late is written again: there may be more records than were sent, and none is read twice.
    expect(new Set(found.map(({ partition, offset }) => `${partition}:${offset}`)).size).toBe(found.length);
  });

  test("an empty topic reads as nothing, and one that is not there is an error", async () => {
    await createTopic(broker.brokers, "empty", 2);
    expect(await readTopic(broker.brokers, "empty")).toEqual([]);
    await expect(readTopic(broker.brokers, "never made")).rejects.toThrow();
  });

  test("a paused broker takes connections and does not answer, and goes on where it was", async () => {
    await write(broker.brokers, "paused", [{ key: "k", value: "v" }]);
    broker.pause();
    expect(await whyNoAnswer(broker.brokers, 1000)).toBe("Request timed out"); // silence, not a refusal
    await new Promise<void>((resolve, reject) => {
      const [host = "", port = ""] = broker.brokers.split(":");
      const socket = connect(Number(port), host, () => {
        socket.destroy();
        resolve();
      });
      socket.once("error", reject);
    });
    broker.resume();
    await until("it answers again", () => answers(broker.brokers, 1000));
    expect(await read(broker.brokers, "paused")).toEqual([{ key: "k", value: "v" }]);
  });
});

describe.skipIf(skip)("the end of a broker", () => {
  test("a stop is clean: it says so, it ends with the code of a SIGTERM, and its folder is gone when it is removed", async () => {
    const broker = await startBroker();
    const { dir, pid } = broker;
    await broker.stop();
    expect(await broker.exited()).toEqual({ code: 143, signal: null });
    expect(existsSync(join(dir, "data/.kafka_cleanshutdown"))).toBe(true);
    expect(isAlive(pid ?? 0)).toBe(false);
    await broker.remove();
    expect(existsSync(dir)).toBe(false);
  });

  test("a paused broker can be stopped", async () => {
    const broker = await startBroker();
    broker.pause();
    await broker.stop();
    expect(await broker.exited()).toEqual({ code: 143, signal: null });
    await broker.remove();
  });

  test("a folder that was named is kept, with its records, and serves the next broker on another port", async () => {
    const dir = mkdtempSync(join(tmpdir(), "croupier-kafka-kept-"));
    try {
      const first = await startBroker({ dir });
      await write(first.brokers, "kept", [{ key: "k", value: "v" }]);
      await first.remove();
      const second = await startBroker({ dir });
      expect(second.brokers).not.toBe(first.brokers);
      expect(await read(second.brokers, "kept")).toEqual([{ key: "k", value: "v" }]);
      await second.remove();
      expect(existsSync(dir)).toBe(true);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });

  test("a second broker on a port or a folder in use is refused, and the first one is none the worse", async () => {
    const dir = mkdtempSync(join(tmpdir(), "croupier-kafka-kept-"));
    const first = await startBroker({ dir });
    try {
      await expect(startBroker({ dir })).rejects.toThrow(`${dir} is in use by the broker ${first.pid}`);
      await expect(startBroker({ port: Number(first.brokers.split(":")[1]) })).rejects.toThrow(/is taken/);
      await write(first.brokers, "unharmed", [{ key: "k", value: "v" }]);
      await first.stop();
      expect(await first.exited()).toEqual({ code: 143, signal: null });
    } finally {
      await first.remove();
      rmSync(dir, { recursive: true });
    }
  });

  test("a broker that cannot start is an error with the end of its log, and nothing is left running", async () => {
    const dir = mkdtempSync(join(tmpdir(), "croupier-kafka-kept-"));
    mkdirSync(join(dir, "data"));
    writeFileSync(join(dir, "data/meta.properties"), "version=1\nnode.id=2\ncluster.id=somebody-elses\n");
    try {
      await expect(startBroker({ dir })).rejects.toThrow(/ended while it started[^]*its log[^]*Stored node id 2/);
      expect(isAlive(Number(readFileSync(join(dir, "broker.pid"), "utf8")))).toBe(false);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe.skipIf(skip)("KAFKA_BROKERS", () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  test("it names the broker to use, and none is started", async () => {
    const broker = await startBroker();
    vi.stubEnv("KAFKA_BROKERS", broker.brokers);
    // Nothing can be started from here on.
    vi.stubEnv("PATH", "");
    vi.stubEnv("JAVA_HOME", "");
    expect(kafkaAvailable()).toMatch(/Java was not found.*apt-get install/);
    vi.stubEnv("CI", "");
    expect(skipKafka()).toBe(true);
    vi.stubEnv("CI", "true");
    expect(skipKafka()).toBe(false);
    await expect(startBroker()).rejects.toThrow(/Java was not found/);
    const given = await brokerOrGiven();
    expect(given).toMatchObject({ own: false, brokers: broker.brokers, pid: null, dir: null });
    await write(given.brokers, "given", [{ key: "k", value: "v" }]);
    expect(await read(given.brokers, "given")).toEqual([{ key: "k", value: "v" }]);
    await expect(given.stop()).rejects.toThrow(/is not ours to stop/);
    await expect(given.kill()).rejects.toThrow(/is not ours to kill/);
    await expect(given.restart()).rejects.toThrow(/is not ours to restart/);
    expect(() => given.pause()).toThrow(/is not ours to pause/);
    await given.remove();
    expect(await answers(broker.brokers, 1000)).toBe(true);
    await broker.remove();
  });

  test("a given broker that is not there is an error that names it", async () => {
    const [port = 0] = await freePorts(1);
    vi.stubEnv("KAFKA_BROKERS", `127.0.0.1:${port}`);
    await expect(brokerOrGiven()).rejects.toThrow(`No broker answers at KAFKA_BROKERS=127.0.0.1:${port}`);
  });

  test("without it one is started", async () => {
    vi.stubEnv("KAFKA_BROKERS", "");
    const broker = await brokerOrGiven();
    expect(broker.own).toBe(true);
    expect(await answers(broker.brokers, 1000)).toBe(true);
    await broker.remove();
  });
});

describe.skipIf(skip)("the second listener", () => {
  test.each([
    { security: "sasl-plain", mechanisms: ["PLAIN"], other: "SCRAM-SHA-256" },
    { security: "scram", mechanisms: ["SCRAM-SHA-256", "SCRAM-SHA-512"], other: "PLAIN" },
  ] as const)("$security lets in who knows the password, and nobody else", async ({ security, mechanisms, other }) => {
    const broker = await startBroker({ security });
    try {
      const secured = broker.secured ?? "";
      for (const mechanism of mechanisms) {
        await write(secured, `by-${mechanism}`, [{ key: "k", value: "v" }], login(mechanism));
        expect(await read(secured, `by-${mechanism}`, login(mechanism))).toEqual([{ key: "k", value: "v" }]);
        expect(await read(broker.brokers, `by-${mechanism}`)).toEqual([{ key: "k", value: "v" }]);
        expect(await whyNoAnswer(secured, 5000, login(mechanism, "wrong"))).toBe("SASL authentication failed.");
      }
      expect(await whyNoAnswer(secured, 5000, login(other))).toMatch(/does not support the requested SASL/);
      expect(await answers(secured, 5000)).toBe(false);
      expect(await answers(broker.brokers, 2000)).toBe(true);
    } finally {
      await broker.remove();
    }
  });

  test("TLS speaks to who trusts its certificate, and to nobody else", async () => {
    const broker = await startBroker({ security: "tls" });
    try {
      const secured = broker.secured ?? "";
      const trusting: Entry = { tls: { ca: broker.certificate ?? "" } };
      await write(secured, "private", [{ key: "k", value: "v" }], trusting);
      expect(await read(secured, "private", trusting)).toEqual([{ key: "k", value: "v" }]);
      expect(await whyNoAnswer(secured, 5000, { tls: {} })).toMatch(/self-signed certificate/);
      expect(await whyNoAnswer(secured, 5000)).toMatch(/requires TLS/);
    } finally {
      await broker.remove();
    }
  });
});

type Command = { readonly child: ChildProcess; readonly said: () => string; readonly exit: Promise<number | null> };

async function kafka(args: readonly string[]): Promise<Command> {
  const child = spawn(process.execPath, [join(here, "kafka.ts"), ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await until("it is up or has ended", () => /Ctrl-C ends it/.test(said) || child.exitCode !== null);
  return { child, said: () => said, exit };
}

const folderOf = (command: Command): string => dirname(/Its log is (.*)/.exec(command.said())?.[1] ?? "");
const brokersOf = (command: Command): string => /listens on (\S+)/.exec(command.said())?.[1] ?? "";

describe.skipIf(skip)("npm run kafka", () => {
  test("it listens where it is told to until it is interrupted, npm's echo of that included, and leaves nothing", async () => {
    const [port = 0] = await freePorts(1);
    const command = await kafka(["--port", String(port)]);
    expect(brokersOf(command)).toBe(`127.0.0.1:${port}`);
    expect(await answers(brokersOf(command), 2000)).toBe(true);
    const dir = folderOf(command);
    expect(existsSync(dir)).toBe(true);
    command.child.kill("SIGINT");
    command.child.kill("SIGINT");
    expect(await command.exit).toBe(0);
    expect(existsSync(dir)).toBe(false);
    expect(await answers(brokersOf(command), 1000)).toBe(false);
  });

  test("without a port two of them find a port each, and a taken one that was asked for is an error", async () => {
    const first = await kafka([]);
    const second = await kafka([]);
    expect(brokersOf(second)).not.toBe(brokersOf(first));
    const third = await kafka(["--port", brokersOf(first).split(":")[1] ?? ""]);
    expect(await third.exit).toBe(1);
    expect(third.said()).toMatch(/is taken/);
    first.child.kill("SIGTERM");
    second.child.kill("SIGTERM");
    expect([await first.exit, await second.exit]).toEqual([0, 0]);
  });

  test("a kill -9 of the command takes the broker and its folder with it", async () => {
    const [port = 0] = await freePorts(1);
    const command = await kafka(["--port", String(port)]);
    const dir = folderOf(command);
    command.child.kill("SIGKILL");
    await command.exit;
    await until("the broker is gone", async () => !(await answers(`127.0.0.1:${port}`, 500)));
    await until("its folder is gone", () => !existsSync(dir));
  });
});

test("the compose file runs the version that the pom names", () => {
  const pom = readFileSync(join(here, "pom.xml"), "utf8");
  const version = /<artifactId>kafka_[\d.]+<\/artifactId>\s*<version>([^<]+)</.exec(pom)?.[1] ?? "none";
  expect(readFileSync(join(here, "compose.yaml"), "utf8")).toContain(`image: apache/kafka:${version}\n`);
});
