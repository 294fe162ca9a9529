import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ApiError, Croupier, type RestOptions } from "../../src/client/index.ts";

/** The client's calls: what they carry, when they are tried again, and how they fail. */

type Seen = { readonly url: string; readonly method: string; readonly headers: Headers; readonly body: unknown };

/** A house that gives these answers in their order; null: the line breaks. */
function world(answers: readonly (Response | null)[], options: Partial<RestOptions> = {}) {
  const seen: Seen[] = [];
  const left = [...answers];
  const fetch = (url: string, init: RequestInit): Promise<Response> => {
    const { method = "GET", body } = init;
    seen.push({
      url,
      method,
      headers: new Headers(init.headers),
      body: typeof body === "string" ? JSON.parse(body) : null,
    });
    const answer = left.shift();
    return answer == null ? Promise.reject(new TypeError("the line broke")) : Promise.resolve(answer);
  };
  return { house: new Croupier({ url: "https://house.example/", token: "t", fetch, ...options }), seen };
}

const said = (status: number, code: string, more: object = {}, headers: Record<string, string> = {}): Response =>
  Response.json({ error: { code, message: "Words.", requestId: "r1", ...more } }, { status, headers });
const slow = (s: number): Response => said(429, "rate_limited", { retryAfterS: s }, { "retry-after": String(s) });
const faucet = { amount: 10, available: 110, nextAt: 5 };

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Lets every wait pass. */
async function after<T>(call: Promise<T>): Promise<T | ApiError> {
  const caught = call.catch((error: unknown) => {
    if (error instanceof ApiError) return error;
    throw error;
  });
  await vi.runAllTimersAsync();
  return caught;
}

test("a call is named as in the OpenAPI document: its path is filled in, its query is what was given", async () => {
  const { house, seen } = world([Response.json({ rounds: [], next: null })]);
  const path = { game: "roulette", id: "a b/c" };
  const page = await after(house.call("GET /api/rooms/{game}/{id}/rounds", { path, query: { limit: 5 } }));
  expect(page).toEqual({ rounds: [], next: null });
  expect(seen[0]?.url).toBe("https://house.example/api/rooms/roulette/a%20b%2Fc/rounds?limit=5");
  expect(seen[0]?.headers.get("authorization")).toBe("Bearer t");
  expect(seen[0]?.headers.has("idempotency-key")).toBe(false);
});

test("a POST whose line broke is sent again under the same Idempotency-Key, and the next call has another", async () => {
  const { house, seen } = world([null, said(503, "room_unavailable"), Response.json(faucet), Response.json(faucet)]);
  expect(await after(house.call("POST /api/balance/faucet"))).toEqual(faucet);
  await after(house.call("POST /api/balance/faucet"));
  const [first, second, third, other] = seen.map(({ headers }) => headers.get("idempotency-key"));
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect([second, third]).toEqual([first, first]);
  expect(other).not.toBe(first);
});

test("a key of the caller's own is the one that is sent", async () => {
  const { house, seen } = world([Response.json(faucet)]);
  await after(house.call("POST /api/balance/faucet", { key: "wish-1" }));
  expect(seen[0]?.headers.get("idempotency-key")).toBe("wish-1");
});

test("who is told to wait waits that long, and no longer than was allowed", async () => {
  const patient = world([slow(3), Response.json(faucet)]);
  const began = Date.now();
  expect(await after(patient.house.call("POST /api/balance/faucet"))).toEqual(faucet);
  expect(Date.now() - began).toBe(3_000);

  const hasty = world([slow(3)], { waitMsMax: 2_000 });
  const error = await after(hasty.house.call("POST /api/balance/faucet"));
  expect(error).toMatchObject({ status: 429, code: "rate_limited", retryAfterS: 3, nextAt: Date.now() + 3_000 });
  expect(hasty.seen).toHaveLength(1);
});

test("after a broken line a guest is asked for again under the same key, which makes no second one", async () => {
  const { house, seen } = world([null, Response.json({ token: "t", player: { id: "p" } })]);
  await after(house.guest());
  const [first, second] = seen.map(({ headers }) => headers.get("idempotency-key"));
  expect(seen).toHaveLength(2);
  expect(second).toBe(first);
});

test("after a broken line nobody is logged in again: nobody knows whether they are, and that takes no key", async () => {
  const { house, seen } = world([null, Response.json({})]);
  const body = { username: "bob", password: "correct horse battery" };
  expect(await after(house.call("POST /api/auth/login", { body }))).toMatchObject({ status: 0, code: "offline" });
  expect(seen).toHaveLength(1);
});

test("a refusal stands at once, with its code, fields and request id", async () => {
  const { house, seen } = world([said(422, "invalid_request", { fields: { game: "One of: roulette" } })]);
  const error = await after(house.call("POST /api/rooms", { body: { game: "chess" } }));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({ code: "invalid_request", fields: { game: "One of: roulette" }, requestId: "r1" });
  expect(seen.map(({ body }) => body)).toEqual([{ game: "chess" }]);
});

test("tries come to an end", async () => {
  const { house, seen } = world([null, null, null, null, null], { tries: 3 });
  expect(await after(house.call("GET /api/balance"))).toMatchObject({ code: "offline" });
  expect(seen).toHaveLength(3);
});

test("what stands before the house may answer in its own words", async () => {
  const { house } = world([new Response("<h1>Bad gateway</h1>", { status: 502 })]);
  expect(await after(house.call("GET /api/balance"))).toMatchObject({ status: 502, code: "unexpected" });
});

test("an aborted call says why it was, and is not tried again", async () => {
  const stop = new AbortController();
  const { house, seen } = world([null, null]);
  stop.abort(new Error("changed my mind"));
  const call = house.call("GET /api/balance", { signal: stop.signal }).catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  expect(String(await call)).toContain("the line broke");
  expect(seen).toHaveLength(1);
});

test("a house that takes the call and never answers is given up, and so is an answer that stops in the middle", async () => {
  vi.useRealTimers();
  const calls: RequestInit[] = [];
  const silent = async (_url: string, init: RequestInit): Promise<Response> => {
    calls.push(init);
    return new Promise((_, reject) => {
      init.signal?.addEventListener("abort", () => reject(init.signal?.reason as Error));
    });
  };
  const house = new Croupier({ url: "https://house.example", tries: 2, timeoutMs: 60, fetch: silent });
  await expect(house.call("GET /api/balance")).rejects.toMatchObject({ status: 0, code: "timeout" });
  expect(calls).toHaveLength(2);
  const login = house.call("POST /api/auth/login", { body: { username: "bob", password: "correct horse battery" } });
  await expect(login).rejects.toMatchObject({ code: "timeout" });
  expect(calls).toHaveLength(3);

  const late = new Croupier({ url: "https://house.example", tries: 1, timeoutMs: 60, fetch: half });
  await expect(late.call("GET /api/balance")).rejects.toMatchObject({ status: 0, code: "timeout" });
});

/** An answer that stops in the middle. */
const half = (_url: string, { signal }: RequestInit): Promise<Response> => {
  const body = new ReadableStream({
    start(stream) {
      stream.enqueue(new TextEncoder().encode('{"available":'));
      signal?.addEventListener("abort", () => stream.error(signal.reason));
    },
  });
  return Promise.resolve(new Response(body, { headers: { "content-type": "application/json" } }));
};
