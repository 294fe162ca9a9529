import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Room } from "../../src/objects/room.ts";
import { newPlayerId } from "../../src/api/auth/random.ts";
import type { GameCensus } from "../../src/metrics/census.ts";
import { directoryStub, openRoom } from "../../src/objects/stubs.ts";
import { silence } from "../games/lottery/world.workerd.ts";
import { expectYes, join, type Client } from "../host/room-client.workerd.ts";
import {
  dump,
  eventually,
  evict,
  holdClock,
  inside,
  kill,
  letClockGo,
  newPlayer,
  pass,
  playOut,
  query,
  roomOf,
  rooms,
  stopClock,
} from "../host/room-world.workerd.ts";

/** What health and metrics say is so within ten seconds, also when nothing else happens. */

beforeEach(holdClock);
afterEach(letClockGo);

let n = 0;

/** One that the Directory lists, so that its reports count and its events are confirmed. */
async function listedRoom(): Promise<string> {
  const id = `figures${(n += 1)}`;
  const directory = directoryStub(env);
  await directory.make(
    { game: "roulette", id, config: "{}", private: false, owner: newPlayerId(), invite: "the invitation" },
    10,
  );
  const found = await directory.find(`roulette:${id}`, null);
  if (found === null) throw new Error("not listed");
  await openRoom(env, found.listing);
  rooms.add(`roulette:${id}`);
  return `roulette:${id}`;
}

/** All roulette tables together, as the rooms last reported: looked up a second and a half later than the last time. */
async function figures(): Promise<GameCensus> {
  pass(1_500);
  const { games } = await directoryStub(env).census();
  const { roulette } = games;
  if (roulette === undefined) throw new Error("no roulette");
  return roulette;
}

/** Who is at one table, by what the lobby says of it. */
async function present(room: string): Promise<{ sockets: number | undefined; online: number | undefined }> {
  pass(2_100);
  const line = (await directoryStub(env).list("roulette", null)).find(({ listing }) => listing.name === room);
  return { sockets: line?.report?.sockets, online: line?.report?.online };
}

async function playedRound(room: string): Promise<Client> {
  const client = await join(roomOf(room), await newPlayer());
  expectYes(await client.bet("red", 100));
  await client.until(() => client.view?.staked === 100, "the bet");
  await playOut(room, client);
  return client;
}

describe("what a room reports", () => {
  test("a confirmation is reported: a quiet table's outbox is empty in the figures as it is on the disk", async () => {
    const room = await listedRoom();
    await playedRound(room);
    await eventually(async () => expect(await query(room, "SELECT n FROM outbox")).toEqual([]));
    await eventually(async () =>
      expect(await figures()).toMatchObject({ outbox: 0, oldestAt: null, parked: 0, transfers: 0 }),
    );
  });

  test("a queue that takes nothing is reported with the age of what waits, and once it works that nothing does", async () => {
    const room = await listedRoom();
    const prototype = Object.getPrototypeOf(env.STAKES) as Queue;
    const broken = vi.spyOn(prototype, "sendBatch").mockRejectedValue(new Error("the queue is down"));
    const client = await playedRound(room);
    await eventually(async () => expect((await figures()).outbox).toBeGreaterThanOrEqual(2));
    expect((await figures()).oldestAt).not.toBeNull();
    broken.mockRestore();
    const events = await query<{ topic: "stakes"; body: string }>(room, "SELECT topic, body FROM outbox");
    for (const { topic, body } of events)
      await roomOf(room).confirm(
        topic,
        (JSON.parse(body) as { id: string }[]).map(({ id }) => id),
      );
    await eventually(async () => expect(await figures()).toMatchObject({ outbox: 0, oldestAt: null }));
    client.close();
  });

  test("commands that change nothing are counted", async () => {
    const room = await listedRoom();
    const client = await join(roomOf(room), await newPlayer());
    const before = (await figures()).counts["commands"] ?? 0;
    pass(5_000);
    await client.ask({ type: "who", spot: "red" });
    await eventually(async () => expect(((await figures()).counts["commands"] ?? 0) - before).toBe(1));
  });

  test("a report that the Directory did not take is repeated", async () => {
    const room = await listedRoom();
    silence(env.DIRECTORY);
    const watcher = await join(roomOf(room), null);
    await watcher.received();
    vi.restoreAllMocks();
    stopClock();
    await eventually(async () => expect((await present(room)).sockets).toBe(1));
    watcher.close();
  });
});

describe("who is gone", () => {
  test("a lone spectator who leaves a table that sleeps is not counted any more", async () => {
    const room = await listedRoom();
    const watcher = await join(roomOf(room), null);
    await eventually(async () => expect(await present(room)).toEqual({ sockets: 1, online: 0 }));
    await evict(room);
    watcher.close();
    await eventually(async () => expect(await present(room)).toEqual({ sockets: 0, online: 0 }));
  });

  test("after a kill nobody is counted who does not come back, in the lobby either, and no alarm was needed", async () => {
    const room = await listedRoom();
    await join(roomOf(room), await newPlayer());
    await join(roomOf(room), await newPlayer());
    await join(roomOf(room), null);
    await eventually(async () => expect(await present(room)).toEqual({ sockets: 3, online: 2 }));
    await evict(room, "close");
    await kill();
    await eventually(async () => expect(await figures()).toMatchObject({ sockets: 0, online: 0 }));
    await eventually(async () => expect(await present(room)).toEqual({ sockets: 0, online: 0 }));
  });

  test("a room that was killed alone is asked ten seconds after its last word", async () => {
    const room = await listedRoom();
    await join(roomOf(room), await newPlayer());
    await eventually(async () => expect(await present(room)).toEqual({ sockets: 1, online: 1 }));
    await evict(room, "close");
    pass(10_000);
    await eventually(async () => expect(await present(room)).toEqual({ sockets: 0, online: 0 }));
  });

  test("a table where people sit and do nothing is asked ever more rarely, writes nothing over it, and they are all counted", async () => {
    const room = await listedRoom();
    const client = await join(roomOf(room), await newPlayer());
    await client.until(() => client.table?.online === 1, "the room to be told");
    await figures();
    const onDisk = await dump(room);
    let asked = 0;
    await inside(room, (object) => {
      const prototype = Object.getPrototypeOf(object) as Room;
      // oxlint-disable-next-line typescript/unbound-method -- called with the object that it was called on
      const { stats } = prototype;
      vi.spyOn(prototype, "stats").mockImplementation(async function (this: Room) {
        if (this.name === room) asked += 1;
        return stats.call(this);
      });
    });
    const counts: number[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      pass(58_500);
      expect((await figures()).sockets).toBeGreaterThanOrEqual(1);
      counts.push(asked);
    }
    expect(counts[0]).toBe(1);
    expect(counts.at(-1)).toBeLessThanOrEqual(10);
    expect(await dump(room)).toBe(onDisk);
    client.close();
  });
});
