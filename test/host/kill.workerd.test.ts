import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { TransferRetrier } from "../../rooms/host/transfers.ts";
import { Journal } from "../../rooms/host/journal.ts";
import type { KernelEvent } from "../../rooms/kernel/room-events.ts";
import type { TransferAnswer, TransferRequest } from "../../rooms/kernel/transfer.ts";
import { Player } from "../../src/objects/player.ts";
import { playerStub } from "../../src/objects/stubs.ts";
import { expectNo, expectYes, join, type Client, type Who } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  alarmOf,
  BUY_IN,
  eventually,
  GRANT,
  holdClock,
  kill,
  letClockGo,
  newPlayer,
  newRoom,
  onDisk,
  query,
  readLog,
  roomOf,
  stopClock,
  wakeByAlarm,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type Kind = TransferRequest["kind"];

/**
 * A place to die. At a commit it is the store that fails, and the room ends itself; anywhere else `kill` ends every object of
 * the house once the place is `reached`.
 */
type Death = {
  readonly at: string;
  readonly itself: boolean;
  readonly plant: (kind: Kind, reached: () => void) => void;
};

type Commit = (this: Journal, outcome: Parameters<Journal["commit"]>[0]) => void;
type Transfer = (this: Player, request: TransferRequest) => Promise<TransferAnswer>;

/** What the spies stand in front of; to be called with the object that they were called on. */
function originals(): { readonly commit: Commit; readonly transfer: Transfer } {
  // oxlint-disable-next-line typescript/unbound-method
  return { commit: Journal.prototype.commit, transfer: Player.prototype.transfer };
}

/** The store dies at the commit that holds a matching event: before it, or right behind it. */
function dieAtCommit(when: "before" | "after", matches: (event: KernelEvent) => boolean, reached: () => void): void {
  const { commit } = originals();
  vi.spyOn(Journal.prototype, "commit").mockImplementation(function die(this: Journal, outcome) {
    const now = outcome.events.some(matches);
    if (!now || when === "after") commit.call(this, outcome);
    if (!now) return;
    reached();
    throw new Error("the disk is gone");
  });
}

function dieAtWallet(when: "before" | "after", reached: () => void): void {
  const { transfer } = originals();
  vi.spyOn(Player.prototype, "transfer").mockImplementation(async function die(this: Player, request) {
    if (when === "after") await transfer.call(this, request);
    reached();
    return new Promise(() => undefined);
  });
}

function dieBeforeCalling(reached: () => void): void {
  vi.spyOn(TransferRetrier.prototype, "go").mockImplementation(() => {
    reached();
    return [];
  });
}

const opens =
  (kind: Kind) =>
  (event: KernelEvent): boolean =>
    event.type === "room.transfer" && event.transfer.kind === kind;
const answers = (event: KernelEvent): boolean => event.type === "room.transferred";

const DEATHS: readonly Death[] = [
  { at: "before its row is committed", itself: true, plant: (kind, go) => dieAtCommit("before", opens(kind), go) },
  { at: "when its row is committed", itself: true, plant: (kind, go) => dieAtCommit("after", opens(kind), go) },
  { at: "before the wallet is called", itself: false, plant: (_, go) => dieBeforeCalling(go) },
  { at: "while the call is on its way", itself: false, plant: (_, go) => dieAtWallet("before", go) },
  { at: "while the answer is on its way", itself: false, plant: (_, go) => dieAtWallet("after", go) },
  { at: "when the answer is there, not journaled", itself: true, plant: (_, go) => dieAtCommit("before", answers, go) },
  { at: "when the answer is journaled, not told", itself: true, plant: (_, go) => dieAtCommit("after", answers, go) },
];

/** Dies there, and comes back with nothing planted. */
async function dies({ plant, itself }: Death, kind: Kind, client: Client, act: () => void): Promise<void> {
  readLog();
  let reached = 0;
  plant(kind, () => {
    reached += 1;
  });
  act();
  await eventually(() => expect(reached).toBeGreaterThan(0));
  if (!itself) await kill();
  await client.closed();
  letClockGo();
  stopClock();
}

/** What moved between this wallet and the room, oldest first. */
async function moves({ id }: Who): Promise<(readonly [string, number])[]> {
  return runInDurableObject(playerStub(env, id), (_player, { storage }) =>
    storage.sql
      .exec<{ kind: string; amount: number }>("SELECT kind, amount FROM ledger WHERE room IS NOT NULL ORDER BY n")
      .toArray()
      .map(({ kind, amount }) => [kind, amount] as const),
  );
}

