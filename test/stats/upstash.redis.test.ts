import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Facts, ReadModel } from "../../src/stats/model.ts";
import { upstashModel } from "../../src/stats/upstash.ts";
import { Random } from "../kit/random.ts";
import { answersMatch } from "./answers.ts";
import { readModelContract } from "./contract.ts";
import { Oracle } from "./oracle.ts";
import { skipRedis } from "./redis-server.ts";
import { startFront, type Front } from "./upstash-front.ts";
import { ANN, NOW, dealt, facts, result, world } from "./world.ts";

const skip = skipRedis();

/** A hundred players in one round. */
const hundred = (round: number): Facts =>
  facts({ results: Array.from({ length: 100 }, (_, i) => result({ player: `p${i}` as typeof ANN, round })) });

describe.skipIf(skip)("the read model on Upstash Redis", () => {
  let front: Front;
  beforeAll(async () => {
    front = await startFront();
  });
  afterAll(async () => front?.stop());

  const empty = async (): Promise<ReadModel> => {
    await front.command("FLUSHALL");
    return upstashModel(front.url, front.token);
  };

  const trips = async (ask: () => Promise<unknown>): Promise<number> => {
    const before = front.requests();
    await ask();
    return front.requests() - before;
  };

  readModelContract("Redis", empty);

  it("takes one round trip a batch, and one a read", async () => {
    const model = await empty();
    await model.project(facts({ results: [result({ player: ANN })] }), NOW);
    expect(await trips(async () => model.project(world(11), NOW))).toBe(1);
    expect(await trips(async () => model.project(world(12, 600), NOW)), "thousands of facts").toBe(1);
    await model.board("profit", "day", 20, null, NOW);
    await model.board("profit", "day", 20, ANN, NOW);
    await model.stats(ANN, "week", null, NOW);
    await model.days(ANN, 30, NOW);
    expect(await trips(async () => model.board("profit", "day", 20, null, NOW))).toBe(1);
    expect(await trips(async () => model.board("profit", "day", 20, ANN, NOW))).toBe(1);
    expect(await trips(async () => model.stats(ANN, "week", null, NOW))).toBe(1);
    expect(await trips(async () => model.days(ANN, 30, NOW))).toBe(1);
    expect(await trips(async () => model.history(ANN, null, { at: NOW, room: "", round: 0 }, 20))).toBe(1);
  });

  it("comes to the same when a batch is cut off before or after it was done, and tried again", async () => {
    const all = world(13);
    const oracle = new Oracle();
    await oracle.project(all, NOW);
    const model = await empty();
    for (const batch of dealt(all, new Random(13), 6)) {
      // As often as the client tries by itself, and once more.
      front.cutOff(2, 2);
      await expect(model.project(batch, NOW)).rejects.toThrow(/^Upstash Redis: /);
      await model.project(batch, NOW);
    }
    front.cutOff(0, 0);
    await answersMatch(model, oracle, NOW, "quick");
  });

  it("sends its scripts again to a Redis that forgot them", async () => {
    const [model, oracle] = [await empty(), new Oracle()];
    for (const batch of dealt(world(14, 600), new Random(14), 2)) {
      await front.command("SCRIPT", "FLUSH");
      for (const side of [model, oracle]) await side.project(batch, NOW);
    }
    await front.command("SCRIPT", "FLUSH");
    expect(await model.board("profit", "all", 10, null, NOW)).toEqual(
      await oracle.board("profit", "all", 10, null, NOW),
    );
    expect(await model.checksum()).toEqual(await oracle.checksum());
  });

  it("says what is wrong with a token without saying the token", async () => {
    const model = upstashModel(front.url, "not-the-token-but-a-secret");
    const refused = await model.project(facts({ results: [result({ player: ANN })] }), NOW).then(
      () => "taken",
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(Error);
    expect(String(refused)).toBe("StoreError: Upstash Redis: WRONGPASS invalid or missing auth token");
    expect(JSON.stringify(Object.entries(refused as Error))).not.toContain("secret");
    await expect(model.ping()).rejects.toThrow("WRONGPASS");
    // One that is no header tells itself to whoever sends it.
    const broken = upstashModel(front.url, "secret\nsecret");
    expect(String(await broken.ping().catch((error: unknown) => error))).toMatch(/^StoreError: (?!.*secret)/s);
  });

  it("rejects when nobody answers", async () => {
    const nobody = upstashModel("http://127.0.0.1:9", front.token);
    await expect(nobody.ping()).rejects.toThrow(/^Upstash Redis: /);
  });

  it("lets the boards of days and weeks expire, and nothing else", async () => {
    const model = await empty();
    await model.project(world(15), NOW);
    const keys = (await front.command("KEYS", "*")) as string[];
    expect(keys.length).toBeGreaterThan(50);
    for (const key of keys) {
      const seconds = Number(await front.command("TTL", key));
      if (/:(?:\d{4}-\d\d-\d\d|\d{4}-W\d\d)$/.test(key)) expect(seconds, key).toBeGreaterThan(86_400);
      else expect(seconds, key).toBe(-1);
    }
  });

  it("leaves alone what else is in the database when it is emptied", async () => {
    const model = await empty();
    await front.command("SET", "somebody's", "own");
    await model.project(world(16), NOW);
    await model.clear();
    expect(await front.command("KEYS", "*")).toEqual(["somebody's"]);
  });

  it("bills less than 6 commands for a result in a batch of a hundred", async () => {
    const model = await empty();
    await model.project(hundred(1), NOW);
    await front.command("CONFIG", "RESETSTAT");
    await model.project(hundred(2), NOW);
    const stats = String(await front.command("INFO", "commandstats"));
    const calls = [...stats.matchAll(/cmdstat_(?!config|info)[^:]*:calls=(\d+)/g)].map(([, n]) => Number(n));
    const billed = calls.reduce((sum, n) => sum + n, 0);
    expect(billed).toBeGreaterThan(100);
    expect(billed).toBeLessThan(600);
  });
});
