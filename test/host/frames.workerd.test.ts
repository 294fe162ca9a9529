import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json } from "../../rooms/game.ts";
import { CLOSE, FRAME_BYTES_MAX } from "../../rooms/kernel/protocol.ts";
import { expectNo, expectYes, join, type Client, type Who } from "./room-client.workerd.ts";
import { expectConserved } from "./room-oracle.workerd.ts";
import {
  BUY_IN,
  dump,
  evict,
  holdClock,
  letClockGo,
  newPlayer,
  newRoom,
  pass,
  playOut,
  query,
  roomOf,
} from "./room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

async function table(config: Json = {}): Promise<{ room: string; anna: Who; client: Client }> {
  const [room, anna] = [await newRoom(config), await newPlayer()];
  return { room, anna, client: await join(roomOf(room), anna) };
}

const bet = (spot: string, amount: unknown): { type: string; bets: unknown[] } => ({
  type: "bet",
  bets: [{ spot, amount }],
});

describe("a frame that is none closes the socket it came from, and nobody else notices", () => {
  const hello = '{"id":"abcd:1","type":"undo"}';
  test.each([
    ["that is not JSON", '{"type":"bet"', "bad_json", CLOSE.badFrame],
    ["that is empty", "", "bad_json", CLOSE.badFrame],
    ["that is binary", new Uint8Array([1, 2, 3]).buffer, "binary_frame", CLOSE.badFrame],
    ["that is too long", JSON.stringify({ pad: "x".repeat(FRAME_BYTES_MAX) }), "frame_too_big", CLOSE.tooBig],
    ["of thirty-three commands", `[${Array(33).fill(hello).join(",")}]`, "frame_too_big", CLOSE.tooBig],
  ])("%s", async (_, frame, code, close) => {
    const { room, client } = await table();
    const other = await join(roomOf(room), await newPlayer());
    client.raw(frame);
    expect(await client.closed()).toBe(close);
    expect(client.replies).toMatchObject([{ id: null, ok: false, code }]);
    await other.until(() => other.table?.online === 1, "the parting");
    expectYes(await other.bet("red", 5));
    expect(other.closedWith).toBeNull();
  });

  test("that floods", async () => {
    const { room, client } = await table();
    const other = await join(roomOf(room), await newPlayer());
    const three = JSON.stringify(Array.from({ length: 32 }, (_, i) => ({ id: `abcd:${i}`, type: "undo" })));
    for (let i = 0; i < 3; i += 1) client.raw(three);
    expect(await client.closed()).toBe(CLOSE.flooding);
    expect(client.replies.at(-1)).toMatchObject({ id: null, code: "flooding" });
    expectYes(await other.bet("red", 5));
    expect(other.closedWith).toBeNull();
  });

  test("but who keeps to the rate may go on for ever", async () => {
    const { client } = await table();
    for (let i = 0; i < 200; i += 1) {
      expectNo(await client.ask({ type: "undo" }), "nothing_to_undo");
      pass(25);
    }
    expect(client.closedWith).toBeNull();
  });
});

