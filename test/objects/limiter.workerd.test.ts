import { createExecutionContext, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { addressOf } from "../../src/api/http/address.ts";
import type { Limiter } from "../../src/objects/limiter.ts";
import { limiterStub } from "../../src/objects/stubs.ts";
import { answerOf, expectRefused, requestOf, type Answer } from "../api/api.workerd.ts";

let addresses = 0;
const fresh = (): DurableObjectStub<Limiter> => limiterStub(env, `test-${(addresses += 1)}`);

async function takeMany(stub: DurableObjectStub<Limiter>, tries: number, perMinute: number): Promise<number> {
  let taken = 0;
  for (let i = 0; i < tries; i += 1) if ((await stub.take("api", perMinute)).ok) taken += 1;
  return taken;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a bucket", () => {
  test.each([1, 7, 20, 600])("of %d a minute gives exactly that many at once", async (perMinute) => {
    expect(await takeMany(fresh(), perMinute + 20, perMinute)).toBe(perMinute);
  });

  test("gives exactly that many to a crowd at once", async () => {
    const stub = fresh();
    const answers = await Promise.all(Array.from({ length: 50 }, async () => stub.take("api", 20)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(20);
  });

  test("fills steadily, and says when the next one is there", async () => {
    const stub = fresh();
    await takeMany(stub, 6, 6);
    expect(await stub.take("api", 6)).toEqual({ ok: false, retryAfterMs: 10_000 });
    vi.setSystemTime(Date.now() + 9_990);
    expect((await stub.take("api", 6)).ok).toBe(false);
    vi.setSystemTime(Date.now() + 10);
    expect(await takeMany(stub, 5, 6)).toBe(1);
  });

  test("is full again after a minute, and never fuller", async () => {
    const stub = fresh();
    await takeMany(stub, 20, 20);
    vi.setSystemTime(Date.now() + 86_400_000);
    expect(await takeMany(stub, 40, 20)).toBe(20);
  });

  test("does not give more because its object was evicted in between", async () => {
    const stub = fresh();
    let taken = 0;
    for (let round = 0; round < 8; round += 1) {
      taken += await takeMany(stub, 3, 20);
      await evictDurableObject(stub);
    }
    expect(taken).toBeLessThanOrEqual(20);
    expect(taken).toBeGreaterThanOrEqual(8);
  });

  test("is apart from the other buckets of its address, and from the other addresses", async () => {
    const stub = fresh();
    await takeMany(stub, 20, 20);
    expect((await stub.take("auth", 20)).ok).toBe(true);
    expect((await fresh().take("api", 20)).ok).toBe(true);
  });

  test("writes a row in ten uses", async () => {
    const stub = fresh();
    const rows = await runInDurableObject(stub, async (limiter: Limiter, { storage }) => {
      const exec = vi.spyOn(storage.sql, "exec");
      for (let i = 0; i < 600; i += 1) await limiter.take("api", 600);
      const writes = exec.mock.calls.filter(([query]) => query.startsWith("INSERT")).length;
      vi.restoreAllMocks();
      return writes;
    });
    expect(rows).toBeLessThanOrEqual(11);
    expect(rows).toBeGreaterThan(0);
  });

  test("survives a clock that is put back", async () => {
    const stub = fresh();
    vi.setSystemTime(Date.now() + 86_400_000);
    await takeMany(stub, 5, 20);
    vi.setSystemTime(Date.now() - 86_400_000);
    expect((await stub.take("api", 20)).ok).toBe(true);
  });

  test("of an address that is gone leaves nothing behind", async () => {
    const stub = fresh();
    await takeMany(stub, 5, 20);
    const tables = async (): Promise<number> =>
      runInDurableObject(stub, (_limiter, { storage }) => {
        return storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'bucket'").toArray().length;
      });
    await runInDurableObject(stub, async (limiter: Limiter) => limiter.alarm());
    expect(await tables()).toBe(1);
    vi.setSystemTime(Date.now() + 3_600_000);
    await runInDurableObject(stub, async (limiter: Limiter) => limiter.alarm());
    expect(await tables()).toBe(0);
    expect(await takeMany(stub, 40, 20)).toBe(20);
  });
});

describe("the address that counts", () => {
  test.each([
    [undefined, "local"],
    ["203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("of %s is %s", (ip, address) => {
    expect(addressOf(ip)).toBe(address);
  });
});

/** Statuses of one call a few times over. */
async function several(times: number, one: (i: number) => Promise<Answer>): Promise<number[]> {
  const statuses: number[] = [];
  for (let i = 0; i < times; i += 1) statuses.push((await one(i)).status);
  return statuses;
}

describe("what an address may have so often a day", () => {
  test("is that many, whoever asks and however often the object is evicted, and as many again on the next day", async () => {
    const stub = fresh();
    const takes = async (times: number): Promise<number> => {
      const answers = await Promise.all(Array.from({ length: times }, async () => stub.takeOfDay("grant", 3)));
      return answers.filter(({ ok }) => ok).length;
    };
    expect(await takes(2)).toBe(2);
    await evictDurableObject(stub);
    expect(await takes(5)).toBe(1);
    await stub.giveBack("grant");
    expect(await takes(2)).toBe(1);
    const left = 86_400_000 - (Date.now() % 86_400_000);
    expect(await stub.takeOfDay("grant", 3)).toEqual({ ok: false, retryAfterMs: left });
    await runInDurableObject(stub, async (limiter) => limiter.alarm());
    expect(await takes(1)).toBe(0);
    vi.setSystemTime(Date.now() + left);
    expect(await takes(5)).toBe(3);
  });
});

describe("limits of REST", () => {
  const strict: Env = { ...env, LIMIT_AUTH_PER_MIN: 2, LIMIT_GUEST_PER_MIN: 2, LIMIT_API_PER_MIN: 5 };
  const few: Env = { ...env, LIMIT_GRANTS_PER_DAY: 3 };

  const call = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Answer> => {
    const request = requestOf(method, path, { headers, body });
    return answerOf(await app.fetch(request, strict, createExecutionContext()));
  };

  test("log-ins, whatever name is tried, and whatever the client says of who it is", async () => {
    const statuses = await several(4, async (i) =>
      call(
        "POST",
        "/api/auth/login",
        {
          "cf-connecting-ip": "198.51.100.1",
          "x-forwarded-for": `10.0.0.${i}`,
          "x-real-ip": `10.0.0.${i}`,
          "true-client-ip": `10.0.0.${i}`,
          forwarded: `for=10.0.0.${i}`,
          "user-agent": `agent ${i}`,
        },
        { username: `somebody${i}`, password: "wrong one" },
      ),
    );
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  test("registering, logging in and refreshing share one bucket", async () => {
    const headers = { "cf-connecting-ip": "198.51.100.2" };
    const paths = ["/api/auth/refresh", "/api/auth/login", "/api/auth/register"];
    const statuses = await several(3, async (i) => call("POST", paths[i] ?? "", headers, {}));
    expect(statuses).toEqual([401, 422, 429]);
  });

  test("new grants by address and day: guests and registered players alike, and who was not made is not counted", async () => {
    const enter = async (path: string, body?: unknown): Promise<Answer> => {
      const request = requestOf("POST", path, { headers: { "cf-connecting-ip": "203.0.113.77" }, body });
      return answerOf(await app.fetch(request, few, createExecutionContext()));
    };
    const name = `grants${Date.now() % 1_000_000}`;
    const credentials = { username: name, password: "a long enough one 42" };
    expect((await enter("/api/auth/register", credentials)).status).toBe(201);
    expectRefused(await enter("/api/auth/register", credentials), 409, "username_taken");
    expect(await several(2, async () => enter("/api/auth/guest"))).toEqual([201, 201]);
    const refused = await enter("/api/auth/guest");
    expectRefused(refused, 429, "too_many_grants");
    expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
    expectRefused(await enter("/api/auth/register", { ...credentials, username: `${name}b` }), 429, "too_many_grants");
    expect((await enter("/api/auth/login", credentials)).status, "who is known comes in").toBe(200);
    const elsewhere = requestOf("POST", "/api/auth/guest", { headers: { "cf-connecting-ip": "203.0.113.78" } });
    expect((await app.fetch(elsewhere, few, createExecutionContext())).status).toBe(201);
  });

  test("guests, and the whole /64 of an IPv6 client is one", async () => {
    const statuses = await several(4, async (i) =>
      call("POST", "/api/auth/guest", { "cf-connecting-ip": `2001:db8:7:7:${i}::1` }),
    );
    expect(statuses).toEqual([201, 201, 429, 429]);
  });

  test("everything else, with what to do next; another address goes on", async () => {
    const lobby = ["GET", "/api/rooms"] as const;
    const ip = { "cf-connecting-ip": "198.51.100.4" };
    expect(await several(6, async () => call(...lobby, ip))).toEqual([200, 200, 200, 200, 200, 429]);
    const refused = await call(...lobby, ip);
    expectRefused(refused, 429, "rate_limited");
    expect(refused.headers.get("retry-after")).toBe("12");
    expect(refused.body.error.retryAfterS).toBe(12);
    expect((await call(...lobby, { "cf-connecting-ip": "198.51.100.5" })).status).toBe(200);
  });

  test("a path spelled otherwise does not get another bucket's limit", async () => {
    const headers = { "cf-connecting-ip": "198.51.100.6" };
    const paths = ["/api/auth/login", "/api/auth/login", "/api/auth/%6cogin", "/api//auth/login", "/api/auth/login/"];
    const statuses = await several(5, async (i) =>
      call("POST", paths[i] ?? "", headers, { username: "a", password: "" }),
    );
    expect(statuses.slice(0, 2)).toEqual([422, 422]);
    for (const status of statuses.slice(2)) expect([404, 429]).toContain(status);
  });
});
