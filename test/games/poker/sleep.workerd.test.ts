import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { SEED_BYTES } from "../../../rooms/fair/draw.ts";
import type { PlayerId } from "../../../rooms/game.ts";
import { playerStub } from "../../../src/objects/stubs.ts";
import {
  allHeard,
  calls,
  comeBack,
  dealt,
  folds,
  newSitter,
  over,
  playUntil,
  pullUp,
  recordOf,
  stateOf,
  type Chair,
  type Habit,
  type Sitter,
} from "./client.workerd.ts";
import { expectYes } from "../../host/room-line.workerd.ts";
import { expectConserved } from "../../host/room-oracle.workerd.ts";
import {
  alarmOf,
  dump,
  eventually,
  evict,
  fire,
  heard,
  GRANT,
  holdClock,
  inside,
  kill,
  letClockGo,
  newRoom,
  onDisk,
  pass,
  players,
  roomOf,
  rooms,
} from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const MINUTE_MS = 60_000;
const GRACE_MS = 15_000;
const ENDS = ["hibernate", "close", "kill"] as const;

type Pair = { readonly room: string; readonly anna: Sitter; readonly bert: Sitter };

/** Two people with 5,000 each in seats 1 and 4, and a house player between them. */
async function pair(config = {}): Promise<Pair> {
  const room = await newRoom(config, "poker");
  const [anna, bert] = [await newSitter(room), await newSitter(room)];
  expectYes(await anna.chair.sit(1, 5_000));
  expectYes(await bert.chair.sit(4, 5_000));
  expectYes(await bert.chair.addBot(3));
  return { room, anna, bert };
}

/** But for the time that it gives to who is to act. */
function ungraced(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, inner: unknown) =>
    key === "actBy" || key === "bankBy" || key === "graced" ? null : inner,
  );
}

// ---- the same evening twice ----

const ROOM = "poker:the-same-evening";
const IDS = ["samesitter1", "samesitter2"] as const;

const random = crypto.getRandomValues.bind(crypto);

/** Room and players as if they had never been: the very same names, secrets and instants, so that an evening can be had again. */
async function newEvening(at: number): Promise<[Sitter, Sitter]> {
  vi.setSystemTime(at);
  let secrets = 0;
  vi.spyOn(crypto, "getRandomValues").mockImplementation((into) => {
    if (!(into instanceof Uint8Array) || into.length !== SEED_BYTES) return random(into);
    secrets += 1;
    return into.fill(secrets);
  });
  rooms.add(ROOM);
  await roomOf(ROOM).setUp({});
  const sitters: Sitter[] = [];
  for (const [i, name] of IDS.entries()) {
    const id = name as PlayerId; // a name that no account gets
    players.add(id);
    const session = { id: "s1", expiresAt: at + 86_400_000 };
    await playerStub(env, id).enter({ id, name: `Sitter ${i}`, account: null, grant: GRANT, session, replaces: null });
    sitters.push({ id, name: `Sitter ${i}`, chair: await pullUp(ROOM, { id, name: `Sitter ${i}` }) });
  }
  const [anna, bert] = sitters;
  if (anna === undefined || bert === undefined) throw new Error("nobody came");
  return [anna, bert];
}

/** Takes the evening back. */
async function forget(): Promise<void> {
  await inside(ROOM, async (_, { storage }) => {
    await storage.deleteAlarm();
    await storage.deleteAll();
  });
  for (const id of IDS) {
    const stub: unknown = playerStub(env, id as PlayerId);
    await runInDurableObject(stub as DurableObjectStub, async (_, { storage }) => storage.deleteAll());
  }
  await kill();
}

/** All that a client was told, in order; how it was cut into frames is a matter of the moment. */
function told({ frames, view, seat, table, purse }: Chair): unknown {
  const steps = frames.flatMap((frame) => (frame.type === "events" ? frame.events : []));
  const own = frames.flatMap((frame) => (frame.type === "own" ? (frame.events ?? []) : []));
  const replies = frames.flatMap((frame) => {
    if (frame.type !== "reply") return [];
    const { id: _, ...rest } = frame;
    return [rest];
  });
  return { steps, own, replies, view, seat, table, purse };
}