describe("a command that is none gets a code, and changes nothing", () => {
  test("whatever is wrong with it", async () => {
    const { room, client } = await table();
    const disk = await dump(room);
    const bad: [unknown, string][] = [
      [null, "invalid_command"],
      [42, "invalid_command"],
      ["bet", "invalid_command"],
      [[[]], "invalid_command"],
      [{}, "invalid_id"],
      [{ type: "undo" }, "invalid_id"],
      [{ id: 7, type: "undo" }, "invalid_id"],
      [{ id: "abc:1", type: "undo" }, "invalid_id"],
      [{ id: "abcd", type: "undo" }, "invalid_id"],
      [{ id: "abcd:01", type: "undo" }, "invalid_id"],
      [{ id: 'ab"d:1', type: "undo" }, "invalid_id"],
      [{ id: `${"a".repeat(41)}:1`, type: "undo" }, "invalid_id"],
      [{ id: "abcd:1" }, "unknown_command"],
      [{ id: "abcd:1", type: 5 }, "unknown_command"],
      [{ id: "abcd:1", type: "spin" }, "unknown_command"],
      [{ id: "abcd:1", type: "message" }, "unknown_command"],
      [{ id: "abcd:1", type: "presence", online: false }, "unknown_command"],
      [{ id: "abcd:1", type: "void", reason: "x" }, "unknown_command"],
      [{ id: "abcd:1", type: "constructor" }, "unknown_command"],
      [{ id: "abcd:1", type: "__proto__" }, "unknown_command"],
      [{ id: "abcd:1", type: "undo", entropy: "" }, "invalid_entropy"],
      [{ id: "abcd:1", type: "undo", entropy: "x".repeat(65) }, "invalid_entropy"],
      [{ id: "abcd:1", type: "bet" }, "invalid_command"],
      [{ id: "abcd:1", type: "bet", bets: [] }, "invalid_command"],
      [
        { id: "abcd:1", type: "bet", bets: Array.from({ length: 41 }, () => ({ spot: "red", amount: 1 })) },
        "invalid_command",
      ],
      [{ id: "abcd:1", type: "bet", bets: [{ spot: 5, amount: 1 }] }, "invalid_command"],
      [{ id: "abcd:1", type: "chat" }, "invalid_command"],
      [{ id: "abcd:1", type: "chat", text: "x".repeat(281) }, "invalid_command"],
      [{ id: "abcd:1", type: "entropy", value: 5 }, "invalid_entropy"],
    ];
    for (const [command] of bad) client.raw(JSON.stringify(Array.isArray(command) ? command : [command]));
    await client.until(() => client.replies.length === bad.length, "every refusal");
    expect(client.replies.map((reply) => (reply.ok ? "ok" : reply.code))).toEqual(bad.map(([, code]) => code));
    expect(await dump(room)).toBe(disk);
    expectYes(await client.bet("red", 1));
  });

  test("an amount that is no whole number from 1 to 2^53 - 1", async () => {
    const { room, anna, client } = await table();
    for (const amount of [-1, 0, 1.5, 2 ** 53, "10", null, undefined, true, [5], { n: 5 }, -0, 1e308]) {
      expectNo(await client.ask(bet("red", amount)), "invalid_amount");
      expectNo(await client.ask({ type: "call", name: "tiers", amount }), "invalid_amount");
    }
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: 0, held: 0 });
    expect(await query(room, "SELECT * FROM transfers")).toEqual([]);
    await expectConserved();
  });

  test("[R3] a bet on a spot that is not on this layout", async () => {
    const { room, anna, client } = await table();
    const spots = [
      "straight:37",
      "straight:00",
      "split:1-3",
      "split:2-1",
      "corner:1-2-3-4",
      "five:0-00-1-2-3",
      "",
      "RED",
    ];
    for (const spot of [...spots, "toString", "__proto__"]) expectNo(await client.bet(spot, 1), "illegal_spot");
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: 0, held: 0 });
  });

  test("[R6] a bet over a limit, each by its own code, all of it or nothing", async () => {
    const limits = { minStake: 5, maxInside: 10, maxOutside: 120, maxPlayer: 300, maxLiability: 600 };
    const { room, anna, client } = await table(limits);
    expectYes(await client.ask({ type: "bet", bets: [{ spot: "red", amount: 100 }] }));
    const before = [client.seat, client.view, await roomOf(room).holdings(anna.id)];
    expectNo(await client.bet("red", 4), "below_minimum");
    expectNo(await client.bet("straight:17", 11), "above_inside_maximum");
    expectNo(await client.bet("split:17-20", 21), "above_inside_maximum");
    expectNo(await client.bet("dozen:1", 121), "above_outside_maximum");
    expectNo(await client.bet("red", 81), "above_outside_maximum");
    const many = ["even", "odd", "low"].map((spot) => ({ spot, amount: 70 }));
    expectNo(await client.ask({ type: "bet", bets: many }), "above_player_maximum");
    const numbers = [17, 18].map((n) => ({ spot: `straight:${n}`, amount: 10 }));
    const dozens = [{ spot: "dozen:2", amount: 100 }];
    expectNo(await client.ask({ type: "bet", bets: [...numbers, ...dozens] }), "above_table_maximum");
    await client.received();
    expect([client.seat, client.view, await roomOf(room).holdings(anna.id)]).toEqual(before);
    await expectConserved();
  });

  test("[R5] [R7] anything that moves chips after the close", async () => {
    const { room, anna, client } = await table();
    expectYes(await client.bet("red", 100));
    for (const phase of ["closed", "spinning", "settled"] as const) {
      await playOut(room, client, phase);
      const before = await roomOf(room).holdings(anna.id);
      expectNo(await client.bet("red", 1), "bets_closed");
      expectNo(await client.bet("red", 50_000), "bets_closed");
      for (const type of ["undo", "clear", "double", "repeat"]) {
        expectNo(await client.ask({ type }), "bets_closed");
      }
      expectNo(await client.ask({ type: "call", name: "tiers", amount: 1 }), "bets_closed");
      expect(await roomOf(room).holdings(anna.id)).toEqual(before);
    }
    await expectConserved();
  });

  test("a spectator's, whatever it is", async () => {
    const { room } = await table();
    const watcher = await join(roomOf(room), null);
    const disk = await dump(room);
    for (const command of [bet("red", 1), { type: "undo" }, { type: "chat", text: "Hello" }, { type: "leave" }]) {
      expectNo(await watcher.ask(command), "spectator");
    }
    expectNo(await watcher.ask({ type: "entropy", value: "luck" }), "spectator");
    expect(watcher.welcomes[0]).toMatchObject({ you: null, seat: null, purse: null });
    expect(await dump(room)).toBe(disk);
  });
});

