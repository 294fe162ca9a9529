import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { accountStub, directoryStub, playerStub } from "../../src/objects/stubs.ts";
import {
  expectRefused,
  get,
  newGuest,
  newName,
  newUser,
  PASSWORD,
  post,
  type Answer,
  type Guest,
} from "../api/api.workerd.ts";

/**
 * One effect, one answer: a request that had its effect, and died before its answer was kept, is asked again under its key. What it
 * answers and what is there then must be what the first would have said.
 */

const DAY_MS = 86_400_000;
const walletOf = ({ id }: { readonly id: string }) => playerStub(env, id as PlayerId);

/** As if the Worker had died between the effect and the answer: nothing is kept, and the object lost its memory. */
async function forget(who: { readonly id: string }): Promise<void> {
  await runInDurableObject(walletOf(who), (_player, { storage }) => {
    storage.sql.exec("UPDATE request SET status = NULL, body = NULL");
  });
  await evictDurableObject(walletOf(who));
}

const ledger = async (who: Guest): Promise<unknown> =>
  (await get("/api/balance/entries?limit=50", { token: who.token })).body;
const roomsOf = async (who: Guest): Promise<unknown> =>
  (await directoryStub(env).list(null, who.id as PlayerId))
    .map(({ listing }) => listing)
    .filter((l) => l.owner === who.id);
/** Straight from the object: whoever is out may not ask. */
const limitsOf = async (who: Guest): Promise<unknown> => {
  const standing = await walletOf(who).limits();
  return { limits: standing?.limits, pending: standing?.pending, excluded: standing?.excluded };
};
const hiddenOf = async (who: Guest): Promise<unknown> => (await walletOf(who).about())?.hidden;

type Wish = {
  readonly path: string;
  readonly body?: unknown;
  readonly who: Guest;
  readonly look: () => Promise<unknown>;
  /** Something else that came in between, and that a repeat must leave alone. */
  readonly meanwhile?: () => Promise<unknown>;
};

async function hidden(): Promise<Wish> {
  const who = await newGuest();
  const meanwhile = async () => post("/api/me/profile", { token: who.token, body: { hidden: false } });
  return { who, path: "/api/me/profile", body: { hidden: true }, look: async () => hiddenOf(who), meanwhile };
}

async function limited(): Promise<Wish> {
  const who = await newGuest();
  const meanwhile = async () => post("/api/me/limits", { token: who.token, body: { stakePerDay: 100 } });
  return { who, path: "/api/me/limits", body: { stakePerDay: 500 }, look: async () => limitsOf(who), meanwhile };
}

async function cancelled(): Promise<Wish> {
  const who = await newGuest();
  const set = async (stakePerDay: number) => post("/api/me/limits", { token: who.token, body: { stakePerDay } });
  await set(100);
  await set(200);
  return { who, path: "/api/me/limits/cancel", look: async () => limitsOf(who), meanwhile: async () => set(300) };
}

async function excluded(who: Guest): Promise<Wish> {
  const body = { kind: "self-exclusion", months: 6 };
  return { who, path: "/api/me/exclusion", body, look: async () => limitsOf(who) };
}

async function ended(): Promise<Wish> {
  const who = await newUser();
  const login = async () => post("/api/auth/login", { body: { username: who.username, password: PASSWORD } });
  await login();
  const look = async () => (await walletOf(who).sessions()).map(({ id }) => id);
  return { who, path: "/api/me/sessions/end", body: { others: true }, look, meanwhile: login };
}

const WISHES: readonly (readonly [string, () => Promise<Wish>])[] = [
  [
    "a faucet",
    async () => newGuest().then((who) => ({ who, path: "/api/balance/faucet", look: async () => ledger(who) })),
  ],
  [
    "a new room",
    async () =>
      newGuest().then((who) => ({
        who,
        path: "/api/rooms",
        body: { game: "roulette", private: true },
        look: async () => roomsOf(who),
      })),
  ],
  ["being hidden", hidden],
  ["a limit", limited],
  ["a limit's taking back", cancelled],
  ["a guest's exclusion", async () => excluded(await newGuest())],
  ["a registered player's exclusion, which ends the session that asks", async () => excluded(await newUser())],
  ["the end of other sessions", ended],
];

