import { createExecutionContext, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { chips } from "../../rooms/game.ts";
import { app } from "../../src/app.ts";
import { isPlayerId } from "../../src/api/auth/random.ts";
import { playerStub } from "../../src/objects/stubs.ts";
import {
  answerOf,
  connect,
  expectRefused,
  get,
  newGuest,
  post,
  refusedSocket,
  requestOf,
  type Answer,
  type Guest,
  type Socket,
} from "./api.workerd.ts";

function walletOf({ id }: Guest): ReturnType<typeof playerStub> {
  if (!isPlayerId(id)) throw new Error(id);
  return playerStub(env, id);
}

const faucet = async (token: string, key?: string): Promise<Answer> =>
  post("/api/balance/faucet", { token, headers: key === undefined ? {} : { "idempotency-key": key } });

const room = "roulette:main";
const topup = (id: string, amount: number): Parameters<ReturnType<typeof playerStub>["transfer"]>[0] => ({
  id: `${room}:p:${id}`,
  room,
  kind: "topup",
  amount: chips(amount),
  min: chips(amount),
});

const holdings = async (): Promise<never> => Promise.reject(new Error("gone"));

describe("the balance", () => {
  test("needs a session", async () => {
    for (const path of ["/api/balance", "/api/balance/entries"]) expectRefused(await get(path), 401, "unauthenticated");
    expectRefused(await post("/api/balance/faucet"), 401, "unauthenticated");
  });

  test("of a new guest is the grant, nothing in play", async () => {
    const { token } = await newGuest();
    const { body } = await get("/api/balance", { token });
    expect(body).toEqual({ available: 100_000, inPlay: 0, total: 100_000, rooms: [] });
  });

  test("counts what lies in a room: purse and bets", async () => {
    const guest = await newGuest();
    const { body } = await post("/api/rooms/roulette/main/ticket", { token: guest.token });
    const socket = await connect(`/api/rooms/roulette/main/socket?ticket=${body.ticket}`);
    await socket.next("welcome");
    socket.send(JSON.stringify({ id: "session:1", type: "bet", bets: [{ spot: "red", amount: 700 }] }));
    expect(await socket.next("reply")).toMatchObject({ ok: true });
    expect((await get("/api/balance", { token: guest.token })).body).toEqual({
      available: 98_000,
      inPlay: 2_000,
      total: 100_000,
      rooms: [{ room, amount: 2_000 }],
    });
    socket.close();
  });

  test("is not guessed at when a room does not answer", async () => {
    const guest = await newGuest();
    await walletOf(guest).transfer(topup("x", 5));
    const ROOM = { idFromName: () => "x", get: () => ({ holdings }) };
    const request = requestOf("GET", "/api/balance", { token: guest.token });
    const answer = await app.fetch(request, { ...env, ROOM }, createExecutionContext());
    expectRefused(await answerOf(answer), 503, "room_unavailable");
  });
});

describe("the statement", () => {
  test("is paged, newest first, and its sum is the balance", async () => {
    const guest = await newGuest();
    for (let i = 1; i <= 4; i += 1) await walletOf(guest).transfer(topup(`${i}`, i * 10));
    const first = (await get("/api/balance/entries?limit=3", { token: guest.token })).body;
    const second = (await get(`/api/balance/entries?limit=3&cursor=${first.next}`, { token: guest.token })).body;
    const all = [...first.entries, ...second.entries];
    expect(all.map(({ n, kind, amount }) => [n, kind, amount])).toEqual([
      [5, "topup", -40],
      [4, "topup", -30],
      [3, "topup", -20],
      [2, "topup", -10],
      [1, "grant", 100_000],
    ]);
    expect(second.next).toBeNull();
    expect(all.reduce((sum, { amount }) => sum + amount, 0)).toBe(all[0].balance);
    expect(all[0]).toEqual({ ...all[0], room, transfer: `${room}:p:4`, at: expect.any(Number) });
  });

  test.each(["limit=0", "limit=201", "limit=x", "cursor=0", "cursor=-1", "cursor=1.5"])(
    "%s is refused",
    async (query) => {
      const { token } = await newGuest();
      expectRefused(await get(`/api/balance/entries?${query}`, { token }), 422, "invalid_request");
    },
  );
});

describe("the faucet", () => {
  test("gives, then says when it gives again", async () => {
    const { token } = await newGuest();
    const first = await faucet(token);
    expect([first.status, first.body.amount, first.body.available]).toEqual([200, 10_000, 110_000]);
    const second = await faucet(token);
    expectRefused(second, 429, "faucet_not_due");
    expect(second.body.error.nextAt).toBe(first.body.nextAt);
    expect(Number(second.headers.get("retry-after"))).toBeGreaterThan(3_590);
  });

  test("gives once, however many ask at once", async () => {
    const { token } = await newGuest();
    const answers = await Promise.all(Array.from({ length: 15 }, async () => faucet(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await get("/api/balance", { token })).body.available).toBe(110_000);
  });
});

describe("Idempotency-Key", () => {
  test("a repeat gets the first answer and does nothing", async () => {
    const { token } = await newGuest();
    const first = await faucet(token, "key-1");
    const second = await faucet(token, "key-1");
    expect([second.status, second.body]).toEqual([200, first.body]);
    expect([first.headers.get("idempotent-replayed"), second.headers.get("idempotent-replayed")]).toEqual([
      null,
      "true",
    ]);
    expect((await get("/api/balance", { token })).body.available).toBe(110_000);
  });

  test("duplicates at the same time run once: each other one gets the answer or is told to ask again", async () => {
    const { token } = await newGuest();
    const body = { game: "roulette" };
    const make = async (): Promise<Answer> =>
      post("/api/rooms", { token, body, headers: { "idempotency-key": "room" } });
    const answers = await Promise.all(Array.from({ length: 10 }, make));
    const ids = new Set(answers.filter(({ status }) => status === 201).map((answer) => answer.body.id));
    expect(ids.size).toBe(1);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expectRefused(answer, 409, "idempotency_busy");
      expect(answer.headers.get("retry-after")).toBe("1");
    }
    expect((await make()).body.id).toBe([...ids][0]);
  });

  test("with another body, or for another call, it is a conflict", async () => {
    const { token } = await newGuest();
    const headers = { "idempotency-key": "one" };
    await post("/api/rooms", { token, headers, body: { game: "roulette" } });
    const other = await post("/api/rooms", { token, headers, body: { game: "roulette", private: true } });
    expectRefused(other, 409, "idempotency_conflict");
    expectRefused(await faucet(token, "one"), 409, "idempotency_conflict");
  });

  test("is the player's own", async () => {
    const [a, b] = [await newGuest(), await newGuest()];
    expect((await faucet(a.token, "same")).status).toBe(200);
    const other = await faucet(b.token, "same");
    expect([other.status, other.headers.get("idempotent-replayed")]).toEqual([200, null]);
  });

  test("keeps a refusal that is final, and not one that only asks to wait", async () => {
    const { token } = await newGuest();
    const body = { invite: "wrong" };
    const join = async (): Promise<Answer> =>
      post("/api/rooms/roulette/nowhere/join", { token, body, headers: { "idempotency-key": "j" } });
    await join();
    expect((await join()).headers.get("idempotent-replayed")).toBe("true");
    await faucet(token);
    expectRefused(await faucet(token, "later"), 429, "faucet_not_due");
    expect((await faucet(token, "later")).headers.get("idempotent-replayed")).toBeNull();
  });

  test("a Worker that died with a new room half made leaves the same room to its repeat", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    try {
      const guest = await newGuest();
      const make = async (): Promise<Answer> =>
        post("/api/rooms", { token: guest.token, body: { game: "roulette" }, headers: { "idempotency-key": "k" } });
      const first = await make();
      await runInDurableObject(walletOf(guest), (_player, { storage }) => {
        storage.sql.exec("UPDATE request SET status = NULL, body = NULL");
      });
      const again = await make();
      expect([again.status, again.body.id, again.headers.get("idempotent-replayed")]).toEqual([
        201,
        first.body.id,
        null,
      ]);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each(["", "with space", "ü", "x".repeat(101)])("%j is no key", async (key) => {
    const { token } = await newGuest();
    expectRefused(await faucet(token, key), 422, "invalid_request");
  });
});

async function personal(token: string): Promise<Socket> {
  const { body } = await post("/api/me/ticket", { token });
  return connect(`/api/me/socket?ticket=${body.ticket}`);
}

describe("the personal socket", () => {
  test("says welcome first, then every change of the ledger, also after a hibernation", async () => {
    const guest = await newGuest();
    const socket = await personal(guest.token);
    expect(await socket.next("welcome")).toEqual({
      type: "welcome",
      player: { id: guest.id, username: guest.username, guest: true },
      available: 100_000,
      rooms: [],
      awards: [],
      now: expect.any(Number),
    });
    await faucet(guest.token);
    expect(await socket.next("balance")).toMatchObject({
      available: 110_000,
      entry: { kind: "faucet", amount: 10_000 },
    });
    await evictDurableObject(walletOf(guest));
    await walletOf(guest).transfer(topup("1", 500));
    expect(await socket.next("balance")).toMatchObject({
      available: 109_500,
      rooms: [topup("1", 500).room],
      entry: { kind: "topup", amount: -500, room: topup("1", 500).room },
    });
    await walletOf(guest).transfer(topup("1", 500));
    await walletOf(guest).transfer(topup("2", 1));
    expect(await socket.next("balance")).toMatchObject({ available: 109_499 }); // the repeat before said nothing
  });

  test("ends with its session, and no other does", async () => {
    const guest = await newGuest();
    const first = await personal(guest.token);
    const renewed = (await post("/api/auth/refresh", { token: guest.token })).body.token;
    expect(await first.closed()).toBe(4007);
    const second = await personal(renewed);
    await second.next("welcome");
    await post("/api/auth/logout", { token: renewed });
    expect(await second.closed()).toBe(4007);
  });

  test("reads nothing, and closes on who speaks", async () => {
    const socket = await personal((await newGuest()).token);
    socket.send("hello");
    expect(await socket.closed()).toBe(4003);
  });

  test("gives way to the eleventh", async () => {
    const { token } = await newGuest();
    const sockets = [];
    for (let i = 0; i < 11; i += 1) sockets.push(await personal(token));
    expect(await sockets[0]?.closed()).toBe(4005);
    await faucet(token);
    expect(await sockets[10]?.next("balance")).toMatchObject({ available: 110_000 });
  });

  test("takes one ticket once, and only its own kind", async () => {
    const { token } = await newGuest();
    const { body } = await post("/api/me/ticket", { token });
    const other = (await post("/api/rooms/roulette/main/ticket", { token })).body.ticket;
    (await connect(`/api/me/socket?ticket=${body.ticket}`)).close();
    for (const ticket of [body.ticket, other, token, "x"]) {
      expectRefused(await refusedSocket(`/api/me/socket?ticket=${ticket}`), 401, "bad_ticket");
    }
    expectRefused(await refusedSocket("/api/me/socket"), 422, "invalid_request");
    expectRefused(await get("/api/me/socket?ticket=x"), 426, "upgrade_required");
  });
});
