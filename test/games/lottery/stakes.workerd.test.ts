import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { leafOf } from "../../../rooms/lottery/tickets.ts";
import { climb } from "../../../rooms/fair/merkle.ts";
import { verify } from "../../../rooms/verify.ts";
import { takeStakes } from "../../../src/queue/stakes.ts";
import type { Env } from "../../../src/env.ts";
import type { StakeCreated } from "../../../src/events.ts";
import { newPlayerId } from "../../../src/api/auth/random.ts";
import {
  consume,
  drawOut,
  emptied,
  letters,
  ring,
  silence,
  SMALL,
  stakeOf,
  stateOf,
  viewOf,
  watch,
  recordOf,
} from "./world.workerd.ts";
import { expectRefused, get } from "../../api/api.workerd.ts";
import { expectNo, expectYes } from "../../host/room-line.workerd.ts";
import {
  alarmOf,
  eventually,
  evict,
  holdClock,
  kill,
  letClockGo,
  newPlayer,
  onDisk,
  query,
  roomOf,
} from "../../host/room-world.workerd.ts";

beforeEach(holdClock);
afterEach(letClockGo);

const idsOf = async (room: string): Promise<string[]> => {
  const { waiting, started } = await stateOf(room);
  return [...(started?.tickets ?? []), ...waiting.tickets].map(({ id }) => id);
};

/** An event that may be made wrong. */
type Loose = {
  type: string;
  version?: unknown;
  source: string;
  payload: { player?: string; game: string; room: string; stake: unknown };
};

/** Two players. */
const pair = async (): Promise<[string, string]> => [(await newPlayer()).id, (await newPlayer()).id];