/** Of a session and of what is used the time goes on. */
const same = ({ status, body }: Answer): unknown => [status, { ...body, session: null, used: null }];

describe("[one effect] a request that died between its effect and its answer, asked again under its key", () => {
  test.each(WISHES)("%s is had once, and answered as the first was", async (_what, wish) => {
    const { who, path, body, look, meanwhile } = await wish();
    const ask = async (): Promise<Answer> =>
      post(path, { token: who.token, body, headers: { "idempotency-key": "wish" } });
    const first = await ask();
    expect(first.status).toBeLessThan(300);
    await forget(who);
    await meanwhile?.();
    const before = await look();
    const again = await ask();
    expect([same(again), again.headers.get("idempotent-replayed")]).toEqual([same(first), null]);
    expect(await look()).toEqual(before);
    const third = await ask();
    expect([third.status, third.body, third.headers.get("idempotent-replayed")]).toEqual([
      again.status,
      again.body,
      "true",
    ]);
  });

  test("a faucet pays again under its key once the key is free, after a day", async () => {
    const who = await newGuest();
    const faucet = async (): Promise<Answer> =>
      post("/api/balance/faucet", { token: who.token, headers: { "idempotency-key": "daily" } });
    expect((await faucet()).body.available).toBe(110_000);
    await runInDurableObject(walletOf(who), (_player, { storage }) => {
      storage.sql.exec("UPDATE request SET at = at - ?", DAY_MS);
      storage.sql.exec("UPDATE player SET faucet_at = faucet_at - ?", DAY_MS);
    });
    expect((await faucet()).body.available).toBe(120_000);
  });

  test("two faucets of one operation cannot be in the ledger, whatever the code does", async () => {
    const who = await newGuest();
    await post("/api/balance/faucet", { token: who.token, headers: { "idempotency-key": "k" } });
    await runInDurableObject(walletOf(who), (_player, { storage }) => {
      expect(() =>
        storage.sql.exec(
          `INSERT INTO ledger (kind, amount, balance, transfer, at)
           SELECT kind, amount, balance + amount, transfer, at FROM ledger ORDER BY n DESC LIMIT 1`,
        ),
      ).toThrow(/UNIQUE/);
    });
  });

  test("tickets of one operation have one use together", async () => {
    const who = await newGuest();
    const ask = async () => post("/api/me/ticket", { token: who.token, headers: { "idempotency-key": "t" } });
    const first = await ask();
    await forget(who);
    const again = await ask();
    const uses = [];
    for (const { body } of [first, again]) {
      const response = await get(`/api/me/socket?ticket=${body.ticket}`, { headers: { upgrade: "websocket" } }).catch(
        () => null,
      );
      uses.push(response?.status ?? 101);
    }
    expect(uses).toEqual([101, 401]);
  });
});

const change = async (who: Guest, next: string, key = "pw"): Promise<Answer> =>
  post("/api/me/password", {
    token: who.token,
    body: { current: PASSWORD, next },
    headers: { "idempotency-key": key },
  });

describe("[one effect] a new password", () => {
  test("is set once: a repeat is no wrong password, and sets back nothing", async () => {
    const who = await newUser();
    expect((await change(who, "another horse battery")).status).toBe(204);
    await forget(who);
    expect((await change(who, "another horse battery")).status).toBe(204);
    expectRefused(await change(who, "a third horse battery"), 409, "idempotency_conflict");
    const tries = await runInDurableObject(accountStub(env, who.username), (_account, { storage }) =>
      storage.sql.exec("SELECT * FROM tries").toArray(),
    );
    expect(tries).toEqual([]);
  });

  test("ends the other sessions even when the house dies in between, and none that was opened since", async () => {
    const who = await newUser();
    const login = async (password: string): Promise<string> =>
      (await post("/api/auth/login", { body: { username: who.username, password } })).body.token;
    const old = await login(PASSWORD);
    await change(who, "another horse battery");
    expectRefused(await get("/api/me", { token: old }), 401, "unauthenticated");
    const later = await login("another horse battery");
    // As it lies there when the house died right after the change.
    await runInDurableObject(accountStub(env, who.username), async (account, { storage }) => {
      storage.sql.exec("UPDATE changed SET told = 0, at = at - 1");
      await account.alarm();
      expect(storage.sql.exec("SELECT told FROM changed").toArray()).toEqual([{ told: 1 }]);
    });
    expect((await get("/api/me", { token: later })).status).toBe(200);
  });

  test("keeps no quick hash of it", async () => {
    const who = await newUser();
    await change(who, "another horse battery");
    const body = JSON.stringify({ current: PASSWORD, next: "another horse battery" });
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`POST /api/me/password\n${body}`));
    const quick = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const kept = await runInDurableObject(walletOf(who), (_player, { storage }) =>
      storage.sql.exec<{ hash: string }>("SELECT hash FROM request").toArray(),
    );
    expect(kept.map(({ hash }) => hash)).not.toContain(quick);
    expect(kept).toHaveLength(1);
  });
});

