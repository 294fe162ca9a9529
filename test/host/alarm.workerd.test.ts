import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { seedProof } from "../../rooms/fair/deck.ts";
import { drawFromProof } from "../../rooms/fair/draw.ts";
import { Journal } from "../../rooms/host/journal.ts";
import type { TransferAnswer, TransferRequest } from "../../rooms/kernel/transfer.ts";
import { Player } from "../../src/objects/player.ts";
import { expectNo, expectYes, join, type Client, type Who } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  alarmOf,
  BUY_IN,
  dump,
  eventually,
  evict,
  fire,
  heard,
  GRANT,
  holdClock,
  inside,
  letClockGo,
  newPlayer,
  newRoom,
  onDisk,
  plantBug,
  playOut,
  query,
  readLog,
  roomOf,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const HOUR_MS = 3_600_000;

async function openTable(): Promise<{ room: string; anna: Who; client: Client }> {
  const [room, anna] = [await newRoom(), await newPlayer()];
  const client = await join(roomOf(room), anna);
  expectYes(await client.bet("red", 100));
  await client.phase("open");
  return { room, anna, client };
}

/** What the spy stands in front of; to be called with the object that it was called on. */
function transferOf(): (this: Player, request: TransferRequest) => Promise<TransferAnswer> {
  // oxlint-disable-next-line typescript/unbound-method
  return Player.prototype.transfer;
}

/** What the platform calls. It must never reject. */
const ring = async (room: string): Promise<void> => inside(room, async (object) => object.alarm());

describe("an alarm that is an hour late", () => {
  test("[R8] ends the open round by its own commitment and opens no other", async () => {
    const { room, anna, client } = await openTable();
    const [commitment] = client.table?.commitments ?? [];
    await fire(room, HOUR_MS);
    await client.phase("waiting");
    expect(client.view?.round).toBe(2);
    expect(client.view?.history).toHaveLength(1);
    const record = await roomOf(room).readRound(1, anna.id);
    if (record === null) throw new Error("no record");
    expect(record.proof).toMatchObject({ round: 1, commitment: commitment?.hash });
    expect(client.view?.history).toEqual([String(drawFromProof(seedProof(record.proof), "spin").int(37))]);
    await heard(room);
    expect(await alarmOf(room)).toBeNull();
    await expectConserved();
  });

  test("[R12] gives who repeats a whole new countdown, and draws nothing of it yet", async () => {
    const { room, client } = await openTable();
    expectYes(await client.ask({ type: "autoRepeat", rounds: 5 }));
    await fire(room, HOUR_MS);
    await client.until(() => client.view?.round === 2 && client.view.phase.name === "open", "the next round");
    expect(client.view?.phase).toEqual({ name: "open", closesAt: Date.now() + 15_000 });
    expect(client.view?.history).toHaveLength(1);
    const { commitments, round } = await onDisk(room);
    expect(commitments.map((one) => one.round)).toEqual([2, 3]);
    expect(round.entropy).toEqual([]);
    await fire(room, HOUR_MS);
    await client.until(() => client.view?.round === 3, "the round after");
    expect(client.view?.history).toHaveLength(2);
    await expectConserved();
  });
});

describe("an alarm that comes twice", () => {
  test("[R8] finds nothing due the second time, in every phase", async () => {
    const { room, client } = await openTable();
    for (const phase of ["closed", "spinning", "settled"] as const) {
      await fire(room);
      await client.phase(phase);
      await eventually(async () => {
        await heard(room);
        expect(await query(room, "SELECT n FROM outbox")).toEqual([]);
      });
      const before = [await dump(room), await alarmOf(room)];
      await Promise.all([ring(room), ring(room)]);
      expect([await dump(room), await alarmOf(room)]).toEqual(before);
    }
    await expectConserved();
  });
});

