import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ms } from "../../rooms/game.ts";
import type { Envelope } from "../../rooms/host/outbox.ts";
import { promotionsStub } from "../../src/objects/stubs.ts";
import { expectYes, join, type Client, type Who } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  alarmOf,
  eventually,
  evict,
  fire,
  heard,
  holdClock,
  kill,
  letClockGo,
  newPlayer,
  newRoom,
  playOut,
  query,
  roomOf,
  rooms,
  wakeByAlarm,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(async () => {
  vi.restoreAllMocks();
  for (const room of rooms) await heard(room); // or they would send into the tests behind
  letClockGo();
});

type Sent = Envelope & { payload: { readonly round: number; readonly player?: string; readonly stake?: number } };
type Row = {
  n: number;
  topic: "stakes" | "settled";
  body: string;
  tries: number;
  sends: number;
  due: Ms;
  parked: number;
};

/** Players' objects have news of their own: not what these tests are about. */
const ofRoom = ([first]: readonly Sent[]): boolean => first?.source.startsWith("player:") === false;

/** What reached the queues from rooms. `send` stands in for them: it may refuse, or not come back. */
function queues(send: (times: number) => Promise<void> = async () => undefined): Sent[][] {
  const batches: Sent[][] = [];
  let times = 0;
  const prototype = Object.getPrototypeOf(env.STAKES) as Queue<Sent>;
  vi.spyOn(prototype, "sendBatch").mockImplementation(async (messages) => {
    const all = [...messages].map(({ body }) => body);
    if (ofRoom(all)) {
      times += 1;
      await send(times);
      batches.push(all);
    }
    return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
  });
  return batches;
}

const rowsOf = async (room: string): Promise<Row[]> => query<Row>(room, "SELECT * FROM outbox ORDER BY n");

async function playedTable(): Promise<{ room: string; anna: Who; bert: Who; client: Client }> {
  const [room, anna, bert] = [await newRoom(), await newPlayer(), await newPlayer()];
  const [client, other] = [await join(roomOf(room), anna), await join(roomOf(room), bert)];
  expectYes(await client.bet("red", 100));
  expectYes(await client.bet("odd", 20));
  expectYes(await other.bet("black", 7));
  await client.until(() => client.view?.staked === 127, "the bets");
  return { room, anna, bert, client };
}

describe("what leaves a room", () => {
  test("is one stake a player and round, and the round, each under an id of its own without a gap", async () => {
    const sent = queues();
    const { room, anna, bert, client } = await playedTable();
    await playOut(room, client, "spinning");
    expect([sent, await rowsOf(room)]).toEqual([[], []]);
    await playOut(room, client);
    await eventually(() => expect(sent.flat()).toHaveLength(3));
    const all = sent.flat();
    const [{ value: epoch } = { value: "" }] = await query<{ value: string }>(
      room,
      "SELECT value FROM meta WHERE key = 'epoch'",
    );
    expect(epoch).toMatch(/^[0-9a-f]{8}$/);
    expect(all.map(({ id, sequence, type }) => [id, sequence, type])).toEqual([
      [`${room}:${epoch}:1`, 1, "player.stakeCreated"],
      [`${room}:${epoch}:2`, 2, "player.stakeCreated"],
      [`${room}:${epoch}:3`, 3, "roundSettled"],
    ]);
    expect(all[0]).toMatchObject({ key: anna.id, source: room, payload: { player: anna.id, round: 1, stake: 120 } });
    expect(all[1]).toMatchObject({ key: bert.id, source: room, payload: { player: bert.id, round: 1, stake: 7 } });
    expect(new Set(all.map(({ correlation }) => correlation)).size).toBe(1);

    await heard(room);
    await fire(room);
    await client.phase("waiting");
    expectYes(await client.bet("even", 3));
    await playOut(room, client);
    await eventually(() => expect(sent.flat().map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]));
  });

  test("lies in the outbox from the very commit that settled, and survives a death before it was sent", async () => {
    queues(async () => new Promise(() => undefined));
    const { room, client } = await playedTable();
    await playOut(room, client);
    const rows = await rowsOf(room);
    expect(rows.map(({ topic, tries, parked }) => [topic, tries, parked])).toEqual([
      ["stakes", 0, 0],
      ["settled", 0, 0],
    ]);
    const [last] = await query<{ body: string }>(room, "SELECT body FROM journal WHERE body LIKE '%settled%'");
    expect(last?.body).toContain('"settled"');
    await kill();
    letClockGo();
    vi.useFakeTimers({ toFake: ["Date"] });
    const sent = queues();
    await wakeByAlarm(room);
    await eventually(async () => {
      await heard(room);
      expect(await rowsOf(room)).toEqual([]);
    });
    expect(sent.map((batch) => batch.map(({ sequence }) => sequence))).toEqual([[1, 2], [3]]);
    expect(sent.map((batch) => JSON.stringify(batch))).toEqual(rows.map(({ body }) => body));
    await expectConserved();
  });

  test("is not a stake of a void round", async () => {
    const sent = queues();
    const { room, client } = await playedTable();
    expect(await roomOf(room).operate({ type: "void", reason: "a test" })).toEqual({ ok: true });
    await client.until(() => client.view?.round === 2, "the next round");
    expect([sent, await rowsOf(room)]).toEqual([[], []]);
  });
});