/** One hand or two with raises, refusals, pre-actions and a house player. `between`: after every message and every alarm. */
async function evening(at: number, between: () => Promise<void>): Promise<unknown> {
  const [anna, bert] = await newEvening(at);
  const chairs = [anna.chair, bert.chair];
  const then = async (): Promise<void> => {
    await allHeard(ROOM, chairs);
    await between();
  };
  for (const [chair, command] of [
    [anna.chair, { type: "sit", seat: 0, buyIn: 5_000, entropy: "the first words" }],
    [bert.chair, { type: "sit", seat: 2, buyIn: 4_000, entropy: "the second words" }],
    [bert.chair, { type: "addBot", seat: 4 }],
  ] as const) {
    expectYes(await chair.ask(command));
    await then();
  }
  const rounds: unknown[] = [];
  let n = 0;
  const habit: Habit = (chair) => {
    n += 1;
    const raise = chair.turn?.raise ?? null;
    return n % 4 === 2 && raise !== null ? { type: "raise", to: raise.least } : calls(chair);
  };
  for (let hand = 1; hand <= 2; hand += 1) {
    await playUntil(ROOM, chairs, dealt, habit, then);
    for (const chair of chairs) {
      if (chair.isOn) continue;
      await chair.ask({ type: "raise", to: 700 }); // out of turn
      await then();
      await chair.ask({ type: "preAction", action: "callAny" });
      await then();
    }
    await playUntil(ROOM, chairs, over, habit, then);
    await fire(ROOM);
    await then();
    rounds.push(await recordOf(ROOM, hand, anna.id), await recordOf(ROOM, hand));
    if (anna.chair.view?.phase.name === "waiting") break; // there is nobody left to play with
  }
  const { state, purses, house, seq } = await onDisk(ROOM);
  await expectConserved();
  return JSON.parse(
    JSON.stringify({ told: chairs.map(told), rounds, state, purses: [...purses], house, seq }),
  ) as unknown;
}

describe("a table whose object goes away", () => {
  test("after every message and every alarm tells everybody the same as one that stays", async () => {
    const at = Date.now() + 60 * MINUTE_MS; // alarms keep real time: none of either evening's is due in it
    let evictions = 0;
    const woken = await evening(at, async () => {
      evictions += 1;
      await evict(ROOM);
    });
    await forget();
    const stayed = await evening(at, async () => {});
    expect(evictions).toBeGreaterThan(20);
    expect(woken).toEqual(stayed);
    await forget();
  });

  describe.each(["preflop", "flop", "turn", "river", "over"] as const)("in a hand, %s", (street) => {
    test.each(ENDS)("by %s wakes with the same hand, and gives everybody the same seat and cards", async (end) => {
      const { room, anna, bert } = await pair();
      const watcher = await pullUp(room, null);
      const chairs = [anna.chair, bert.chair];
      await playUntil(room, chairs, dealt);
      await playUntil(room, chairs, (view) => over(view) || view.hand?.street === street);
      if (street !== "over" && anna.chair.view !== null && over(anna.chair.view))
        throw new Error("both would not fold");
      const [view, alarm, before] = [anna.chair.view, await alarmOf(room), await onDisk(room)];
      const seats = chairs.map(({ seat }) => seat);
      expect(anna.chair.cards).toHaveLength(2);

      if (end === "kill") await kill();
      else await evict(room, end);
      if (end !== "hibernate") for (const chair of [...chairs, watcher]) await chair.closed();
      const back: Chair[] = [];
      for (const who of [anna, bert]) back.push(end === "hibernate" ? who.chair : await comeBack(room, who, who.chair));
      await allHeard(room, back);
      for (const chair of back) await chair.received();

      // Whose turn it was has lost the connection in it, and has more time for that. [P12]
      const turn = view?.hand?.turn ?? null;
      const graced = end !== "hibernate" && [1, 4].includes(turn?.seat ?? -1);
      const more = graced ? GRACE_MS : 0;
      const same = graced ? ungraced : (value: unknown): unknown => value;
      expect(back.map((chair) => chair.seat)).toEqual(seats);
      expect(back.map((chair) => same(chair.view))).toEqual([same(view), same(view)]);
      expect(back[0]?.turn?.actBy).toBe(turn === null ? undefined : turn.actBy + more);
      expect(back[0]?.view).toMatchObject((await roomOf(room).describe()).view as object);
      const after = await onDisk(room);
      expect(same(after.state)).toEqual(same(before.state));
      expect([after.purses, after.house, after.round.entropy, after.round.opened]).toEqual([
        before.purses,
        before.house,
        before.round.entropy,
        before.round.opened,
      ]);
      expect(await alarmOf(room)).toBe((alarm ?? Number.NaN) + more);
      await playUntil(room, back, over);
      await fire(room);
      expect((await recordOf(room, 1)).void).toBe(false);
      await expectConserved();
    });
  });
});

test("[P12] who loses the connection and comes back by another has the same seat, cards and chips", async () => {
  const { room, anna, bert } = await pair();
  const chairs = [anna.chair, bert.chair];
  await playUntil(room, chairs, dealt);
  const [seat, { cards }] = [anna.chair.seat, anna.chair];
  expect(cards).toHaveLength(2);
  anna.chair.close();
  await bert.chair.until(() => bert.chair.view?.seats[1]?.away === true, "away");
  expect(bert.chair.view?.seats[1]?.cards).toBe("hidden");
  pass(3_000);
  const [resumed, fresh] = [await comeBack(room, anna, anna.chair), await pullUp(room, anna)];
  await bert.chair.until(() => bert.chair.view?.seats[1]?.away === false, "back");
  await allHeard(room, [resumed, fresh, bert.chair]);
  for (const chair of [resumed, fresh]) {
    expect(chair.cards).toEqual(cards);
    expect(chair.seat).toEqual(seat);
    expect(chair.view).toEqual(bert.chair.view);
  }
  // A stranger in the next seat gets none of it.
  const stranger = await newSitter(room);
  expect(stranger.chair.seat).toMatchObject({ seat: null, cards: [] });
  await playUntil(room, [resumed, bert.chair], over);
  await expectConserved();
});