describe("a batch of stakes", () => {
  test("[L1] [L4] makes one ticket of each event, however often and in whatever order it comes", async () => {
    const anna = await newPlayer();
    const stakes = Array.from({ length: 12 }, (_, i) => stakeOf(anna.id, 10 + i));
    const doubled = [...stakes, ...stakes].reverse();
    expect((await consume("stakes", doubled)).acked).toHaveLength(24);
    expect((await consume("stakes", stakes.slice(3, 9))).acked).toHaveLength(6);
    await evict(SMALL, "close");
    expect((await consume("stakes", stakes)).acked).toHaveLength(12);
    await kill();
    expect((await consume("stakes", stakes)).acked).toHaveLength(12);
    const ids = await idsOf(SMALL);
    expect(ids.toSorted()).toEqual(stakes.map(({ id }) => id).toSorted());
    // The default lottery has them too, and the one for crash alone has none.
    expect((await idsOf("lottery:main")).toSorted()).toEqual(ids.toSorted());
    expect(await idsOf("lottery:crashers")).toEqual([]);
  });

  test("that comes twice at the same time makes its tickets once", async () => {
    const anna = await newPlayer();
    const stakes = Array.from({ length: 30 }, () => stakeOf(anna.id, 7));
    const before = (await viewOf("lottery:main")).waiting.stakes;
    await Promise.all([consume("stakes", stakes), consume("stakes", stakes.toReversed()), consume("stakes", stakes)]);
    expect((await viewOf("lottery:main")).waiting.stakes - before).toBe(30 * 7);
  });

  test("has its poison put away with the reason, one by one, and the rest of it goes on", async () => {
    const anna = await newPlayer();
    const good = [stakeOf(anna.id, 5), stakeOf(anna.id, 6), stakeOf(anna.id, 7)] as const;
    const with_ = (change: (event: Loose) => void): unknown => {
      const event: Loose = structuredClone(stakeOf(anna.id, 50));
      change(event);
      return event;
    };
    const poison: readonly (readonly [unknown, string])[] = [
      ["not an event", "not_an_event"],
      [null, "not_an_event"],
      [{ hello: 1 }, "not_an_event"],
      [with_((e) => (e.type = "player.stakeDeleted")), "unknown_type"],
      [with_((e) => (e.version = 2)), "unknown_version"],
      [with_((e) => delete e.version), "unknown_version"],
      [with_((e) => (e.payload.stake = -5)), "bad_event"],
      [with_((e) => (e.payload.stake = 1.5)), "bad_event"],
      [with_((e) => (e.payload.stake = 0)), "bad_event"],
      [with_((e) => (e.payload.stake = 2 ** 60)), "bad_event"],
      [with_((e) => (e.payload.stake = "7")), "bad_event"],
      [with_((e) => delete e.payload.player), "bad_event"],
      [with_((e) => (e.payload.room = "roulette:other")), "bad_event"],
      [with_((e) => (e.payload.game = "crash")), "bad_event"],
      [with_((e) => (e.source = e.payload.room = "roulette:nowhere")), "unknown_room"],
      [with_((e) => (e.payload.player = newPlayerId())), "unknown_player"],
      [with_((e) => (e.payload.player = "nobody")), "unknown_player"],
      [with_((e) => (e.payload.stake = 2_000_000_000_000)), "invalid_message"],
    ];
    const bodies = [
      good[0],
      ...poison.slice(0, 9).map(([body]) => body),
      good[1],
      ...poison.slice(9).map(([body]) => body),
      good[2],
    ];
    const before = await letters();
    expect((await consume("stakes", bodies)).acked).toHaveLength(bodies.length);
    const ids = await idsOf(SMALL);
    for (const { id } of good) expect(ids).toContain(id);
    const parked = (await letters()).slice(0, (await letters()).length - before.length);
    expect(parked.map(({ code }) => code).toReversed()).toEqual(poison.map(([, code]) => code));
    for (const letter of parked) {
      expect(letter).toMatchObject({ from: "stakes", topic: "stakes", replayedAt: null });
      expect(letter.reason.length).toBeGreaterThan(10);
    }
    expect(parked.toReversed().map(({ body }) => body)).toEqual(poison.map(([body]) => body));
    // Delivered again it is the same letter.
    await consume("stakes", bodies);
    const again = await letters();
    expect(again.filter(({ id }) => !id.startsWith("stakes:"))).toHaveLength(
      parked.filter(({ id }) => !id.startsWith("stakes:")).length + before.length,
    );
  });

  test("waits for a lottery that does not answer: in the queue a few times, then in its outbox, and never becomes a dead letter", async () => {
    const anna = await newPlayer();
    const stakes = [stakeOf(anna.id, 3), stakeOf(anna.id, 4)];
    silence(env.ROOM);
    const before = await letters();
    const delays: (number | undefined)[] = [];
    for (const attempts of [1, 2, 3, 4, 99]) {
      const { acked, again } = await consume("stakes", [...stakes, "poison"], attempts);
      expect(acked).toEqual(attempts < 4 ? [2] : [0, 1, 2]);
      expect(again.map(([place]) => place)).toEqual(attempts < 4 ? [0, 1] : []);
      delays.push(again[0]?.[1]);
    }
    expect(delays).toEqual([1, 2, 4, undefined, undefined]);
    const parked = (await letters()).slice(0, (await letters()).length - before.length);
    expect(parked.filter(({ code }) => code !== "not_an_event")).toEqual([]);
    vi.restoreAllMocks();
    expect((await consume("stakes", stakes, 100)).acked).toEqual([0, 1]);
    expect(await idsOf(SMALL)).toEqual(expect.arrayContaining(stakes.map(({ id }) => id)));
  });

  test("whose poison cannot be put away is not acknowledged", async () => {
    silence(env.DEAD_LETTERS);
    expect(await consume("stakes", ["poison"])).toMatchObject({ acked: [], again: [[0, 1]] });
  });

  test("that the platform has tried a hundred times is left to its outbox; what is no event is a dead letter", async () => {
    const anna = await newPlayer();
    const stake = stakeOf(anna.id, 3);
    const award = { type: "lotteryAwardCreated", id: "lottery:small:00aa:1" };
    const before = await letters();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect((await consume("dead-letters", [stake, award], 4)).acked).toEqual([0, 1]);
    expect((await letters()).slice(0, (await letters()).length - before.length)).toMatchObject([
      { id: award.id, topic: "awards", code: "unknown_version" },
    ]);
  });
});

