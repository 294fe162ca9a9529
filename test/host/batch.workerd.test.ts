import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Journal } from "../../rooms/host/journal.ts";
import type { Reply } from "../../rooms/kernel/protocol.ts";
import type { PlayerId } from "../../rooms/game.ts";
import { expectNo, expectYes, join, type Client } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  alarmOf,
  blockDisk,
  BUY_IN,
  dump,
  evict,
  eventually,
  fire,
  holdClock,
  inside,
  letClockGo,
  newPlayer,
  newRoom,
  pass,
  plantBug,
  playOut,
  query,
  readLog,
  roomOf,
  slowDisk,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

/** An open table with so many players, each with a chip on zero and the rest of the buy-in in the purse. */
async function openTable(size: number): Promise<{ room: string; clients: Client[] }> {
  const room = await newRoom();
  const clients: Client[] = [];
  for (let i = 0; i < size; i += 1) {
    const client = await join(roomOf(room), await newPlayer());
    expectYes(await client.bet("straight:0", 1));
    clients.push(client);
  }
  for (const client of clients) await client.until(() => client.view?.players === size, "everyone's chips");
  return { room, clients };
}

function closesAt({ view }: Client): number {
  if (view?.phase.name !== "open") throw new Error("not open");
  return view.phase.closesAt;
}

/** One frame with these bets; gives their ids. */
function sendBets(client: Client, spots: readonly string[]): string[] {
  const bets = spots.map((spot) => ({ type: "bet", id: client.newId(), bets: [{ spot, amount: 1 }] }));
  client.raw(JSON.stringify(bets));
  return bets.map(({ id }) => id);
}

const replies = async (client: Client, ids: readonly string[]): Promise<Reply[]> =>
  Promise.all(ids.map(async (id) => client.reply(id)));

const codes = (all: readonly Reply[]): string[] => all.map((reply) => (reply.ok ? "ok" : reply.code));

describe("[R5] what is judged after the close", () => {
  test("counts when it came before it, and is refused when it came at the close or later", async () => {
    const { room, clients } = await openTable(2);
    const [anna, bert] = clients;
    if (anna === undefined || bert === undefined) throw new Error("two players");
    const close = closesAt(anna);
    const letGo = await blockDisk(room);
    const [first = ""] = sendBets(anna, ["red"]);
    await anna.received();
    vi.setSystemTime(close - 1);
    const [inTime = ""] = sendBets(bert, ["black"]);
    await bert.received();
    vi.setSystemTime(close);
    const [atClose = ""] = sendBets(anna, ["odd"]);
    await anna.received();
    pass(500);
    const [late = ""] = sendBets(bert, ["even"]);
    await bert.received();
    letGo();

    expectYes(await anna.reply(first));
    expect(await bert.reply(inTime)).toMatchObject({ ok: true, at: close - 1 });
    expectNo(await anna.reply(atClose), "bets_closed");
    expectNo(await bert.reply(late), "bets_closed");
    await anna.phase("closed");
    await playOut(room, anna);
    expect(anna.view?.last).toMatchObject({ round: 1, staked: 4 });
    expect(bert.seat?.paid).toMatchObject({ staked: 2 });
    await expectConserved();
  });

  test("counts also when it is more than one batch holds", async () => {
    const { room, clients } = await openTable(8);
    const [anna] = clients;
    if (anna === undefined) throw new Error("eight players");
    const letGo = await blockDisk(room);
    const spots = Array.from({ length: 24 }, (_, i) => `straight:${i + 1}`);
    const sent = clients.map((client) => [spots, spots, spots].flatMap((some) => sendBets(client, some)));
    for (const client of clients) await client.received();
    vi.setSystemTime(closesAt(anna) + 1);
    const [late = ""] = sendBets(anna, ["red"]);
    await anna.received();
    letGo();

    for (const [i, client] of clients.entries()) {
      expect(new Set(codes(await replies(client, sent[i] ?? [])))).toEqual(new Set(["ok"]));
    }
    expectNo(await anna.reply(late), "bets_closed");
    await anna.phase("closed");
    await playOut(room, anna);
    expect(anna.view?.last).toMatchObject({ staked: 8 * 73 });
    await expectConserved();
  });

  test("counts also when a neighbour in the batch throws", async () => {
    const { room, clients } = await openTable(1);
    const [anna] = clients;
    if (anna === undefined) throw new Error("one player");
    plantBug((input) => input.type === "command" && JSON.stringify(input.command).includes("black"));
    const letGo = await blockDisk(room);
    const [first = ""] = sendBets(anna, ["red"]);
    await anna.received();
    vi.setSystemTime(closesAt(anna) - 1);
    const ids = sendBets(anna, ["even", "black", "odd"]);
    await anna.received();
    pass(2);
    letGo();
    expect(codes(await replies(anna, [first, ...ids]))).toEqual(["ok", "ok", "internal", "ok"]);
    await anna.phase("closed");
    await playOut(room, anna);
    expect(anna.view?.last).toMatchObject({ staked: 4 });
    await expectConserved();
  });
});

