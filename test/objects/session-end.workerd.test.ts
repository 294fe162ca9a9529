import { evictDurableObject, runDurableObjectAlarm, runInDurableObject, SELF } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { CLOSE } from "../../rooms/kernel/protocol.ts";
import { playerStub } from "../../src/objects/stubs.ts";
import { get, newGuest, newName, newUser, ORIGIN, PASSWORD, post } from "../api/api.workerd.ts";
import { expectConserved } from "../host/room-oracle.workerd.ts";
import { Client, enter, expectYes } from "../host/room-client.workerd.ts";
import { ticketSocket } from "../host/room-line.workerd.ts";
import { newPilot } from "../games/crash/client.workerd.ts";
import { newSitter } from "../games/poker/client.workerd.ts";
import {
  eventually,
  evict,
  GRANT,
  heard,
  holdClock,
  letClockGo,
  newRoom,
  onDisk,
  pass,
  players,
  roomOf,
  rooms,
} from "../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

/** Two sessions of one player, each with a socket in the same room; whoever holds a dead one cannot go on betting by it. */
async function twice(): Promise<{
  id: PlayerId;
  room: string;
  name: string;
  first: { token: string; client: Client };
  second: { token: string; client: Client };
}> {
  const name = newName();
  const user = await newUser(name);
  const id = user.id as PlayerId;
  players.add(id);
  const room = await madeBy(user.token);
  pass(1);
  const { body } = await post("/api/auth/login", { body: { username: name, password: PASSWORD } });
  const at = async (token: string) => ({ token, client: await enter(room, token) });
  return { id, room, name, first: await at(user.token), second: await at(body.token) };
}

async function madeBy(token: string): Promise<string> {
  const { body } = await post("/api/rooms", { token, body: { game: "roulette" } });
  const room = `roulette:${body.id}`;
  rooms.add(room);
  return room;
}

const doors = async (id: PlayerId): Promise<unknown[]> =>
  runInDurableObject(playerStub(env, id), (_player, { storage }) =>
    storage.sql.exec("SELECT room, over FROM door ORDER BY room").toArray(),
  );

const newsOf = async (id: PlayerId): Promise<unknown[]> =>
  runInDurableObject(playerStub(env, id), (_player, { storage }) => storage.sql.exec("SELECT id FROM news").toArray());

/** How long until the alarm. */
const wait = async (player: ReturnType<typeof playerStub>): Promise<number> =>
  runInDurableObject(player, async (_player, { storage }) => ((await storage.getAlarm()) ?? 0) - Date.now());

describe("a session that ends", () => {
  test("takes its sockets in every room along, and no other session's", async () => {
    const { first, second, room } = await twice();
    const other = await madeBy(first.token);
    const elsewhere = await enter(other, first.token);
    await post("/api/auth/logout", { token: first.token });
    expect(await first.client.closed()).toBe(CLOSE.ended);
    expect(await elsewhere.closed()).toBe(CLOSE.ended);
    expectYes(await second.client.bet("red", 10));
    expect((await roomOf(room).stats()).sockets).toBe(1);
  });

  test("by a log-out everywhere, from the page of sessions, by a new password or by a new token does so too", async () => {
    const everywhere = await twice();
    await post("/api/auth/logout", { token: everywhere.first.token, body: { everywhere: true } });
    for (const { client } of [everywhere.first, everywhere.second]) expect(await client.closed()).toBe(CLOSE.ended);

    const others = await twice();
    await post("/api/me/sessions/end", { token: others.first.token, body: { others: true } });
    expect(await others.second.client.closed()).toBe(CLOSE.ended);
    expectYes(await others.first.client.bet("red", 10));

    const changed = await twice();
    const password = { current: PASSWORD, next: "another horse battery" };
    await post("/api/me/password", { token: changed.first.token, body: password });
    expect(await changed.second.client.closed()).toBe(CLOSE.ended);
    expectYes(await changed.first.client.bet("red", 10));

    const renewed = await twice();
    await post("/api/auth/refresh", { token: renewed.first.token });
    expect(await renewed.first.client.closed()).toBe(CLOSE.ended);
    expectYes(await renewed.second.client.bet("red", 10));
  });

  test("is told by the alarm to a room that did not hear of it", async () => {
    const { id, room, first } = await twice();
    const { body } = await get("/api/me/sessions", { token: first.token });
    const mine = body.sessions.find(({ current }: { current: boolean }) => current).id;
    const player = playerStub(env, id);
    await eventually(async () => expect(await newsOf(id)).toEqual([])); // they have the alarm set for themselves
    const away = vi.spyOn(Object.getPrototypeOf(env.ROOM), "get").mockImplementation(() => {
      throw new Error("the room does not answer");
    });
    await player.leave(mine, false);
    expect(await wait(player)).toBe(5_000);
    await runDurableObjectAlarm(player);
    await runDurableObjectAlarm(player);
    expect(await wait(player)).toBe(20_000); // twice as long each time
    away.mockRestore();
    expect(await doors(id)).toContainEqual({ room, over: 1 });
    expectYes(await first.client.bet("red", 10)); // it did not hear of it
    await runDurableObjectAlarm(player);
    expect(await first.client.closed()).toBe(CLOSE.ended);
    expect(await doors(id)).toEqual([{ room, over: 0 }]); // the other session's
  });

  test("takes sockets along that the room remembers from before it slept", async () => {
    const { room, first, second } = await twice();
    await evict(room);
    await post("/api/auth/logout", { token: first.token });
    expect(await first.client.closed()).toBe(CLOSE.ended);
    expectYes(await second.client.bet("red", 10));
  });

  test("takes along a socket that was on its way in", async () => {
    const { id, room, first, second } = await twice();
    const sessions = await playerStub(env, id).sessions();
    for (const session of sessions) await roomOf(room).hangUp(id, session.id, false);
    for (const { client } of [first, second]) expect(await client.closed()).toBe(CLOSE.ended);
    // The ticket was used before, and the room heard of the end before the socket came.
    const late = new Client(await ticketSocket(room, first.token));
    expect(await late.closed()).toBe(CLOSE.ended);
    expect(late.welcomes).toEqual([]);
  });
});

