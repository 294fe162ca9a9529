import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { CLOSE, type Reply } from "../../rooms/kernel/protocol.ts";
import { Random } from "../kit/random.ts";
import type { LimitsStanding, LimitChange } from "../../src/objects/player/limits.ts";
import { playerStub } from "../../src/objects/stubs.ts";
import { newSitter } from "../games/poker/client.workerd.ts";
import { expectNo, expectYes, join, type Client, type Who } from "../host/room-client.workerd.ts";
import { expectConserved } from "../host/room-oracle.workerd.ts";
import {
  BUY_IN,
  eventually,
  fire,
  GRANT,
  holdClock,
  kill,
  letClockGo,
  newPlayer,
  newRoom,
  onDisk,
  pass,
  playOut,
  roomOf,
} from "../host/room-world.workerd.ts";

/** Responsible play, with real wallets and real rooms: rooms/README.md#chips (allowance). */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Ten in the morning, UTC, of tomorrow: alarms keep real time, and one that is set to before it would be moved. */
const START = (Math.floor(Date.now() / DAY) + 1) * DAY + 10 * HOUR;

beforeEach(() => {
  holdClock();
  vi.setSystemTime(START);
});
afterEach(letClockGo);

const walletOf = (who: Who) => playerStub(env, who.id);

async function limit(who: Who, wish: LimitChange): Promise<LimitsStanding> {
  const standing = await walletOf(who).setLimits(wish);
  if (standing === null) throw new Error("nobody");
  return standing;
}

const accepted = (replies: readonly Reply[]): number => replies.filter(({ ok }) => ok).length;

async function seated(who: Who, room?: string): Promise<{ room: string; client: Client }> {
  const name = room ?? (await newRoom());
  return { room: name, client: await join(roomOf(name), who) };
}

describe("a stake limit", () => {
  test("is never passed by fifty bets at once, and all of it can be staked", async () => {
    const anna = await newPlayer();
    await limit(anna, { stakePerDay: 1_000 });
    const { client } = await seated(anna);
    const replies = await Promise.all(Array.from({ length: 50 }, async () => client.bet("red", 40)));
    expect(accepted(replies)).toBe(25);
    for (const reply of replies) if (!reply.ok) expect(reply.code).toBe("limit_stake");
    await expectConserved();
  });

  test("is never passed by fifty bets at once over five tables", async () => {
    const anna = await newPlayer();
    await limit(anna, { stakePerDay: 1_000 });
    const tables = await Promise.all(Array.from({ length: 5 }, async () => seated(anna)));
    const replies = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const table = tables[n % tables.length];
        if (table === undefined) throw new Error("no table");
        return table.client.bet("red", 60);
      }),
    );
    expect(accepted(replies)).toBeGreaterThan(4);
    expect(accepted(replies) * 60).toBeLessThanOrEqual(1_000);
    await expectConserved();
  });

  test("counts what was staked before it was set, wherever", async () => {
    const anna = await newPlayer();
    const first = await seated(anna);
    expectYes(await first.client.bet("red", 700));
    await limit(anna, { stakePerDay: 1_000 });
    expectNo(await first.client.bet("red", 301), "limit_stake");
    expectYes(await first.client.bet("red", 200));
    const second = await seated(anna);
    expectNo(await second.client.bet("red", 101), "limit_stake");
    // What the tables have not told of by themselves is in it too.
    expect((await walletOf(anna).limits())?.used).toMatchObject({ staked: 900, lost: 900 });
  });

  test("does not count what was taken back before it was at risk", async () => {
    const anna = await newPlayer();
    await limit(anna, { stakePerDay: 100 });
    const { client } = await seated(anna);
    for (let n = 0; n < 5; n++) {
      expectYes(await client.bet("red", 100));
      expectYes(await client.ask({ type: "undo" }));
    }
    expectYes(await client.bet("red", 60));
    expectNo(await client.bet("red", 41), "limit_stake");
    expectYes(await client.bet("red", 40));
    await expectConserved();
  });

  test("set while chips lie at the table holds for the very next bet", async () => {
    const anna = await newPlayer();
    const { client } = await seated(anna);
    expectYes(await client.bet("red", 10));
    await limit(anna, { stakePerDay: 5 });
    expectNo(await client.bet("red", 1), "limit_stake");
    expect(client.chips).toBe(BUY_IN - 10);
    expectYes(await client.ask({ type: "leave" }));
  });

  test("is free again on the next day", async () => {
    const anna = await newPlayer();
    const { room, client } = await seated(anna);
    await limit(anna, { stakePerDay: 100 });
    expectYes(await client.bet("red", 100));
    expectNo(await client.bet("red", 1), "limit_stake");
    await playOut(room, client);
    pass(DAY);
    await fire(room);
    await client.phase("waiting");
    expectYes(await client.bet("red", 100));
    expectNo(await client.bet("red", 1), "limit_stake");
  });
});

