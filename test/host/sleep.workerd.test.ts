import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { AnyGame } from "../../rooms/game.ts";
import { gameOf, games } from "../../rooms/games.ts";
import type { View } from "../../rooms/roulette/types.ts";
import { expectYes, join, rejoin, type Client, type Who } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  alarmOf,
  BUY_IN,
  dump,
  eventually,
  evict,
  fire,
  GRANT,
  holdClock,
  inside,
  kill,
  letClockGo,
  newPlayer,
  newRoom,
  onDisk,
  pass,
  playOut,
  query,
  roomOf,
  wakeByAlarm,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

type PhaseName = View["phase"]["name"];
const PHASES: readonly PhaseName[] = ["waiting", "open", "closed", "spinning", "settled"];
const ENDS = ["hibernate", "close", "kill"] as const;

/** A table in its second round, at a phase, with a bet of this player where there can be one. */
async function tableAt(phase: PhaseName): Promise<{ room: string; anna: Who; client: Client }> {
  const [room, anna] = [await newRoom(), await newPlayer()];
  const client = await join(roomOf(room), anna);
  expectYes(await client.bet("black", 50));
  await playOut(room, client);
  await fire(room);
  await client.phase("waiting");
  if (phase === "waiting") return { room, anna, client };
  expectYes(await client.bet("red", 100));
  expectYes(await client.bet("split:17-20", 40));
  await client.phase("open");
  await playOut(room, client, phase);
  return { room, anna, client };
}

describe.each(PHASES)("[R4] a table whose object goes away while it is %s", (phase) => {
  test.each(ENDS)("by %s wakes as it was, plays on, and keeps every chip", async (end) => {
    const { room, anna, client } = await tableAt(phase);
    await client.received();
    const [view, seat, alarm, before] = [client.view, client.seat, await alarmOf(room), await onDisk(room)];

    if (end === "kill") await kill();
    else await evict(room, end);
    if (end !== "hibernate") await client.closed();
    const back = end === "hibernate" ? client : await rejoin(roomOf(room), anna, client);
    await back.received();

    expect(back.view).toEqual(view);
    expect(back.seat).toEqual(seat);
    expect((await roomOf(room).describe()).view).toEqual(view);
    expect(await alarmOf(room)).toBe(alarm);
    const after = await onDisk(room);
    expect([after.state, after.purses, after.house, after.round, after.commitments]).toEqual([
      before.state,
      before.purses,
      before.house,
      before.round,
      before.commitments,
    ]);

    if (phase === "waiting") expectYes(await back.bet("red", 100));
    await playOut(room, back);
    await fire(room);
    await back.phase("waiting");
    expect(back.view?.round).toBe(3);
    expect(back.seat?.paid).toMatchObject({ round: 2, staked: phase === "waiting" ? 100 : 140 });
    expectYes(await back.bet("even", 10));
    await expectConserved();
  });
});

describe("who comes back", () => {
  test("hears of what was missed, once, and of their own seat as it is", async () => {
    const [room, anna, bert] = [await newRoom(), await newPlayer(), await newPlayer()];
    const gone = await join(roomOf(room), anna);
    const other = await join(roomOf(room), bert);
    expectYes(await gone.bet("red", 100));
    gone.close();
    await other.until(() => other.table?.online === 1, "the parting");
    expectYes(await other.bet("black", 70));
    await playOut(room, other);

    const back = await rejoin(roomOf(room), anna, gone);
    expect(back.frames[0]).toMatchObject({ type: "resumed" });
    expect(back.frames.filter(({ type }) => type === "welcome")).toEqual([]);
    await back.until(() => back.table?.online === 2, "being seen");
    expect(back.view).toEqual(other.view);
    expect(back.table).toEqual(other.table);
    expect(back.seat?.paid).toMatchObject({ round: 1, staked: 100 });
    expect(back.chips).toBe((await onDisk(room)).purses.get(anna.id)?.chips);
  });

  test("is greeted anew in another epoch, as another viewer, or after more than the room remembers", async () => {
    const [room, anna] = [await newRoom(), await newPlayer()];
    const client = await join(roomOf(room), anna);
    expectYes(await client.bet("red", 100));
    await client.phase("open");
    const { seq, epoch } = client;
    const greetings = async (query: string, who: Who | null): Promise<string[]> => {
      const one = await join(roomOf(room), who, { query });
      one.close();
      return one.frames.map(({ type }) => type).filter((type) => type === "welcome" || type === "resumed");
    };
    expect(await greetings(`?since=${seq}&epoch=${epoch}`, anna)).toEqual(["resumed"]);
    expect(await greetings(`?since=${seq}&epoch=elsewhere`, anna)).toEqual(["welcome"]);
    expect(await greetings(`?since=${seq}`, anna)).toEqual(["welcome"]);
    expect(await greetings(`?since=${seq}&epoch=${epoch}`, null)).toEqual(["welcome"]);
    expect(await greetings(`?since=${seq + 1_000}&epoch=${epoch}`, anna)).toEqual(["welcome"]);
    expect(await greetings(`?since=-1&epoch=${epoch}`, anna)).toEqual(["welcome"]);
    expect(await greetings(`?since=1.5&epoch=${epoch}`, anna)).toEqual(["welcome"]);
    await kill(); // the ring was in memory
    expect(await greetings(`?since=3&epoch=${epoch}`, anna)).toEqual(["welcome"]);
  });

  test("hears the greeting before anything else, however much the others have not heard yet", async () => {
    const [room, anna, bert] = [await newRoom(), await newPlayer(), await newPlayer()];
    const one = await join(roomOf(room), anna);
    expectYes(await one.bet("red", 100));
    expectYes(await (await join(roomOf(room), bert)).bet("red", 1));
    for (let i = 0; i < 3; i += 1) {
      one.send({ type: "bet", bets: [{ spot: "black", amount: 1 }] });
      const late = await join(roomOf(room), bert);
      expect(late.frames[0]?.type).toBe("welcome");
      const again = await rejoin(roomOf(room), bert, late);
      expect(again.frames[0]?.type).toBe("resumed");
      await again.received();
      await one.received();
      expect(again.table?.online).toBe(one.table?.online);
    }
  });
});