describe("[one effect] a way in whose answer was lost", () => {
  test("registering again under its key gives the same player, and not without it", async () => {
    const body = { username: newName(), password: PASSWORD };
    const headers = { "idempotency-key": crypto.randomUUID() };
    const first = await post("/api/auth/register", { body, headers });
    const again = await post("/api/auth/register", { body, headers });
    expect([again.status, again.body.player]).toEqual([201, first.body.player]);
    expect((await get("/api/balance", { token: again.body.token })).body.total).toBe(100_000);
    expectRefused(await post("/api/auth/register", { body }), 409, "username_taken");
    const other = { ...body, password: "another horse battery" };
    expectRefused(await post("/api/auth/register", { body: other, headers }), 409, "username_taken");
  });

  test("a guest who registered asks again by the session that ended, with the right password alone", async () => {
    const guest = await newGuest();
    const body = { username: newName(), password: PASSWORD };
    const first = await post("/api/auth/register", { token: guest.token, body });
    const again = await post("/api/auth/register", { token: guest.token, body });
    expect([again.status, again.body.player]).toEqual([201, first.body.player]);
    const wrong = { ...body, password: "another horse battery" };
    expectRefused(await post("/api/auth/register", { token: guest.token, body: wrong }), 401, "invalid_credentials");
    const other = { ...body, username: newName() };
    expectRefused(await post("/api/auth/register", { token: guest.token, body: other }), 401, "unauthenticated");
  });

  test("a renewed token is had again under its key, and under no other", async () => {
    const guest = await newGuest();
    const renew = async (key?: string): Promise<Answer> =>
      post("/api/auth/refresh", {
        token: guest.token,
        ...(key !== undefined && { headers: { "idempotency-key": key } }),
      });
    const key = crypto.randomUUID();
    const first = await renew(key);
    const again = await renew(key);
    expect([again.status, again.body.expiresAt]).toEqual([200, first.body.expiresAt]);
    expect(await walletOf(guest).sessions()).toHaveLength(1);
    expect((await get("/api/me", { token: again.body.token })).status).toBe(200);
    expectRefused(await renew(), 401, "unauthenticated");
    expectRefused(await renew("another"), 401, "unauthenticated");
    await post("/api/auth/logout", { token: again.body.token });
    expectRefused(await renew(key), 401, "unauthenticated");
  });
});

describe("[one effect] keys of an older version", () => {
  test("have their kept answers, and those without one may run", async () => {
    const who = await newGuest();
    const faucet = async (key: string): Promise<Answer> =>
      post("/api/balance/faucet", { token: who.token, headers: { "idempotency-key": key } });
    const first = await faucet("kept");
    await post("/api/me/profile", { token: who.token, body: { hidden: true }, headers: { "idempotency-key": "open" } });
    await runInDurableObject(walletOf(who), (_player, { storage }) => {
      storage.sql.exec("ALTER TABLE request DROP COLUMN done");
      storage.sql.exec("ALTER TABLE request DROP COLUMN operation");
      storage.sql.exec("UPDATE request SET status = NULL, body = NULL WHERE key = 'open'");
    });
    await evictDurableObject(walletOf(who));
    const again = await faucet("kept");
    expect([again.status, again.body, again.headers.get("idempotent-replayed")]).toEqual([200, first.body, "true"]);
    const open = await post("/api/me/profile", {
      token: who.token,
      body: { hidden: true },
      headers: { "idempotency-key": "open" },
    });
    expect([open.status, open.body]).toEqual([200, { hidden: true }]);
  });
});
