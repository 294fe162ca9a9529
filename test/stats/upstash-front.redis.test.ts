import { Redis } from "@upstash/redis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { skipRedis } from "./redis-server.ts";
import { startFront, type Front } from "./upstash-front.ts";

/** The front that other tests trust: Upstash's own client, as it comes, finds its Redis there. */
describe.skipIf(skipRedis())("the front that speaks Upstash's REST", () => {
  let front: Front;
  let redis: Redis;
  beforeAll(async () => {
    front = await startFront();
    redis = new Redis({ url: front.url, token: front.token, enableTelemetry: false });
  });
  afterAll(async () => front?.stop());

  const asked = async (path: string, body: unknown, token = front.token): Promise<[number, unknown]> => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${front.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    return [response.status, await response.json()];
  };

  it("takes a command, a pipeline and a transaction, with texts in base64", async () => {
    expect(await redis.set("name", "sécond ♠")).toBe("OK");
    expect(await redis.get("name")).toBe("sécond ♠");
    expect(await redis.get("nothing")).toBeNull();
    const piped = redis
      .pipeline()
      .zadd("board", { score: 2 ** 53 - 1, member: "ann" })
      .zrange("board", 0, -1, { withScores: true });
    expect(await piped.exec()).toEqual([1, ["ann", 2 ** 53 - 1]]);
    const multi = redis
      .multi()
      .hset("hash", { a: "x", b: "y" })
      .hgetall("hash")
      .eval("return {1, {KEYS[1]}, false}", ["k"], []);
    expect(await multi.exec()).toEqual([2, { a: "x", b: "y" }, [1, ["k"], null]]);
  });

  it("answers errors as Upstash does", async () => {
    expect(await asked("/", ["PING"], "another")).toEqual([401, { error: "WRONGPASS invalid or missing auth token" }]);
    expect(await asked("/", ["NONSENSE"])).toEqual([400, { error: expect.stringContaining("ERR unknown command") }]);
    expect(await asked("/", "nonsense")).toEqual([400, { error: "ERR failed to parse command" }]);
    expect(
      await asked("/pipeline", [
        ["SET", "text", "x"],
        ["INCR", "text"],
        ["GET", "text"],
      ]),
    ).toEqual([200, [{ result: "OK" }, { error: "ERR value is not an integer or out of range" }, { result: "x" }]]);
    expect(
      await asked("/multi-exec", [
        ["SET", "text", "y"],
        ["INCR", "text"],
        ["GET", "text"],
      ]),
    ).toEqual([200, [{ result: "OK" }, { error: "ERR value is not an integer or out of range" }, { result: "y" }]]);
    const aborted = await asked("/multi-exec", [["SET", "text", "z"], ["NONSENSE"]]);
    expect(aborted).toEqual([400, { error: expect.stringContaining("EXECABORT") }]);
    expect(await redis.get("text")).toBe("y");
  });

  it("never lets another request's commands into a transaction", async () => {
    await front.command("SET", "count", "0");
    const all = Array.from({ length: 30 }, async (_, n) => {
      const commands = [
        ["GET", "count"],
        ["SET", "count", String(n)],
        ["GET", "count"],
      ];
      const [, answers] = await asked("/multi-exec", commands);
      expect(answers).toEqual([expect.anything(), { result: "OK" }, { result: String(n) }]);
    });
    await Promise.all(all);
  });
});