describe("a draw", () => {
  test("[L1] [L6] goes from in_waiting by its own commitment, root and words to finished, and checks out", async () => {
    await emptied();
    const [anna, bert] = [await newPlayer(), await newPlayer()];
    const holder = await watch(SMALL, anna);
    expectNo(await holder.ask({ type: "entropy", value: "too soon" }), "entropy_frozen");
    const { round } = await stateOf(SMALL);
    const commitment = holder.table?.commitments.find((one) => one.round === round)?.hash;
    await consume("stakes", [stakeOf(anna.id, 4_000)]);
    await holder.until(() => holder.seat?.waiting.tickets === 1, "the ticket");
    expect((await viewOf(SMALL)).started).toBeNull();
    await consume("stakes", [stakeOf(bert.id, 6_000)]);
    await holder.until(() => holder.view?.started != null, "the start");
    const started = holder.view?.started;
    expect(started).toMatchObject({ draw: round, players: 2, tickets: 2, stakes: 10_000, prize: 1_000 });
    expect(holder.seat?.started).toMatchObject({ tickets: 1, stake: 4_000, weight: 4_000 });
    expectYes(await holder.ask({ type: "entropy", value: "my own words" }));
    // What comes now waits in the next draw. [L1]
    await consume("stakes", [stakeOf(bert.id, 500)]);
    await holder.until(() => holder.view?.waiting.tickets === 1, "the next draw's ticket");
    expect(holder.view?.started).toEqual(started);
    await drawOut(SMALL);
    await holder.until(() => holder.view?.started === null, "the draw");
    const [result] = holder.view?.history ?? [];
    const record = await recordOf(SMALL, round);
    expect(record.proof).toMatchObject({
      scheme: "seed",
      commitment,
      entropy: [{ player: anna.id, value: "my own words" }],
    });
    expect(result).toMatchObject({ draw: round, root: started?.root, prize: 1_000 });
    expect(record.outcome).toMatchObject({
      root: started?.root,
      prize: 1_000,
      award: { amount: 1_000, status: "played_out", player: result?.player },
    });
    const verdict = verify(await roomOf(SMALL).readRound(round, null), { commitment: commitment ?? "" });
    expect(verdict.steps.filter(({ ok }) => ok === false)).toEqual([]);
    expect(verdict).toMatchObject({ ok: true, void: false });
  });

  test("[L5] is drawn and its award put in the outbox in one commit, and a death right behind it loses neither", async () => {
    await emptied();
    const sent: unknown[] = [];
    const prototype = Object.getPrototypeOf(env.AWARDS) as Queue;
    vi.spyOn(prototype, "sendBatch").mockImplementation(async () => new Promise(() => undefined));
    const [anna, bert] = await pair();
    await consume("stakes", [stakeOf(anna, 4_000), stakeOf(bert, 4_000)]);
    const { round } = await stateOf(SMALL);
    await drawOut(SMALL);
    const rows = await query<{ topic: string; body: string }>(
      SMALL,
      "SELECT topic, body FROM outbox WHERE topic = 'awards'",
    );
    const awards = rows.flatMap(({ body }) => JSON.parse(body) as { payload: { draw: number } }[]);
    expect(awards.filter(({ payload }) => payload.draw === round)).toHaveLength(1);
    const [row] = await query<{ body: string }>(SMALL, "SELECT body FROM journal ORDER BY n DESC LIMIT 1");
    expect(row?.body).toContain('"drawn"');
    await kill();
    vi.restoreAllMocks();
    vi.spyOn(prototype, "sendBatch").mockImplementation(async (messages) => {
      sent.push(...[...messages].map(({ body }) => body));
      return { metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } };
    });
    await eventually(async () => {
      if ((await alarmOf(SMALL)) !== null) await ring(SMALL);
      expect(sent).toContainEqual(awards.find(({ payload }) => payload.draw === round));
    });
    await roomOf(SMALL).confirm(
      "awards",
      (sent as StakeCreated[]).map(({ id }) => id),
    );
  });

  test("[L1] two lotteries side by side: a draw of one touches nothing of the other", async () => {
    await emptied();
    const [anna, bert] = await pair();
    await consume("stakes", [stakeOf(anna, 4_000), stakeOf(bert, 4_000)]);
    const before = await stateOf("lottery:main");
    const crashers = await stateOf("lottery:crashers");
    await drawOut(SMALL);
    expect(await stateOf("lottery:main")).toEqual(before);
    expect(await stateOf("lottery:crashers")).toEqual(crashers);
    const there = [...(before.started?.tickets ?? []), ...before.waiting.tickets].map(({ player }) => player);
    expect(there).toEqual(expect.arrayContaining([anna, bert]));
  });

  test("[L3] that is too small when time is up keeps its tickets and sets no alarm until the next one", async () => {
    await emptied();
    const anna = await newPlayer();
    await consume("stakes", [stakeOf(anna.id, 40)]);
    const before = (await stateOf(SMALL)).waiting;
    // By the room's own clock, which does not go back with a test's.
    expect(before.endsAt).toBe((await onDisk(SMALL)).at + 120_000);
    while ((await stateOf(SMALL)).waiting.endsAt !== null) await ring(SMALL);
    expect((await stateOf(SMALL)).waiting).toEqual({ ...before, endsAt: null });
    await eventually(async () => expect(await alarmOf(SMALL)).toBeNull()); // once the last award is confirmed, too
    await consume("stakes", [stakeOf(anna.id, 1)]);
    expect((await stateOf(SMALL)).waiting.endsAt).toBe((await onDisk(SMALL)).at + 120_000);
    expect(await alarmOf(SMALL)).not.toBeNull();
  });
});