describe("a command id", () => {
  test("sent twice gets the same reply and has one effect, also after an eviction and in another tab", async () => {
    const { room, anna, client } = await table();
    const command = { ...bet("red", 10), id: "mine:1" };
    const first = await client.ask(command);
    expectYes(first);
    expect(await client.ask(command)).toEqual(first);
    client.raw(JSON.stringify([command, command]));
    await client.until(() => client.replies.length === 4, "both");
    const tab = await join(roomOf(room), anna);
    expect(await tab.ask(command)).toEqual(first);
    await evict(room);
    expect(await client.ask(command)).toEqual(first);
    expect(new Set(client.replies.map((reply) => JSON.stringify(reply))).size).toBe(1);
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: BUY_IN - 10, held: 10 });
    await expectConserved();
  });

  test("with another body is a conflict, and so it is after an eviction", async () => {
    const { room, anna, client } = await table();
    expectYes(await client.ask({ ...bet("red", 10), id: "mine:1" }));
    for (const other of [bet("red", 11), bet("black", 10), { type: "undo" }, { type: "chat", text: "x" }]) {
      expectNo(await client.ask({ ...other, id: "mine:1" }), "id_conflict");
    }
    expectNo(await client.ask({ ...bet("red", 10), id: "mine:1", entropy: "luck" }), "id_conflict");
    await evict(room);
    expectNo(await client.ask({ ...bet("red", 11), id: "mine:1" }), "id_conflict");
    expectYes(await client.ask({ ...bet("red", 10), id: "mine:1" }));
    expect(await roomOf(room).holdings(anna.id)).toMatchObject({ purse: BUY_IN - 10, held: 10 });
  });

  test("of another player is another id, and one that was refused is judged anew", async () => {
    const { room, client } = await table();
    const other = await join(roomOf(room), await newPlayer());
    expectNo(await client.ask({ type: "undo", id: "same:1" }), "nothing_to_undo");
    expectYes(await client.ask({ ...bet("red", 10), id: "same:1" }));
    expectYes(await other.ask({ ...bet("black", 20), id: "same:1" }));
    await client.until(() => client.view?.staked === 30, "both bets");
    await expectConserved();
  });
});