describe("[P19] a table where nothing is played", () => {
  test("sets no alarm, writes nothing, and sleeps with every socket open", async () => {
    const room = await newRoom({}, "poker");
    const [anna, bert] = [await newSitter(room), await newSitter(room)];
    expectYes(await anna.chair.sit(0, 5_000));
    await eventually(async () => expect((await onDisk(room)).purses.get(anna.id)?.transfer).toBeNull());
    await allHeard(room, [anna.chair, bert.chair]);
    expect(await alarmOf(room)).toBeNull();
    const before = await dump(room);
    await evict(room); // fails while anything still runs in there
    pass(60 * MINUTE_MS);
    for (const { chair } of [anna, bert]) await chair.received();
    expect((await roomOf(room).stats()).counters).toMatchObject({ batches: 0, rowsWritten: 0 });
    expect(await dump(room)).toBe(before);
    expect(await alarmOf(room)).toBeNull();
    expect([anna.chair.closedWith, bert.chair.closedWith]).toEqual([null, null]);
    expect(anna.chair.view).toMatchObject({ round: 1, phase: { name: "waiting" }, hand: null });
  });
});

describe("[P20] house players", () => {
  test("deal a lone visitor in within five seconds of the first message", async () => {
    const room = await newRoom({ minPlayers: 3 }, "poker");
    const opened = Date.now();
    const anna = await newSitter(room);
    // Who sits calls them, and nobody else.
    expect(await anna.chair.addBot(2)).toMatchObject({ ok: false, code: "not_seated" });
    expect(await alarmOf(room)).toBeNull(); // not without a person
    expectYes(await anna.chair.sit(0, 5_000));
    expectYes(await anna.chair.addBot(2));
    expectYes(await anna.chair.addBot(4));
    await fire(room);
    await anna.chair.phase("playing");
    expect(anna.chair.cards).toHaveLength(2);
    expect(Date.now() - opened).toBeLessThan(5_000);
    expect(anna.chair.view?.seats.map((seat) => seat?.bot)).toEqual([
      false,
      undefined,
      true,
      undefined,
      true,
      undefined,
    ]);
    // They act at a pace that an eye can follow, and never at once.
    const { at } = (await stateOf(room)).hand ?? { at: Number.NaN };
    if (!anna.chair.isOn) {
      await fire(room);
      expect(Date.now() - at).toBeGreaterThanOrEqual(700);
      expect(Date.now() - at).toBeLessThanOrEqual(3_000);
    }
    await expectConserved();
  });

  test("stop when the last person stands up: their seats are free, and the table sleeps", async () => {
    const room = await newRoom({}, "poker");
    const anna = await newSitter(room);
    expectYes(await anna.chair.sit(0, 5_000));
    expectYes(await anna.chair.addBot(2));
    expectYes(await anna.chair.addBot(4));
    await allHeard(room, [anna.chair]);
    await playUntil(room, [anna.chair], over, folds);
    expectYes(await anna.chair.ask({ type: "stand" }));
    await playUntil(room, [anna.chair], ({ phase }) => phase.name === "waiting");
    expect(anna.chair.view?.seats.every((seat) => seat === null)).toBe(true);
    expectYes(await anna.chair.ask({ type: "leave" }));
    await eventually(async () => expect(await expectConserved()).toMatchObject({ held: 0, purses: 0, transfers: 0 }));
    expect(await alarmOf(room)).toBeNull();
  });

  test("stop when the last person is gone for good, whose chips are sent home", async () => {
    const room = await newRoom({}, "poker");
    const anna = await newSitter(room);
    expectYes(await anna.chair.sit(0, 5_000));
    expectYes(await anna.chair.addBot(2));
    await playUntil(room, [anna.chair], dealt, folds);
    anna.chair.close();
    await eventually(async () => expect((await stateOf(room)).seats[0]?.awaySince).not.toBeNull());
    const busy = async (): Promise<boolean> => {
      const { seats, hand } = await stateOf(room);
      return hand !== null || seats.some((seat) => seat !== null);
    };
    for (let steps = 0; await busy(); steps += 1) {
      if (steps > 300) throw new Error("house players play by themselves");
      await fire(room);
    }
    const { seats, round, hand } = await stateOf(room);
    expect([hand, seats.every((seat) => seat === null)]).toEqual([null, true]);
    expect(round).toBeLessThan(30);
    await eventually(async () => {
      const sums = await expectConserved();
      expect(sums).toMatchObject({ held: 0, purses: 0, transfers: 0, wallets: GRANT - sums.house });
      await heard(room);
      expect(await alarmOf(room)).toBeNull();
    });
  });
});
