import { describe, expect, test, vi } from "vitest";
import { BadSettings, hasFeed, settingsOf, warningsOf } from "../../src/bridge/env.ts";
import { topicOfQueue } from "../../src/bridge/sender.ts";

type Vars = Record<string, unknown>;

const native: Vars = { KAFKA_BROKERS: "127.0.0.1:9092" };
const v3: Vars = { KAFKA_TRANSPORT: "rest-v3", KAFKA_REST_URL: "https://proxy.example", KAFKA_REST_CLUSTER: "abc" };
const login: Vars = { KAFKA_USERNAME: "me", KAFKA_PASSWORD: "hunter2-hunter2" };

function wrong(vars: Vars): BadSettings {
  try {
    settingsOf(vars);
  } catch (error) {
    if (error instanceof BadSettings) return error;
    throw error;
  }
  throw new Error("these settings are taken");
}

describe("the bridge's settings", () => {
  test("brokers are enough, and an empty setting is none", () => {
    const settings = settingsOf({ ...native, KAFKA_TRANSPORT: "", KAFKA_SASL: "", FEED_IDLE_MAX_S: "" });
    expect(settings).toMatchObject({
      ROLE: "casino",
      KAFKA_TRANSPORT: "native",
      KAFKA_BROKERS: ["127.0.0.1:9092"],
      KAFKA_TLS: false,
      KAFKA_SASL: "none",
      FEED_IDLE_MAX_S: 10,
    });
  });

  test("several brokers are a list with commas", () => {
    expect(settingsOf({ KAFKA_BROKERS: "a.example:9092, b.example:9093,[::1]:9094" }).KAFKA_BROKERS).toEqual([
      "a.example:9092",
      "b.example:9093",
      "[::1]:9094",
    ]);
  });

  test.each<[string, Vars, string[]]>([
    ["native without brokers", {}, ["KAFKA_BROKERS"]],
    ["a broker without a port", { KAFKA_BROKERS: "broker.example" }, ["KAFKA_BROKERS"]],
    ["native with the address of a proxy", { ...native, KAFKA_REST_URL: "https://proxy.example" }, ["KAFKA_REST_URL"]],
    ["REST without an address", { KAFKA_TRANSPORT: "rest-v2" }, ["KAFKA_REST_URL"]],
    ["REST v3 without a cluster", { ...v3, KAFKA_REST_CLUSTER: "" }, ["KAFKA_REST_CLUSTER"]],
    ["SASL without a log-in", { ...native, KAFKA_SASL: "plain" }, ["KAFKA_USERNAME", "KAFKA_PASSWORD"]],
    ["SASL without a password", { ...native, KAFKA_SASL: "plain", KAFKA_USERNAME: "me" }, ["KAFKA_PASSWORD"]],
    ["a password and no SASL", { ...native, ...login }, ["KAFKA_SASL"]],
    ["SASL towards no broker", { ...v3, ...login, KAFKA_SASL: "plain" }, ["KAFKA_SASL"]],
    ["TLS towards no broker", { ...v3, KAFKA_TLS: "true" }, ["KAFKA_TLS"]],
    ["an unknown transport", { ...native, KAFKA_TRANSPORT: "pigeon" }, ["KAFKA_TRANSPORT"]],
  ])("%s: an error that names the settings", (_what, vars, names) => {
    expect(wrong(vars).settings).toEqual(names);
    for (const name of names) expect(wrong(vars).message).toContain(name);
  });

  test("an error never says a value", () => {
    for (const vars of [
      { ...native, ...login },
      { ...login, KAFKA_BROKERS: "hunter2-hunter2" },
    ]) {
      expect(wrong(vars).message).not.toContain("hunter2");
    }
  });

  test("basic authentication of a proxy needs no SASL", () => {
    expect(settingsOf({ ...v3, ...login }).KAFKA_PASSWORD).toBe("hunter2-hunter2");
  });

  test("beside a REST transport the feed needs brokers", () => {
    expect(hasFeed(settingsOf({ ...v3 }))).toBe(false);
    expect(hasFeed(settingsOf({ ...v3, ...native }))).toBe(true);
  });

  test("a password in the open is warned of, except to this very machine", () => {
    vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const plain = { ...login, KAFKA_SASL: "plain" };
    expect(warningsOf(settingsOf({ ...native, ...plain }))).toEqual([]);
    expect(warningsOf(settingsOf({ ...plain, KAFKA_BROKERS: "broker.example:9092" }))).toHaveLength(1);
    expect(warningsOf(settingsOf({ ...plain, KAFKA_BROKERS: "broker.example:9092", KAFKA_TLS: "true" }))).toEqual([]);
    expect(warningsOf(settingsOf({ ...v3, ...login, KAFKA_REST_URL: "http://proxy.example" }))).toHaveLength(1);
    expect(console.warn).toHaveBeenCalledTimes(2);
  });
});

test("a queue's topic is told by the end of its name", () => {
  expect(["stakes-kafka", "lottery-stakes-kafka", "x-awards-kafka"].map(topicOfQueue)).toEqual([
    "stakes",
    "stakes",
    "awards",
  ]);
  expect(["stakes", "mistakes-kafka", "stakes-kafka-old", "settled-kafka"].map(topicOfQueue)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
