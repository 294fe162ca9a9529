import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { CLOSE } from "../../rooms/protocol.ts";
import { playerStub } from "../../src/stubs.ts";
import { get, newName, newUser, PASSWORD, post } from "./api.ts";
import { Client, enter, expectYes } from "./room-client.ts";
import { ticketSocket } from "./room-line.ts";
import { evict, holdClock, letClockGo, players, roomOf, rooms } from "./room-world.ts";

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
    for (const session of sessions) await roomOf(room).hangUp(id, session.id);
    for (const { client } of [first, second]) expect(await client.closed()).toBe(CLOSE.ended);
    // The ticket was used before, and the room heard of the end before the socket came.
    const late = new Client(await ticketSocket(room, first.token));
    expect(await late.closed()).toBe(CLOSE.ended);
    expect(late.welcomes).toEqual([]);
  });
});