describe("a loss limit", () => {
  test("counts what lies on the table as lost until it comes back", async () => {
    const anna = await newPlayer();
    await limit(anna, { lossPerDay: 100 });
    const { room, client } = await seated(anna);
    expectYes(await client.bet("red", 50));
    expectYes(await client.bet("black", 50));
    expectNo(await client.bet("red", 1), "limit_loss");
    await playOut(room, client);
    await client.until(() => client.seat?.paid?.round === 1, "the pay-out");
    const lost = 100 - (client.seat?.paid?.returned ?? 0);
    await fire(room);
    await client.phase("waiting");
    if (lost < 100) expectYes(await client.bet("red", 100 - lost));
    expectNo(await client.bet("red", 1), "limit_loss");
    await expectConserved();
  });

  test("stops what the house would bet by itself, and says why", async () => {
    const anna = await newPlayer();
    const { room, client } = await seated(anna);
    expectYes(await client.bet("straight:17", 400));
    expectYes(await client.ask({ type: "autoRepeat", rounds: 100 }));
    await limit(anna, { stakePerDay: 500 });
    await playOut(room, client);
    await fire(room);
    await client.until(() => client.seat?.auto === null, "the end of it");
    expect(client.view?.staked).toBe(0);
    await expectConserved();
  });
});

describe("both limits", () => {
  test.each([1, 2, 3])(
    "are passed by nothing that is done at three tables, in whatever order (seed %i)",
    async (seed) => {
      const random = new Random(seed);
      const anna = await newPlayer();
      const tables = await Promise.all(Array.from({ length: 3 }, async () => seated(anna)));
      let { stakePerDay, lossPerDay } = (await limit(anna, { stakePerDay: 4_000, lossPerDay: 1_500 })).limits;
      let [taken, refused] = [0, 0];
      for (let n = 0; n < 120; n++) {
        const table = tables[random.int(tables.length)];
        if (table === undefined) throw new Error("no table");
        const { room, client } = table;
        const what = random.int(20);
        if (what < 12) {
          const amount = 1 + random.int(300);
          const reply = await client.bet(random.chance(0.5) ? "red" : "dozen:1", amount);
          if (reply.ok) {
            taken += 1;
            const { staked, lost } = (await walletOf(anna).limits())?.used ?? { staked: 0, lost: 0 };
            expect(staked).toBeLessThanOrEqual(stakePerDay ?? Infinity);
            expect(lost).toBeLessThanOrEqual(lossPerDay ?? Infinity);
          } else if (reply.code.startsWith("limit_")) refused += 1;
        } else if (what < 15) await client.ask({ type: random.chance(0.5) ? "undo" : "clear" });
        else if (what < 16) await client.ask({ type: "leave" });
        else if (what < 17) {
          const lower = Math.max(100, (stakePerDay ?? 0) - random.int(400));
          ({ stakePerDay, lossPerDay } = (await limit(anna, { stakePerDay: lower })).limits);
        } else if (client.view?.phase.name === "open") {
          await playOut(room, client);
          await fire(room);
          await client.phase("waiting");
        }
      }
      expect([taken > 10, refused > 3]).toEqual([true, true]);
      await expectConserved();
    },
  );
});

describe("a change", () => {
  test("lowers at once and raises after a day, and what is pending can be dropped", async () => {
    const anna = await newPlayer();
    expect((await limit(anna, { stakePerDay: 1_000, lossPerDay: 500 })).limits).toMatchObject({ stakePerDay: 1_000 });
    const raised = await limit(anna, { stakePerDay: 2_000, lossPerDay: 400 });
    expect(raised).toMatchObject({
      limits: { stakePerDay: 1_000, lossPerDay: 400 },
      pending: { limits: { stakePerDay: 2_000 }, at: Date.now() + DAY },
    });
    expect(raised.pending?.limits).not.toHaveProperty("lossPerDay");
    expect((await walletOf(anna).cancelLimits())?.pending).toBeNull();
    await limit(anna, { stakePerDay: null });
    pass(DAY - 1);
    expect((await walletOf(anna).limits())?.limits.stakePerDay).toBe(1_000);
    pass(1);
    expect(await walletOf(anna).limits()).toMatchObject({
      limits: { stakePerDay: null, lossPerDay: 400 },
      pending: null,
    });
  });

  test("that a room did not hear of is told again by the alarm", async () => {
    const anna = await newPlayer();
    const { client } = await seated(anna);
    expectYes(await client.bet("red", 10));
    const wallet = walletOf(anna);
    const away = vi.spyOn(Object.getPrototypeOf(env.ROOM), "get").mockImplementation(() => {
      throw new Error("the room does not answer");
    });
    expect(await wallet.setLimits({ stakePerDay: 20 })).not.toBeNull();
    away.mockRestore();
    expectYes(await client.bet("red", 5)); // it did not hear of it
    await runDurableObjectAlarm(walletOf(anna));
    expectNo(await client.bet("red", 6), "limit_stake");
    expectYes(await client.bet("red", 5));
  });

  test("is known to a room that died meanwhile when it wakes", async () => {
    const anna = await newPlayer();
    const { room, client } = await seated(anna);
    expectYes(await client.bet("red", 10));
    await limit(anna, { stakePerDay: 10 });
    await kill();
    const again = await join(roomOf(room), anna);
    expectNo(await again.bet("red", 1), "limit_stake");
    await expectConserved();
  });
});