const DAY = 86_400_000;

/** The personal socket's close. */
async function personal(token: string): Promise<{ readonly closed: () => number | null }> {
  const { body } = await post("/api/me/ticket", { token });
  const { webSocket } = await SELF.fetch(`${ORIGIN}/api/me/socket?ticket=${body.ticket}`, {
    headers: { upgrade: "websocket" },
  });
  if (webSocket === null) throw new Error("no socket");
  let code: number | null = null;
  webSocket.accept();
  webSocket.addEventListener("close", (event) => {
    code = event.code;
  });
  return { closed: () => code };
}

const repeats = async (client: Client): Promise<void> => {
  expectYes(await client.bet("red", 100));
  expectYes(await client.ask({ type: "autoRepeat", rounds: 100 }));
};

const autoOf = async (room: string): Promise<unknown> =>
  ((await onDisk(room)).state as { places: { auto: unknown }[] }).places[0]?.auto ?? null;

describe("a session that nobody ends", () => {
  test("gives way to the fifty-first, and its sockets go along, the personal one too", async () => {
    const { id, first, second } = await twice();
    const own = await personal(first.token);
    pass(1);
    for (let i = 0; i < 49; i += 1) {
      const session = { id: `more${i}`, expiresAt: Date.now() + DAY };
      const account = (await playerStub(env, id).about())?.account ?? null;
      await playerStub(env, id).enter({ id, name: "x", account, grant: 0, session, replaces: null });
    }
    expect(await first.client.closed()).toBe(CLOSE.ended);
    await vi.waitFor(() => expect(own.closed()).toBe(CLOSE.ended));
    expectYes(await second.client.bet("red", 10));
  });

  test("ends by its time, and by the alarm its sockets go along, also of a player's object that slept", async () => {
    const { token, id } = await newGuest();
    players.add(id as PlayerId);
    const room = await madeBy(token);
    const own = await personal(token);
    const client = await enter(room, token);
    const player = playerStub(env, id as PlayerId);
    await repeats(client);
    await heard(room);
    await evictDurableObject(player);
    await runInDurableObject(player, async (_player, { storage }) => {
      const end = (await storage.getAlarm()) ?? 0;
      expect(end).toBeGreaterThan(0); // the news' turn, or the session's end
    });
    pass(30 * DAY);
    await runDurableObjectAlarm(player);
    expect(await client.closed()).toBe(CLOSE.ended);
    await vi.waitFor(() => expect(own.closed()).toBe(CLOSE.ended));
    expect(await autoOf(room)).toBeNull();
    expect(await doors(id as PlayerId)).toEqual([]);
  });

  test("goes on as long as it is used, by a token that stays as it is and by a cookie that is renewed", async () => {
    const { token, id } = await newGuest();
    const end = async (): Promise<number> => (await playerStub(env, id as PlayerId).sessions())[0]?.expiresAt ?? 0;
    const begun = await end();
    await get("/api/balance", { token });
    expect(await end()).toBe(begun); // not a row for every call
    for (let i = 0; i < 4; i += 1) {
      pass(25 * DAY);
      expect((await get("/api/balance", { token })).status).toBe(200);
    }
    expect(await end()).toBe(begun + 100 * DAY);
    pass(3_000);
    const { body, headers } = await get("/api/auth/session", { headers: { cookie: `__Host-croupier=${token}` } });
    expect(body.expiresAt).toBe(begun + 100 * DAY + 3_000);
    const renewed = headers.get("set-cookie")?.split(";")[0] ?? "";
    pass(29 * DAY);
    expect((await get("/api/auth/session", { headers: { cookie: renewed } })).body.player.id).toBe(id);
    pass(30 * DAY);
    expect((await get("/api/balance", { token })).status).toBe(401);
  });
});