const openTransfers = async (room: string): Promise<string[]> =>
  (await query<{ id: string }>(room, "SELECT id FROM transfers")).map(({ id }) => id);

const allAnswered = async (room: string): Promise<void> =>
  eventually(async () => expect(await openTransfers(room)).toEqual([]));

/** Lets the alarm, and nothing else, see to what is open. */
async function settleTransfers(room: string): Promise<void> {
  if ((await openTransfers(room)).length === 0) return;
  expect(await alarmOf(room)).toBeLessThanOrEqual(Date.now() + 5_000);
  await wakeByAlarm(room);
  await allAnswered(room);
}

describe.each(DEATHS)("a house that dies in a top-up $at", (death) => {
  test("loses no chip, doubles none, and places the bet once", async () => {
    const [room, anna] = [await newRoom(), await newPlayer()];
    const client = await join(roomOf(room), anna);
    const bet = { type: "bet", id: "mine:1", bets: [{ spot: "red", amount: 300 }] };
    await dies(death, "topup", client, () => client.send(bet));
    expect(client.replies).toEqual([]);
    await expectConserved();
    await settleTransfers(room);
    await expectConserved();

    const back = await join(roomOf(room), anna);
    expectYes(await back.ask(bet));
    expectYes(await back.ask(bet));
    expect(await openTransfers(room)).toEqual([]);
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: BUY_IN - 300, held: 300 });
    expect(await moves(anna)).toEqual([["topup", -BUY_IN]]);
    await expectConserved();
  });
});

describe.each(DEATHS)("a house that dies in a cash-out $at", (death) => {
  test("brings the chips home once", async () => {
    const [room, anna] = [await newRoom(), await newPlayer()];
    const client = await join(roomOf(room), anna);
    expectYes(await client.bet("red", 300));
    expectYes(await client.ask({ type: "undo" }));
    await dies(death, "cashout", client, () => client.send({ type: "leave", id: "mine:1" }));
    await expectConserved();
    await settleTransfers(room);
    await expectConserved();

    const back = await join(roomOf(room), anna);
    expectYes(await back.ask({ type: "leave", id: "mine:1" }));
    await allAnswered(room);
    expect(await moves(anna)).toEqual([
      ["topup", -BUY_IN],
      ["cashout", BUY_IN],
    ]);
    expect(await expectConserved()).toMatchObject({ wallets: GRANT, purses: 0, transfers: 0 });
  });
});

/** The first `times` calls of the wallet fail, before the money moved or after. Gives the ids that were asked for. */
function failing(times: number, when: "before" | "after"): string[] {
  const { transfer } = originals();
  const ids: string[] = [];
  vi.spyOn(Player.prototype, "transfer").mockImplementation(async function fail(this: Player, request) {
    ids.push(request.id);
    if (ids.length > times) return transfer.call(this, request);
    if (when === "after") await transfer.call(this, request);
    throw new Error("the line went dead");
  });
  return ids;
}

