import Ajv from "ajv";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { get, newGuest, post, connect } from "./api.workerd.ts";
import { between, flyTo, newPilot, wordFor } from "../games/crash/client.workerd.ts";
import { consume, drawOut, emptied, SMALL, stakeOf, watch } from "../games/lottery/world.workerd.ts";
import { allHeard, calls, dealt, newSitter, over, playUntil } from "../games/poker/client.workerd.ts";
import { join } from "../host/room-client.workerd.ts";
import { expectNo, expectYes } from "../host/room-line.workerd.ts";
import { holdClock, letClockGo, newPlayer, newRoom, pass, playOut, roomOf } from "../host/room-world.workerd.ts";

/** What the AsyncAPI document says of the sockets, held against the frames of rooms that are played in. */

type Schema = Readonly<Record<string, unknown>>;
type Talker = { readonly frames: readonly unknown[]; raw(data: string | ArrayBuffer): void };

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
let messages: Readonly<Record<string, { readonly payload: Schema }>> = {};

beforeEach(async () => {
  holdClock();
  ({ messages } = (await get("/api/asyncapi.json")).body.components);
});
afterEach(letClockGo);

/** The names of one channel's messages, those that the house sends or those that it takes. */
async function namesOf(channel: string, action: "send" | "receive"): Promise<readonly string[]> {
  const { operations } = (await get("/api/asyncapi.json")).body as {
    operations: Record<string, { channel: { $ref: string }; action: string; messages: { $ref: string }[] }>;
  };
  const found = Object.values(operations).find(
    (one) => one.action === action && one.channel.$ref === `#/channels/${channel}`,
  );
  return (found?.messages ?? []).map(({ $ref }) => $ref.slice($ref.lastIndexOf("/") + 1));
}

/** The same without leave for more: what the house sends may grow, but not without being told in the document. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const { properties, ...rest } = schema as Schema;
  const parts = Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, closed(part)]));
  if (typeof properties !== "object" || properties === null) return parts;
  const within = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, closed(one)]));
  return { additionalProperties: false, ...parts, properties: within };
}

/** What of these no message of the channel describes. */
async function strangers(channel: string, action: "send" | "receive", frames: readonly unknown[]): Promise<unknown[]> {
  const names = await namesOf(channel, action);
  const tests = names.map((name) => ajv.compile(closed(messages[name]?.payload ?? {}) as Schema));
  return frames.filter((frame) => !tests.some((fits) => fits(frame)));
}

/** From now on everything that this one sends is kept. */
function tapped(talker: Talker): unknown[] {
  const sent: unknown[] = [];
  const raw = talker.raw.bind(talker);
  vi.spyOn(talker, "raw").mockImplementation((data) => {
    if (typeof data === "string") sent.push(...[JSON.parse(data)].flat());
    raw(data);
  });
  return sent;
}

const typesOf = (frames: readonly unknown[]): Set<string> =>
  new Set(frames.map((frame) => (frame as { readonly type: string }).type));

async function expectDescribed(channel: string, talkers: readonly Talker[], sent: readonly unknown[]): Promise<void> {
  const heard = talkers.flatMap(({ frames }) => frames);
  expect(typesOf(heard).has("welcome") && typesOf(heard).has("events")).toBe(true);
  expect(await strangers(channel, "send", heard)).toEqual([]);
  expect(await strangers(channel, "receive", sent)).toEqual([]);
}