describe("what plays by itself", () => {
  test("ends with the last session that went into its room, and the chips come home", async () => {
    const { id, room, first, second } = await twice();
    const away = await madeBy(first.token);
    const elsewhere = await enter(away, first.token);
    await repeats(elsewhere);
    await repeats(second.client);
    await post("/api/auth/logout", { token: first.token });
    await elsewhere.closed();
    expect(await autoOf(away)).toBeNull();
    expect(await autoOf(room)).not.toBeNull(); // the other session is there
    await post("/api/auth/logout", { token: second.token, body: { everywhere: true } });
    expect(await autoOf(room)).toBeNull();
    for (const name of [room, away]) expect((await onDisk(name)).leaving.has(id)).toBe(true);
  });

  test("at a table that does not hear of a log-out everywhere ends when it does, unless its player is back by then", async () => {
    for (const isBack of [false, true]) {
      const { id, name, room, first, second } = await twice();
      await repeats(first.client);
      const player = playerStub(env, id);
      const deaf = vi.spyOn(Object.getPrototypeOf(env.ROOM), "get").mockImplementation(() => {
        throw new Error("the room does not answer");
      });
      await player.leave("", true);
      deaf.mockRestore();
      expect(await autoOf(room)).not.toBeNull();
      await evictDurableObject(player);
      const { body } = await post("/api/auth/login", { body: { username: name, password: PASSWORD } });
      const back = isBack ? await enter(room, body.token) : null;
      await runDurableObjectAlarm(player);
      for (const { client } of [first, second]) expect(await client.closed()).toBe(CLOSE.ended);
      expect((await autoOf(room)) === null).toBe(!isBack);
      if (back !== null) expectYes(await back.bet("red", 10));
    }
  });

  test("goes on when a guest takes a name or a token is renewed: the session goes on as another", async () => {
    const { token } = await newGuest();
    const room = await madeBy(token);
    await repeats(await enter(room, token));
    const user = await post("/api/auth/register", { token, body: { username: newName(), password: PASSWORD } });
    expect(user.status).toBe(201);
    const { body } = await post("/api/auth/refresh", { token: user.body.token });
    expect(await autoOf(room)).not.toBeNull();
    await post("/api/auth/logout", { token: body.token });
    expect(await autoOf(room)).toBeNull();
  });

  test("crash: a strategy ends and what waits for the next flight is taken back; poker: who sits stands up", async () => {
    const lobby = await newRoom({}, "crash");
    const anna = await newPilot(lobby);
    expectYes(await anna.flyer.ask({ type: "strategy", amount: 10, autoCashout: 1.5, rounds: 100 }));
    anna.flyer.close();
    await vi.waitFor(async () => expect((await roomOf(lobby).stats()).sockets).toBe(0));
    await playerStub(env, anna.id).leave("s1", true);
    const { places } = (await onDisk(lobby)).state as { places: { player: string; strategy: unknown }[] };
    expect(places.find(({ player }) => player === anna.id)?.strategy ?? null).toBeNull();

    const table = await newRoom({}, "poker");
    const bert = await newSitter(table);
    expectYes(await bert.chair.sit(2, 2_000));
    bert.chair.close();
    await vi.waitFor(async () => expect((await roomOf(table).stats()).sockets).toBe(0));
    await playerStub(env, bert.id).leave("s1", true);
    await vi.waitFor(async () =>
      expect(await playerStub(env, bert.id).standing()).toMatchObject({ available: GRANT, rooms: [] }),
    );
    await expectConserved();
  });
});