describe("a session", () => {
  test("ends after its time: nothing more is staked before the pause is over, and then a new one begins", async () => {
    const anna = await newPlayer();
    const { client } = await seated(anna);
    await limit(anna, { sessionMinutes: 30 });
    expectYes(await client.bet("red", 10));
    pass(30 * MINUTE - 1);
    expectYes(await client.bet("red", 10));
    pass(1);
    expectNo(await client.bet("red", 10), "limit_session");
    expect((await walletOf(anna).limits())?.session?.breakUntil).toBe(Date.now() + 15 * MINUTE);
    pass(15 * MINUTE);
    expectYes(await client.bet("red", 10));
  });

  test("is told of with its true result, as often as the player wants, and with what lies on the table not lost yet", async () => {
    const anna = await newPlayer();
    const { room, client } = await seated(anna);
    await limit(anna, { realityCheckMinutes: 20 });
    const socket = await personal(anna);
    expectYes(await client.bet("red", 100));
    await playOut(room, client);
    await client.until(() => client.seat?.paid?.round === 1, "the pay-out");
    const net = (client.seat?.paid?.returned ?? 0) - 100;
    await fire(room);
    await client.phase("waiting");
    expectYes(await client.bet("red", 30));
    vi.setSystemTime(START + 20 * MINUTE);
    await runDurableObjectAlarm(walletOf(anna));
    await eventually(() => expect(socket.at(-1)).toMatchObject({ type: "reality", minutes: 20, staked: 130, net }));
  });
});

async function personal(who: Who): Promise<unknown[]> {
  const frames: unknown[] = [];
  const answer = await walletOf(who).fetch("https://player/socket?session=s1", { headers: { upgrade: "websocket" } });
  const socket = answer.webSocket;
  if (socket === null) throw new Error("no socket");
  socket.addEventListener("message", ({ data }) => void frames.push(JSON.parse(String(data))));
  socket.accept();
  return frames;
}

describe("who is excluded", () => {
  const soon = { kind: "cool-off", until: START + DAY } as const;

  test("finishes the round, stakes nothing more, loses the sockets, and the chips go home", async () => {
    const anna = await newPlayer();
    const { room, client } = await seated(anna);
    expectYes(await client.bet("red", 100));
    expectYes(await client.ask({ type: "autoRepeat", rounds: 100 }));
    await walletOf(anna).exclude(soon);
    expect(await client.closed()).toBe(CLOSE.ended);
    const watcher = await join(roomOf(room), null);
    await playOut(room, watcher);
    await eventually(async () => expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: 0, held: 0 }));
    await eventually(async () => expect((await walletOf(anna).standing())?.rooms).toEqual([]));
    expect((await onDisk(room)).leaving.has(anna.id)).toBe(false);
    await fire(room);
    await watcher.phase("waiting");
    expect(watcher.view?.staked).toBe(0);
    const back = await join(roomOf(room), anna);
    expectNo(await back.bet("red", 1), "excluded");
    pass(DAY);
    expectYes(await back.bet("red", 1));
    await expectConserved();
  });

  test("stands up from a poker table between hands", async () => {
    const room = await newRoom({}, "poker");
    const { id, chair } = await newSitter(room);
    expectYes(await chair.sit(2, 2_000));
    await playerStub(env, id).exclude(soon);
    await eventually(async () => expect(await roomOf(room).holdings(id)).toMatchObject({ purse: 0, held: 0 }));
    await eventually(async () =>
      expect(await playerStub(env, id).standing()).toMatchObject({ available: GRANT, rooms: [] }),
    );
    await expectConserved();
  });

  test("stays so until then: a shorter one changes nothing, a longer one does", async () => {
    const anna = await newPlayer();
    await walletOf(anna).exclude({ kind: "self-exclusion", until: Date.now() + 180 * DAY });
    const after = await walletOf(anna).exclude(soon);
    expect(after?.excluded).toEqual({ kind: "self-exclusion", until: Date.now() + 180 * DAY });
    expect((await walletOf(anna).exclude({ kind: "cool-off", until: Date.now() + 400 * DAY }))?.excluded).toEqual({
      kind: "self-exclusion",
      until: Date.now() + 400 * DAY,
    });
    expect(await walletOf(anna).faucet(10, 0)).toMatchObject({ ok: false, code: "excluded" });
  });
});
