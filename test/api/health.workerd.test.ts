import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { WAIT_MS } from "../../src/metrics/health.ts";
import { heardOf, waysOf } from "../../src/metrics/bridges.ts";
import { deadLettersStub } from "../../src/objects/stubs.ts";
import { answerOf, get, requestOf, type Answer } from "./api.workerd.ts";

/** Health of every dependency. */

type Named = { readonly name: string; readonly state: string; readonly ms: number; readonly letters?: number };

const object = (stub: object): object => ({ idFromName: () => "x", get: () => stub });
const broken = object({
  ping: () => Promise.reject(new Error("the disk at 10.0.0.7 is gone")),
  budgets: () => Promise.reject(new Error("the disk at 10.0.0.7 is gone")),
  count: () => Promise.reject(new Error("the disk at 10.0.0.7 is gone")),
});
const hung = object({ budgets: () => new Promise(() => {}) });

function prepare(): never {
  throw new Error("the disk at 10.0.0.7 is gone");
}

async function healthWith(settings: Partial<Record<string, unknown>>): Promise<Answer> {
  const changed = { ...env, ...settings } as Env;
  return answerOf(await app.fetch(requestOf("GET", "/api/health"), changed, createExecutionContext()));
}

function withBridge(bridges: readonly object[]): Promise<Answer> {
  const directory = {
    ping: () => Promise.resolve("ok"),
    census: () => Promise.resolve({ games: {} }),
    bridges: () => Promise.resolve(bridges),
  };
  return healthWith({ LOTTERY: "kafka", DIRECTORY: object(directory) });
}

function stateOf(answer: Answer, name: string): Named | undefined {
  const checks: readonly Named[] = answer.body.checks;
  return checks.find((check) => check.name === name);
}

test("every part is asked, and each says how long it took", async () => {
  const answer = await get("/api/health");
  expect([answer.status, answer.body.status]).toEqual([200, "ok"]);
  const checks: readonly Named[] = answer.body.checks;
  expect(checks.map(({ name }) => name)).toEqual(["directory", "promotions", "dead_letters", "read_model", "outboxes"]);
  for (const { state, ms } of checks) expect([state, ms >= 0]).toEqual(["ok", true]);
});

test("the house is open while a part that not every request needs is down, and says which, without a word of why", async () => {
  for (const [binding, name, part] of [
    ["PROMOTIONS", "promotions", broken],
    ["DEAD_LETTERS", "dead_letters", broken],
    ["READ_MODEL", "read_model", { prepare, batch: prepare }],
  ] as const) {
    const answer = await healthWith({ [binding]: part });
    expect([answer.status, answer.body.status]).toEqual([200, "failing"]);
    expect(stateOf(answer, name)?.state).toBe("down");
    expect(stateOf(answer, "directory")?.state).toBe("ok");
    expect(JSON.stringify(answer.body)).not.toContain("10.0.0.7");
  }
});

test("it is down when the Directory is, and still says how the rest is", async () => {
  const answer = await healthWith({ DIRECTORY: broken });
  expect([answer.status, answer.body.status]).toEqual([503, "down"]);
  expect(stateOf(answer, "directory")?.state).toBe("down");
  expect(stateOf(answer, "promotions")?.state).toBe("ok");
  expect(JSON.stringify(answer.body)).not.toContain("10.0.0.7");
});

test("a part that hangs is down after two seconds, and nobody waits longer", async () => {
  const answer = await healthWith({ PROMOTIONS: hung });
  expect(stateOf(answer, "promotions")?.state).toBe("down");
  expect(stateOf(answer, "promotions")?.ms).toBeGreaterThanOrEqual(WAIT_MS - 50);
  expect(stateOf(answer, "directory")?.state).toBe("ok");
});

test("messages that wait for an operator are counted, and are a failing part of an open house", async () => {
  const letter = {
    id: "health:1",
    from: "stakes",
    topic: "stakes",
    code: "bad_event",
    reason: "test",
    body: {},
    at: 1,
  };
  const before = stateOf(await get("/api/health"), "dead_letters")?.letters ?? 0;
  await deadLettersStub(env).park([{ ...letter, topic: "stakes" }]);
  const answer = await get("/api/health");
  expect(stateOf(answer, "dead_letters")).toMatchObject({ state: "failing", letters: before + 1 });
  expect([answer.status, answer.body.status]).toEqual([200, "failing"]);
  await deadLettersStub(env).replayed([{ id: letter.id, outcome: "done" }]);
  expect(stateOf(await get("/api/health"), "dead_letters")).toMatchObject({ state: "ok", letters: before });
});

test("events that an outbox has given up on are a failing part", async () => {
  const games = { roulette: { outbox: 2, parked: 2 }, crash: { outbox: 1, parked: 0 } };
  const DIRECTORY = object({ ping: () => Promise.resolve("ok"), census: () => Promise.resolve({ games }) });
  const answer = await healthWith({ DIRECTORY });
  expect(stateOf(answer, "outboxes")).toMatchObject({ state: "failing", waiting: 3, parked: 2 });
  expect([answer.status, answer.body.status]).toEqual([200, "failing"]);
});

test("where stakes go by Kafka, a bridge that fails or has said nothing is a failing part of an open house", async () => {
  const report = { topic: "stakes", direction: "to-kafka", error: null, records: 4, lag: null, at: 1 };
  const well = await withBridge([{ ...report, state: "ok" }]);
  expect(well.body).toMatchObject({ status: "ok", dependencies: { kafka: "ok" }, bridge: [{ records: 4 }] });
  const failing = await withBridge([{ ...report, state: "failing" }]);
  expect(failing.body).toMatchObject({ status: "failing", dependencies: { directory: "ok", kafka: "failing" } });
  const silent = await withBridge([]);
  expect(silent.body).toMatchObject({ status: "failing", dependencies: { kafka: "unknown" }, bridge: [] });
  expect([well.status, failing.status, silent.status]).toEqual([200, 200, 200]);
});

test("where nobody asks the broker any more, the last word of the bridge is not believed", async () => {
  const HOUR = 3_600_000;
  const word = { topic: "stakes", direction: "to-kafka", state: "ok", error: null, records: 4, lag: null } as const;
  const report = (at: number) => ({ ...word, at, next: at + 70_000 });
  const now = Date.now();
  const casino = { ROLE: "casino", LOTTERY: "kafka" } as const;
  expect(waysOf(casino)).toEqual(["stakes to-kafka", "awards from-kafka"]);
  expect(waysOf({ ROLE: "lottery", LOTTERY: "kafka" })).toEqual(["awards to-kafka", "stakes from-kafka"]);
  expect(waysOf({ ROLE: "casino", LOTTERY: "embedded" })).toEqual([]);
  expect(heardOf(report(now - 60_000), now)).toEqual(report(now - 60_000));
  expect(heardOf(report(now - HOUR), now)).toMatchObject({
    state: "failing",
    error: expect.stringContaining("3600 s"),
  });
  const { next: _next, ...older } = report(now - HOUR); // of a bridge that does not say when it will be heard again
  expect(heardOf(older, now)).toEqual(older);
});