describe("a stake that left", () => {
  test("is kept until its consumer confirms it, and sent again, later each time, while nobody does", async () => {
    const sent = queues();
    const { room, client } = await playedTable();
    await playOut(room, client);
    await fire(room); // four seconds later the table waits, and sets no alarm of its own
    await eventually(() => expect(sent.flat()).toHaveLength(3));
    await eventually(async () =>
      expect((await rowsOf(room)).map(({ topic, sends }) => [topic, sends])).toEqual([
        ["stakes", 1],
        ["settled", 1],
      ]),
    );
    await confirmRound(room, sent);
    const pauses: number[] = [];
    for (let sends = 1; sends <= 3; sends += 1) {
      await eventually(async () => expect((await rowsOf(room))[0]?.sends).toBe(sends));
      const [row] = await rowsOf(room);
      pauses.push((row?.due ?? 0) - Date.now());
      await eventually(async () => expect(await alarmOf(room)).toBe((row?.due ?? 0) + 2_000));
      vi.setSystemTime(row?.due ?? 0);
      await wakeByAlarm(room);
    }
    expect(pauses).toEqual([20_000 - 4_000, 60_000, 120_000]);
    const ids = sent.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    await eventually(() => expect(sent.flat().filter(({ sequence }) => sequence === 1)).toHaveLength(4));
  });

  test("is confirmed one by one: what is confirmed is not sent again, and the room sleeps once all is", async () => {
    const sent = queues();
    const { room, client } = await playedTable();
    await playOut(room, client);
    await fire(room);
    await eventually(() => expect(sent.flat()).toHaveLength(3));
    await eventually(async () => expect((await rowsOf(room)).map(({ sends }) => sends)).toEqual([1, 1]));
    await confirmRound(room, sent);
    const [first, second] = sent.flat();
    await roomOf(room).confirm("stakes", ["nonsense", "roulette:other:3f2a91bc:1", `${room}:00000000:1`, `${room}:x`]);
    await roomOf(room).confirm("awards", [first?.id ?? ""]);
    expect(JSON.parse((await rowsOf(room))[0]?.body ?? "[]")).toHaveLength(2);
    await roomOf(room).confirm("stakes", [first?.id ?? ""]);
    await roomOf(room).confirm("stakes", [first?.id ?? ""]);
    expect(JSON.parse((await rowsOf(room))[0]?.body ?? "[]")).toMatchObject([{ sequence: 2 }]);
    await wakeByAlarm(room);
    await eventually(() => expect(sent.flat().map(({ sequence }) => sequence)).toEqual([1, 2, 3, 2]));
    await roomOf(room).confirm("stakes", [second?.id ?? ""]);
    expect(await rowsOf(room)).toEqual([]);
    expect(await alarmOf(room)).toBeNull();
  });

  test("is counted for the lotteries' budgets before it leaves", async () => {
    const order: string[] = [];
    const prototype = Object.getPrototypeOf(env.STAKES) as Queue<Sent>;
    vi.spyOn(prototype, "sendBatch").mockImplementation(async (messages) => {
      const all = [...messages].map(({ body }) => body);
      if (ofRoom(all)) order.push(`${all[0]?.type} ${await stakedOf(all[0]?.source ?? "")}`);
      return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
    });
    const { room, client } = await playedTable();
    await playOut(room, client);
    await eventually(() => expect(order).toEqual(["player.stakeCreated 127", "roundSettled 127"]));
    await kill();
    expect(await stakedOf(room)).toBe(127);
  });

  test("of a room from before confirmations is found in its outbox too", async () => {
    queues(async () => new Promise(() => undefined));
    const { room, client } = await playedTable();
    await playOut(room, client);
    for (const column of ["sends", "first", "last"]) await query(room, `ALTER TABLE outbox DROP COLUMN ${column}`);
    await kill();
    const sent = queues();
    await wakeByAlarm(room);
    await eventually(() => expect(sent.flat()).toHaveLength(3));
    await heard(room);
    expect(await rowsOf(room)).toEqual([]);
  });
});

