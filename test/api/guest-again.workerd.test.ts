import { env } from "cloudflare:workers";
import { createExecutionContext, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import { limiterStub } from "../../src/objects/stubs.ts";
import { answerOf, expectRefused, get, newName, PASSWORD, post, requestOf, type Answer } from "./api.workerd.ts";

/** Asking for a guest again under the key of a request whose answer was lost. */

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

const HOME = "203.0.113.40";
const TEN_MINUTES = 600_000;

let keys = 0;
const newKey = (): string => `${crypto.randomUUID()}-${(keys += 1)}`;

const guest = async (key: string, address = HOME): Promise<Answer> =>
  post("/api/auth/guest", { headers: { "idempotency-key": key, "cf-connecting-ip": address } });

const statusOf = async ({ body }: Answer): Promise<number> =>
  (await get("/api/auth/session", { token: body.token })).status;

describe("a guest under a key", () => {
  test("is the same once more, with a good token of the same session, and has one grant", async () => {
    const key = newKey();
    const first = await guest(key);
    const again = await guest(key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.player).toEqual(first.body.player);
    expect(again.body.expiresAt).toBe(first.body.expiresAt);
    expect([await statusOf(first), await statusOf(again)]).toEqual([200, 200]);
    const { body } = await get("/api/me/sessions", { token: again.body.token });
    expect(body.sessions).toHaveLength(1);
    expect((await get("/api/balance", { token: again.body.token })).body.total).toBe(100_000);
  });

  test("is one however many ask at once", async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 5 }, async () => guest(key)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.player.id)).size).toBe(1);
    const { body } = await get("/api/me/sessions", { token: answers[4]?.body.token });
    expect(body.sessions).toHaveLength(1);
  });

  test("is another one under another key, at another address, and without a key", async () => {
    const key = newKey();
    const answers = [
      await guest(key),
      await guest(newKey()),
      await guest(key, "203.0.113.41"),
      await post("/api/auth/guest"),
      await post("/api/auth/guest"),
    ];
    expect(new Set(answers.map(({ body }) => body.player.id)).size).toBe(answers.length);
  });

  test("is nobody's to enter as by the key alone: not after ten minutes", async () => {
    const key = newKey();
    await guest(key);
    vi.setSystemTime(Date.now() + TEN_MINUTES - 1_000);
    expect((await guest(key)).status).toBe(201);
    vi.setSystemTime(Date.now() + 1_000);
    expectRefused(await guest(key), 409, "idempotency_conflict");
  });

  test("who has signed out, or has another token by now, is not signed in by it", async () => {
    for (const path of ["/api/auth/logout", "/api/auth/refresh"]) {
      const key = newKey();
      const { body } = await guest(key);
      await post(path, { token: body.token, ...(path.endsWith("logout") ? { body: {} } : {}) });
      expectRefused(await guest(key), 409, "idempotency_conflict");
    }
  });

  test("who has taken a name is not signed in by it", async () => {
    const key = newKey();
    const { body } = await guest(key);
    const named = { username: newName(), password: PASSWORD };
    expect((await post("/api/auth/register", { token: body.token, body: named })).status).toBe(201);
    expectRefused(await guest(key), 409, "idempotency_conflict");
  });

  test("has a key that is one: anything else is refused by its field", async () => {
    const answer = await guest("two words");
    expectRefused(answer, 422, "invalid_request");
    expect(Object.keys(answer.body.error.fields)).toEqual(["Idempotency-Key"]);
  });
});

test("a guest asked for again costs the address nothing of what it may have in a day", async () => {
  const few: Env = { ...env, LIMIT_GRANTS_PER_DAY: 2 };
  const headers = { "cf-connecting-ip": "203.0.113.42" };
  const ask = async (key: string): Promise<Answer> => {
    const request = requestOf("POST", "/api/auth/guest", { headers: { ...headers, "idempotency-key": key } });
    return answerOf(await app.fetch(request, few, createExecutionContext()));
  };
  const [first, second] = [newKey(), newKey()];
  for (const key of [first, first, second]) expect((await ask(key)).status).toBe(201);
  expectRefused(await ask(newKey()), 429, "too_many_grants");
  expect((await ask(first)).status).toBe(201);
  const [row] = await runInDurableObject(limiterStub(env, "203.0.113.42"), (_limiter, { storage }) =>
    storage.sql.exec<{ n: number }>("SELECT n FROM daily WHERE name = 'grant'").toArray(),
  );
  expect(row?.n).toBe(2);
});

test("asked for by several at once it costs one", async () => {
  const address = "203.0.113.43";
  const key = newKey();
  await Promise.all(Array.from({ length: 4 }, async () => guest(key, address)));
  const [row] = await runInDurableObject(limiterStub(env, address), (_limiter, { storage }) =>
    storage.sql.exec<{ n: number }>("SELECT n FROM daily WHERE name = 'grant'").toArray(),
  );
  expect(row?.n).toBe(1);
});