test("who comes back after the purse has gone home is told that there is none", async () => {
  const [room, anna] = [await newRoom(), await newPlayer()];
  const client = await join(roomOf(room), anna);
  expectYes(await client.bet("red", 100));
  expectYes(await client.ask({ type: "undo" }));
  client.close();
  await eventually(async () => expect((await roomOf(room).describe()).table.online).toBe(0));
  await fire(room);
  pass(60_000);
  await wakeByAlarm(room);
  await eventually(async () => expect((await onDisk(room)).purses.size).toBe(0));
  const back = await rejoin(roomOf(room), anna, client);
  expect(back.frames[0]).toMatchObject({ type: "resumed", purse: null });
  expect(await expectConserved()).toMatchObject({ wallets: GRANT, purses: 0 });
});

test("a new version of the game greets everyone anew, and goes on with the round", async () => {
  const { room, anna, client } = await tableAt("open");
  const roulette = gameOf(room);
  if (roulette === undefined) throw new Error("no roulette");
  const registry = games as Map<string, AnyGame>;
  try {
    registry.set("roulette", { ...roulette, version: roulette.version + 1 });
    await evict(room, "close");
    await client.closed();
    const back = await rejoin(roomOf(room), anna, client);
    expect(back.frames[0]).toMatchObject({ type: "welcome", version: roulette.version + 1 });
    expect([back.view, back.seat]).toEqual([client.view, client.seat]);
    await playOut(room, back);
    // While it is there: what a newer version wrote is not read by an older one.
    await expectConserved();
  } finally {
    registry.set("roulette", roulette);
  }
});

type Span = { rows: number; oldest: number; newest: number };

test("two thousand batches leave a snapshot and a short journal, wake to the same table, and old ids are still answered", async () => {
  const [room, anna] = [await newRoom(), await newPlayer()];
  const client = await join(roomOf(room), anna);
  const bet = { type: "bet", bets: [{ spot: "red", amount: 2 }] };
  const answers = [await client.ask({ ...bet, id: "longago:1" })];
  await batches(room, 1_050);
  answers.push(await client.ask({ ...bet, id: "longago:2" }));
  await batches(room, 1_050);
  answers.push(await client.ask({ ...bet, id: "longago:3" }));

  const [journal] = await query<Span>(room, "SELECT count(*) AS rows, min(n) AS oldest, max(n) AS newest FROM journal");
  const [snapshot] = await query<Pick<Span, "newest">>(room, "SELECT max(n) AS newest FROM snapshot");
  expect(journal?.newest).toBeGreaterThan(2_100);
  expect(journal?.oldest).toBeGreaterThan(1_000);
  expect(journal?.rows).toBeLessThan(2_000);
  expect(snapshot?.newest).toBeGreaterThanOrEqual(2_000);

  const before = await roomOf(room).describe();
  await evict(room, "close");
  await client.closed();
  const after = await roomOf(room).describe();
  expect(after).toMatchObject({ view: before.view, config: before.config });
  expect(after.table.commitments).toEqual(before.table.commitments);
  expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: BUY_IN - 6, held: 6 });

  const back = await join(roomOf(room), anna);
  for (const [i, answer] of answers.entries())
    expect(await back.ask({ ...bet, id: `longago:${i + 1}` })).toEqual(answer);
  expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: BUY_IN - 6, held: 6 });
  await expectConserved();
});

/** So many commits of nothing much, none of which waits for the disk. */
async function batches(room: string, n: number): Promise<void> {
  await inside(room, async (object, { storage }) => {
    const sync = vi.spyOn(storage, "sync").mockImplementation(async () => undefined);
    for (let i = 0; i < n; i += 1) await object.operate({ type: i % 2 === 0 ? "pause" : "resume" });
    sync.mockRestore();
  });
}

test("waking by itself writes nothing when nothing has changed", async () => {
  const { room, client } = await tableAt("open");
  await client.received();
  const before = await dump(room);
  await evict(room);
  await client.received();
  expect(await dump(room)).toBe(before);
});