describe("a wallet whose answer is unknown", () => {
  test.each(["before", "after"] as const)(
    "is asked again under the same id, later each time, when the line went dead %s it moved the money",
    async (when) => {
      const [room, anna] = [await newRoom(), await newPlayer()];
      const client = await join(roomOf(room), anna);
      const log = readLog();
      const ids = failing(3, when);
      const id = client.send({ type: "bet", bets: [{ spot: "red", amount: 10 }] });
      for (let tries = 1; tries <= 3; tries += 1) {
        await eventually(() => expect(log).toHaveLength(tries));
        await expectConserved();
        expect(client.replies).toEqual([]);
        expect(await alarmOf(room)).toBe(Date.now() + 5_000 * tries);
        await wakeByAlarm(room);
      }
      expectYes(await client.reply(id));
      expect(new Set(ids).size).toBe(1);
      expect(ids).toHaveLength(4);
      expect(await moves(anna)).toEqual([["topup", -BUY_IN]]);
      await expectConserved();
    },
  );

  test("is asked again when it does not come back, and its late first answer changes nothing", async () => {
    const [room, anna] = [await newRoom(), await newPlayer()];
    const client = await join(roomOf(room), anna);
    const { transfer } = originals();
    const asked: string[] = [];
    const gates = { first: false, third: false };
    vi.spyOn(Player.prototype, "transfer").mockImplementation(async function hang(this: Player, request) {
      const call = asked.push(request.id);
      if (call === 1) await eventually(() => expect(gates.first).toBe(true));
      if (call === 3) await eventually(() => expect(gates.third).toBe(true));
      return transfer.call(this, request);
    });
    const small = client.send({ type: "bet", bets: [{ spot: "red", amount: 10 }] });
    await eventually(() => expect(asked).toHaveLength(1));
    await wakeByAlarm(room);
    expectYes(await client.reply(small));
    const large = client.send({ type: "bet", bets: [{ spot: "red", amount: 5_000 }] }); // asks for more
    await eventually(() => expect(asked).toHaveLength(3));
    gates.first = true;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await onDisk(room)).purses.get(anna.id)).toMatchObject({ chips: BUY_IN - 10, transfer: { id: asked[2] } });
    expect(client.replies).toHaveLength(1);
    gates.third = true;
    expectYes(await client.reply(large));
    expect(asked[1]).toBe(asked[0]);
    expect(asked[2]).not.toBe(asked[0]);
    expect(await moves(anna)).toEqual([
      ["topup", -BUY_IN],
      ["topup", BUY_IN - 10 - 5_000],
    ]);
    await expectConserved();
  });

  test("leaves the alarm ahead of the clock, however long it takes", async () => {
    const [room, anna] = [await newRoom(), await newPlayer()];
    const client = await join(roomOf(room), anna);
    vi.spyOn(Player.prototype, "transfer").mockImplementation(async () => new Promise(() => undefined));
    client.send({ type: "bet", bets: [{ spot: "red", amount: 10 }] });
    await eventually(async () => expect(await openTransfers(room)).toHaveLength(1));
    for (let i = 0; i < 5; i += 1) {
      await wakeByAlarm(room);
      expect(await alarmOf(room)).toBeGreaterThan(Date.now());
    }
    await kill();
  });

  test("keeps a player's commands in order, answers one sent again once, and refuses the thirty-third", async () => {
    const [room, anna] = [await newRoom(), await newPlayer()];
    const client = await join(roomOf(room), anna);
    const log = readLog();
    failing(1, "after");
    const ids = Array.from({ length: 33 }, (_, i) =>
      client.send({ type: "bet", bets: [{ spot: `straight:${i}`, amount: i + 1 }] }),
    );
    const [first = "", second = ""] = ids;
    expectNo(await client.reply(ids[32] ?? ""), "busy");
    const again = await join(roomOf(room), anna);
    again.send({ type: "bet", id: first, bets: [{ spot: "straight:0", amount: 1 }] });
    expectNo(await again.ask({ type: "bet", id: second, bets: [{ spot: "red", amount: 1 }] }), "id_conflict");
    expectNo(await again.ask({ type: "undo" }), "busy");
    await eventually(() => expect(log).toHaveLength(1));
    await wakeByAlarm(room);
    expectYes(await again.reply(first));
    for (const id of ids.slice(1, 32)) expectYes(await client.reply(id));
    expect(client.replies.map(({ id }) => id)).toEqual([ids[32], ...ids.slice(1, 32)]);
    expectYes(await client.ask({ type: "undo" }));
    expect(Object.keys(client.seat?.bets ?? {})).toEqual(Array.from({ length: 31 }, (_, i) => `straight:${i}`));
    await expectConserved();
  });

  test("does not keep who is gone from their chips: they come, and go home", async () => {
    const [room, anna] = [await newRoom(), await newPlayer()];
    const client = await join(roomOf(room), anna);
    readLog();
    failing(1, "after");
    client.send({ type: "bet", bets: [{ spot: "red", amount: 10 }] });
    await eventually(async () => expect(await openTransfers(room)).toHaveLength(1));
    await kill();
    await client.closed();
    await eventually(async () => expect((await roomOf(room).describe()).table.online).toBe(0));
    await settleTransfers(room);
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: BUY_IN, held: 0 });
    await wakeByAlarm(room); // the grace is over
    await eventually(async () => expect((await onDisk(room)).purses.size).toBe(0));
    expect(await moves(anna)).toEqual([
      ["topup", -BUY_IN],
      ["cashout", BUY_IN],
    ]);
    expect(await alarmOf(room)).toBeNull();
    await expectConserved();
  });
});