describe("a deadline that throws", () => {
  test("twice, and then works: the round goes on as if nothing had been", async () => {
    const { room, client } = await openTable();
    const log = plantBug(({ type }) => type === "deadline", 2);
    for (let i = 0; i < 2; i += 1) {
      await fire(room);
      expect(await alarmOf(room)).not.toBeNull();
      expect((await roomOf(room).describe()).table.status).toBe("running");
    }
    await playOut(room, client);
    expect(client.view?.last).toMatchObject({ round: 1, staked: 100 });
    expect(log).toHaveLength(2);
    await expectConserved();
  });

  test("eight times: the round is void, every stake is back, the seed is shown, and only leaving is left", async () => {
    const { room, anna, client } = await openTable();
    const bert = await newPlayer();
    const other = await join(roomOf(room), bert);
    const watcher = await join(roomOf(room), null);
    expectYes(await other.bet("straight:17", 60));
    expectYes(await client.bet("black", 40));
    const [commitment] = client.table?.commitments ?? [];
    plantBug(({ type }) => type === "deadline");
    await fire(room);
    for (let i = 0; i < 7; i += 1) await ring(room);

    for (const one of [client, other, watcher]) await one.until(() => one.table?.status === "faulted", "the notice");
    await client.until(() => client.chips === BUY_IN, "the refund");
    await other.until(() => other.chips === BUY_IN, "the other refund");
    for (const { id } of [anna, bert])
      expect(await roomOf(room).holdings(id)).toMatchObject({ purse: BUY_IN, held: 0 });
    expect(await expectConserved()).toMatchObject({ purses: 2 * BUY_IN, held: 0, house: 0 });
    const record = await roomOf(room).readRound(1, null);
    expect(record).toMatchObject({ void: true, proof: { commitment: commitment?.hash } });
    expect(() => record !== null && drawFromProof(seedProof(record.proof), "spin")).not.toThrow();
    expect(await query(room, "SELECT * FROM outbox WHERE topic = 'stakes'")).toEqual([]);
    expect(await alarmOf(room)).toBeNull();

    expectNo(await client.bet("red", 1), "faulted");
    expectNo(await client.ask({ type: "chat", text: "What now?" }), "faulted");
    expectNo(await client.ask({ type: "entropy", value: "luck" }), "faulted");
    for (const type of ["pause", "resume"] as const) {
      expect(await roomOf(room).operate({ type })).toMatchObject({ ok: false, code: "faulted" });
    }
    expectYes(await client.ask({ type: "leave" }));
    await client.until(() => client.purses.at(-1)?.balance === GRANT, "the way home");
    await evict(room, "close");
    const again = await join(roomOf(room), bert);
    expect(again.table?.status).toBe("faulted");
    expectYes(await again.ask({ type: "leave" }));
    await again.until(() => again.purses.at(-1)?.balance === GRANT, "the other way home");
    expect(await expectConserved()).toMatchObject({ wallets: 2 * GRANT, purses: 0 });
  });

  test("leaves chips that were on their way to their owner, and refuses the bet that waited for them", async () => {
    const { room } = await openTable();
    const bert = await newPlayer();
    const other = await join(roomOf(room), bert);
    const gate = { open: false };
    const transfer = transferOf();
    vi.spyOn(Player.prototype, "transfer").mockImplementation(async function slow(this: Player, request) {
      await eventually(() => expect(gate.open).toBe(true));
      return transfer.call(this, request);
    });
    const id = other.send({ type: "bet", bets: [{ spot: "red", amount: 5 }] });
    await eventually(async () => expect(await query(room, "SELECT id FROM transfers")).toHaveLength(1));
    plantBug(({ type }) => type === "deadline");
    await fire(room);
    for (let i = 0; i < 2; i += 1) await ring(room);
    expectNo(await other.reply(id), "faulted");
    await expectConserved();
    gate.open = true;
    await other.until(() => other.chips === BUY_IN, "the chips");
    expectYes(await other.ask({ type: "leave" }));
    await other.until(() => other.purses.at(-1)?.balance === GRANT, "the way home");
    await expectConserved();
  });

  test("a command that throws is refused alone, and its neighbours in the batch are served", async () => {
    const { room, client } = await openTable();
    plantBug((input) => input.type === "command" && JSON.stringify(input.command).includes("black"));
    const bets = ["red", "black", "odd"].map((spot, i) => ({
      type: "bet",
      id: client.newId(),
      bets: [{ spot, amount: i + 1 }],
    }));
    client.raw(JSON.stringify(bets));
    const replies = await Promise.all(bets.map(async ({ id }) => client.reply(id)));
    expect(replies.map((reply) => (reply.ok ? "ok" : reply.code))).toEqual(["ok", "internal", "ok"]);
    expect(client.seat?.bets).toEqual({ red: 101, odd: 3 });
    await playOut(room, client);
    await expectConserved();
  });
});

describe("the alarm is set again", () => {
  test("by every wake, should it have been lost", async () => {
    const { room, client } = await openTable();
    const alarm = await alarmOf(room);
    await inside(room, async (_room, { storage }) => storage.deleteAlarm());
    expect(await alarmOf(room)).toBeNull();
    await evict(room);
    await client.received();
    expect(await alarmOf(room)).toBe(alarm);
  });

  test("by a room that cannot start, which tries again in half a minute", async () => {
    const { room, client } = await openTable();
    readLog();
    const load = vi.spyOn(Journal.prototype, "load").mockImplementation(() => {
      throw new Error("unreadable");
    });
    await evict(room, "close");
    await ring(room);
    expect(load).toHaveBeenCalled();
    expect(await alarmOf(room)).toBe(Date.now() + 30_000);
    load.mockRestore();
    await ring(room);
    expect((await roomOf(room).describe()).view).toEqual(client.view);
    expect(client.view?.phase).toEqual({ name: "open", closesAt: await alarmOf(room) });
  });
});