/** The one event of topic `settled`; what is left in the outbox are the stakes. */
async function confirmRound(room: string, sent: readonly Sent[][]): Promise<void> {
  await roomOf(room).confirm("settled", [sent.flat().find(({ type }) => type === "roundSettled")?.id ?? ""]);
  expect((await rowsOf(room)).map(({ topic }) => topic)).toEqual(["stakes"]);
}

const stakedOf = async (room: string): Promise<number> =>
  runInDurableObject(promotionsStub(env), (_promotions, { storage }) => {
    const [row] = storage.sql.exec<{ staked: number }>("SELECT staked FROM room WHERE name = ?", room).toArray();
    return row?.staked ?? 0;
  });

describe("a queue", () => {
  test("that fails is tried again by the alarm, later each time, and gets everything once it works", async () => {
    const sent = queues(async (times) => {
      if (times <= 8) throw new Error("the queue is down");
    });
    const { room, client } = await playedTable();
    await playOut(room, client);
    const pauses: number[] = [];
    for (let tries = 1; tries <= 4; tries += 1) {
      await eventually(async () => expect((await rowsOf(room)).map((row) => row.tries)).toEqual([tries, tries]));
      const [first] = await rowsOf(room);
      pauses.push((first?.due ?? 0) - Date.now());
      await eventually(async () => expect(await alarmOf(room)).toBeLessThanOrEqual((first?.due ?? 0) + 2_000));
      while ((first?.due ?? 0) > Date.now()) await wakeByAlarm(room);
    }
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000]);
    await eventually(() => expect(sent.flat()).toHaveLength(3));
    await heard(room);
    expect(await rowsOf(room)).toEqual([]);
    expect(sent.flat().map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    await expectConserved();
  });

  test("that takes its time leaves the alarm ahead of the clock", async () => {
    queues(async () => new Promise(() => undefined));
    const { room, client } = await playedTable();
    await playOut(room, client);
    for (let i = 0; i < 5; i += 1) {
      await wakeByAlarm(room);
      expect(await alarmOf(room)).toBeGreaterThan(Date.now());
    }
    await kill();
  });

  test("that has not worked for a hundred tries is tried again; what an older version gave up on then is sent", async () => {
    let works = false;
    const sent = queues(async () => {
      if (!works) throw new Error("the queue is down");
    });
    const { room, client } = await playedTable();
    await playOut(room, client);
    await eventually(async () => expect((await rowsOf(room)).map((row) => row.tries)).toEqual([1, 1]));
    await query(room, "UPDATE outbox SET tries = 150");
    await eventually(async () => {
      if ((await alarmOf(room)) !== null) await wakeByAlarm(room);
      expect((await rowsOf(room)).map(({ tries, parked }) => [tries > 150, parked])).toEqual([
        [true, 0],
        [true, 0],
      ]);
    });
    await query(room, "UPDATE outbox SET tries = 100, parked = 1");
    works = true;
    await evict(room);
    await roomOf(room).describe();
    await eventually(async () => {
      if ((await alarmOf(room)) !== null) await wakeByAlarm(room);
      expect(sent.flat().map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    });
  });
});