describe("a ticket of a finished draw", () => {
  test("[L6] is given with its path to the root by REST, and no other draw, round or place is", async () => {
    await emptied();
    const [anna, bert] = await pair();
    await consume("stakes", [stakeOf(anna, 4_000), stakeOf(bert, 3_000)]);
    const { round } = await stateOf(SMALL);
    await drawOut(SMALL);
    const path = `/api/rooms/lottery/small/rounds/${round}`;
    const { body: record } = await get(path);
    for (const [place, player, start] of [
      [0, anna, 0],
      [1, bert, 4_000],
    ] as const) {
      const { status, body } = await get(`${path}/tickets/${place}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ draw: round, place, size: 2, start, root: record.outcome.root, ticket: { player } });
      const leaf = leafOf(body.ticket, place, start);
      expect(climb(leaf, place, body.size, body.path)).toBe(record.outcome.root);
      expect(climb(leaf, 1 - place, body.size, body.path)).not.toBe(record.outcome.root);
    }
    expectRefused(await get(`${path}/tickets/2`), 404, "unknown_ticket");
    expectRefused(await get(`${path}/tickets/-1`), 422, "invalid_request");
    expectRefused(await get(`/api/rooms/lottery/small/rounds/9999/tickets/0`), 404, "unknown_round");
    expectRefused(await get(`/api/rooms/lottery/nobodys/rounds/1/tickets/0`), 404, "unknown_room");
  });
});

describe("a lottery", () => {
  test("takes no message that is none, from nobody but the consumer, and says so", async () => {
    const anna = await newPlayer();
    const before = await stateOf(SMALL);
    expect(await roomOf(SMALL).deliver([{ id: "x", message: { player: 7 } }])).toEqual([
      { ok: false, code: "invalid_message", message: expect.any(String) },
    ]);
    const holder = await watch(SMALL, anna);
    expectNo(
      await holder.ask({ type: "message", player: anna.id, game: "crash", room: "x:y", round: 1, stake: 5 }),
      "unknown_command",
    );
    expect(await stateOf(SMALL)).toEqual(before);
    const reply = await holder.ask({ type: "tickets" });
    expectYes(reply);
    expect(reply).toMatchObject({ result: { tickets: before.waiting.tickets.slice(0, 50), next: null } });
  });

  test("and no other game takes messages at all", async () => {
    expect(await roomOf("roulette:main").deliver([{ id: "x", message: stakeOf("a", 1).payload }])).toMatchObject([
      { ok: false, code: "invalid_message" },
    ]);
  });
});

describe("what a stake counts for", () => {
  test("[L2] is what the house gets of it in expectation: rake-free poker makes no ticket, and is done", async () => {
    const [ann, bob] = await pair();
    const edge: Env = { ...env, LOTTERY_WEIGHT_BY: "edge" };
    const wheel = stakeOf(ann, 370);
    const flight = stakeOf(bob, 1_000);
    const free = stakeOf(bob, 90_000);
    const events = [
      { ...wheel, payload: { ...wheel.payload, gainX10000: 100_000 } },
      { ...flight, payload: { ...flight.payload, gainX10000: 100_000 } },
      { ...free, payload: { ...free.payload, gainX10000: 0 } },
    ];
    const verdicts = await takeStakes(
      edge,
      events.map((body, i) => ({ id: String(i), body })),
    );
    expect(verdicts.map(({ type }) => type)).toEqual(["done", "done", "done"]);
    const { waiting, started } = await stateOf(SMALL);
    const mine = [...(started?.tickets ?? []), ...waiting.tickets].filter(
      ({ player }) => player === ann || player === bob,
    );
    expect(mine.map(({ player, stake, weight }) => [player, stake, weight])).toEqual([
      [ann, 370, 370],
      [bob, 370, 370],
    ]);
    await emptied(SMALL);
  });
});