describe("a busy table", () => {
  test("writes far fewer rows than it takes bets, and answers each once, after the commit", async () => {
    const { room, clients } = await openTable(5);
    const rows = async (): Promise<number> => (await query<{ n: number }>(room, "SELECT n FROM journal")).length;
    const written = async (): Promise<number> => (await roomOf(room).stats()).counters["rowsWritten"] ?? NaN;
    const before = { rows: await rows(), written: await written() };
    await slowDisk(room, 10);
    const spots = Array.from({ length: 20 }, (_, i) => `straight:${i + 1}`);
    const sent = clients.map((client) => spots.flatMap((spot) => sendBets(client, [spot])));
    for (const [i, client] of clients.entries()) {
      expect(new Set(codes(await replies(client, sent[i] ?? [])))).toEqual(new Set(["ok"]));
      expect(client.replies).toHaveLength(21);
    }
    expect((await rows()) - before.rows).toBeLessThan(20);
    expect(((await written()) - before.written) / 100).toBeLessThan(0.2);
    for (const client of clients) await client.until(() => client.view?.staked === 105, "the sums");
    await expectConserved();
  });

  test("says nothing of a bet that is not on the disk yet", async () => {
    const { room, clients } = await openTable(2);
    const [anna, bert] = clients;
    if (anna === undefined || bert === undefined) throw new Error("two players");
    const before = [anna.frames.length, bert.frames.length];
    const letGo = await blockDisk(room);
    const [id = ""] = sendBets(anna, ["red"]);
    await eventually(async () => expect((await roomOf(room).describe()).view).toMatchObject({ staked: 3 }));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect([anna.frames.length, bert.frames.length]).toEqual(before);
    letGo();
    expectYes(await anna.reply(id));
    await bert.until(() => bert.view?.staked === 3, "the sum");
  });
});

describe("a table where nobody plays", () => {
  test("[R4] runs no round, arms no alarm, writes nothing, and answers pings in its sleep", async () => {
    const room = await newRoom();
    const clients: Client[] = [];
    for (let i = 0; i < 20; i += 1) clients.push(await join(roomOf(room), i % 2 === 0 ? await newPlayer() : null));
    for (const client of clients) await client.until(() => client.table?.online === 10, "everyone");
    const [before, { counters }] = [await dump(room), await roomOf(room).stats()];
    expect(await alarmOf(room)).toBeNull();

    pass(3_600_000);
    for (const client of clients) client.raw("ping");
    for (const client of clients) await client.until(() => client.words.length === 1, "the pong");
    const { counters: after } = await roomOf(room).stats();
    expect([after["batches"], after["rowsWritten"]]).toEqual([counters["batches"], counters["rowsWritten"]]);
    expect(await dump(room)).toBe(before);
    expect(await alarmOf(room)).toBeNull();

    await evict(room);
    const woken = vi.spyOn(Journal.prototype, "load");
    for (const client of clients) client.raw("ping");
    for (const client of clients) await client.until(() => client.words.length === 2, "the second pong");
    expect(new Set(clients.flatMap(({ words }) => words))).toEqual(new Set(["pong"]));
    expect(woken).not.toHaveBeenCalled();
    await clients[0]?.received();
    expect(woken).toHaveBeenCalled();
    expect(await dump(room)).toBe(before);
  });
});

describe("a store that fails", () => {
  const bet = { type: "bet", id: "mine:1", bets: [{ spot: "red", amount: 5 }] };

  test.each([
    ["before it writes", "commit"],
    ["on the way to the disk", "sync"],
  ] as const)("%s sends not one frame, and a command sent again after the restart counts once", async (_, where) => {
    const { room, clients } = await openTable(2);
    const [anna, bert] = clients;
    if (anna === undefined || bert === undefined) throw new Error("two players");
    const [heard, disk] = [[anna.frames.length, bert.frames.length], await dump(room)];
    readLog();
    const restore = await failAt(room, where);
    anna.send(bet);
    for (const client of [anna, bert]) await client.closed();
    expect([anna.frames.length, bert.frames.length]).toEqual(heard);
    if (where === "commit") expect(await dump(room)).toBe(disk);
    restore();

    const back = await join(roomOf(room), { id: anna.welcomes[0]?.you as PlayerId, name: "again" });
    expectYes(await back.ask(bet));
    expectYes(await back.ask(bet));
    expect(back.seat?.bets).toEqual({ "straight:0": 1, red: 5 });
    expect(back.chips).toBe(BUY_IN - 6);
    await expectConserved();
  });

  test("[R8] in the middle of a settlement leaves nothing of it, and the next try pays once", async () => {
    const { room, clients } = await openTable(1);
    const [anna] = clients;
    if (anna === undefined) throw new Error("one player");
    await playOut(room, anna, "spinning");
    const fault = "CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'disk full'); END";
    await query(room, fault);
    const disk = await dump(room);
    const log = readLog();
    await fire(room).catch(() => undefined);
    await anna.closed();
    expect(log.join()).toContain("disk full");
    expect(await dump(room)).toBe(disk);
    await query(room, "DROP TRIGGER full");
    const watcher = await join(roomOf(room), null); // and with it the room wakes, and finds the settlement due
    await watcher.phase("settled");
    expect(watcher.view?.last).toMatchObject({ round: 1, staked: 1 });
    expect((await roomOf(room).listRounds(null, 10, null)).rounds).toHaveLength(1);
    await expectConserved();
  });
});

function fail(): never {
  throw new Error("disk full");
}

/** The store fails from now on; gives what mends it. */
async function failAt(room: string, where: "commit" | "sync"): Promise<() => void> {
  if (where === "commit") {
    const commit = vi.spyOn(Journal.prototype, "commit").mockImplementation(fail);
    return () => commit.mockRestore();
  }
  await inside(room, (_room, { storage }) => {
    vi.spyOn(storage, "sync").mockImplementation(async () => fail());
  });
  return () => undefined; // it was this object's storage alone
}