describe("[7] AsyncAPI tells every frame of a room's socket", () => {
  test("roulette: bets, a refusal, chat, the spin, and a spectator", async () => {
    const room = await newRoom();
    const anna = await join(roomOf(room), await newPlayer());
    const watcher = await join(roomOf(room), null);
    const sent = tapped(anna);
    expectYes(await anna.ask({ type: "bet", bets: [{ spot: "red", amount: 50 }], entropy: "mine" }));
    expectYes(await anna.ask({ type: "call", name: "tiers", amount: 5 }));
    expectYes(await anna.ask({ type: "undo" }));
    expectYes(await anna.ask({ type: "autoRepeat", rounds: 2 }));
    expectYes(await anna.ask({ type: "who", spot: "red" }));
    expectYes(await anna.ask({ type: "chat", text: "hello" }));
    expectNo(await anna.ask({ type: "bet", bets: [{ spot: "no such spot", amount: 5 }] }), "illegal_spot");
    await playOut(room, anna);
    await anna.until(() => anna.seat?.paid !== null, "the pay-out");
    await expectDescribed("rouletteRoom", [anna, watcher], sent);
    expect([...typesOf(anna.frames)].sort()).toEqual(["events", "own", "purse", "reply", "welcome"]);
  });

  test("crash: a flight with a cash-out, a target and a strategy", async () => {
    const room = await newRoom({}, "crash");
    const [anna, bert] = [await newPilot(room), await newPilot(room)];
    const sent = [tapped(anna.flyer), tapped(bert.flyer)];
    const entropy = await wordFor(room, anna.id, between(300, 400));
    expectYes(await anna.flyer.bet(100, { entropy }));
    expectYes(await bert.flyer.ask({ type: "strategy", amount: 20, autoCashout: 1.5, onLoss: 2, rounds: 3 }));
    const flyers = [anna.flyer, bert.flyer];
    await flyTo(room, "running", flyers);
    pass(2_000);
    expectYes(await anna.flyer.cashout());
    expectYes(await anna.flyer.ask({ type: "bets" }));
    await flyTo(room, "crashed", flyers);
    await expectDescribed("crashRoom", flyers, sent.flat());
  });

  test("poker: a hand to its showdown, with a house player", async () => {
    const room = await newRoom({}, "poker");
    const [anna, bert] = [await newSitter(room), await newSitter(room)];
    const chairs = [anna.chair, bert.chair];
    const sent = chairs.map(tapped);
    expectYes(await anna.chair.sit(0, 5_000));
    expectYes(await bert.chair.sit(3, 4_000));
    expectYes(await anna.chair.addBot(1));
    await allHeard(room, chairs);
    await playUntil(room, chairs, dealt);
    await playUntil(room, chairs, over, calls);
    expectYes(await anna.chair.ask({ type: "sitOut", when: "nextBigBlind" }));
    await expectDescribed("pokerRoom", chairs, sent.flat());
  });

  test("lottery: tickets, a draw, and who holds some", async () => {
    await emptied();
    const [anna, bert] = [await newPlayer(), await newPlayer()];
    const holder = await watch(SMALL, anna);
    const sent = tapped(holder);
    await consume("stakes", [stakeOf(anna.id, 1_000), stakeOf(bert.id, 500)]);
    await holder.until(() => holder.view?.started !== null, "the start");
    expectYes(await holder.ask({ type: "entropy", value: "mine" }));
    await drawOut(SMALL);
    await holder.until(() => (holder.view?.history.length ?? 0) > 0, "the draw");
    await expectDescribed("lotteryRoom", [holder], sent);
  });

  test("a socket that resumes", async () => {
    const room = await newRoom();
    const who = await newPlayer();
    const before = await join(roomOf(room), who);
    await before.bet("red", 10);
    const { seq, epoch, view, seat, table, purse, welcomes } = before;
    await before.until(() => before.seq >= 0, "a number");
    const from = { view, seat, table, seq, purse, welcomes };
    const after = await join(roomOf(room), who, { query: `?since=${seq}&epoch=${epoch}`, from });
    await after.until(() => typesOf(after.frames).has("resumed"), "the resumption");
    expect(await strangers("rouletteRoom", "send", after.frames)).toEqual([]);
  });

  test("and what is none of them is told from them", async () => {
    const room = await newRoom();
    const anna = await join(roomOf(room), await newPlayer());
    const [welcome] = anna.welcomes;
    const wrong = [{ ...welcome, view: null }, { ...welcome, more: 1 }, { type: "purse", chips: 1.5, balance: 0 }, {}];
    expect(await strangers("rouletteRoom", "send", [welcome, ...wrong])).toEqual(wrong);
    const commands = [{ type: "undo" }, { id: "none", type: "undo" }, { id: "abcd:1", type: "fold" }];
    expect(await strangers("rouletteRoom", "receive", [{ id: "abcd:1", type: "undo" }, ...commands])).toEqual(commands);
    expect(await strangers("pokerRoom", "receive", [{ id: "abcd:1", type: "fold" }])).toEqual([]);
  });
});

describe("[7] AsyncAPI tells every frame of the personal socket", () => {
  test("the welcome, a new entry of the statement, and changed limits", async () => {
    const { token } = await newGuest();
    const { body } = await post("/api/me/ticket", { token });
    const socket = await connect(`/api/me/socket?ticket=${body.ticket}`);
    const frames = [await socket.next("welcome")];
    expect((await post("/api/balance/faucet", { token })).status).toBe(200);
    frames.push(await socket.next("balance"));
    expect((await post("/api/me/limits", { token, body: { lossPerDay: 5_000 } })).status).toBe(200);
    frames.push(await socket.next("limits"));
    expect(await strangers("personal", "send", frames)).toEqual([]);
    expect(await strangers("personal", "send", [{ type: "reality", minutes: 5, staked: 1, net: -1 }])).toHaveLength(1);
    socket.close();
  });
});
