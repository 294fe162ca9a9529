import { beforeEach, describe, expect, test } from "vitest";
import { award, byText, range } from "./events.ts";
import { FeedWorld } from "./feed-world.ts";

let world: FeedWorld;
beforeEach(() => {
  world = new FeedWorld();
});

const text = (n: number): string => JSON.stringify(award(n));
const texts = (from: number, to: number): string[] => range(from, to).map(text);
const ids = (from: number, to: number): string[] => range(from, to).map((n) => award(n).id);
const offsets = (): Readonly<Record<string, number>> => world.loop.state().offsets;

const place = (offset: number): string => `kafka:lottery.v1.award:0:${offset}`;

describe("reading", () => {
  test("every partition is read from its start, and its events go to the queue in the same turn", async () => {
    world.topic.write(0, ...texts(1, 3));
    world.topic.write(1, ...texts(4, 5));
    await world.turn();
    expect(world.came.sort(byText)).toEqual(ids(1, 5));
    expect(offsets()).toEqual({ 0: 3, 1: 2 });
    expect(world.loop.state()).toMatchObject({ records: 5, lag: 0, outbox: 5, state: "ok" });
  });

  test("an event that the house has done with is forgotten at the next asking, and not sent again", async () => {
    world.topic.write(0, text(1));
    await world.turns(10);
    expect(world.came).toEqual(ids(1, 1));
    expect(world.loop.state().outbox).toBe(0);
  });

  test("an event is sent once however often it lies on the topic", async () => {
    world.topic.write(0, text(1), text(1));
    world.topic.write(1, text(1));
    await world.turns(3);
    expect(world.came).toEqual(ids(1, 1));
  });

  test("many records are read in many fetches of one turn, and go in packs that a queue takes", async () => {
    world.topic.perFetch = 50;
    world.topic.write(0, ...texts(1, 420));
    await world.turn();
    expect(world.came.sort(byText)).toEqual(ids(1, 420).sort(byText));
    expect(Math.max(...world.batches.map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  test("a pack stays below what a queue takes in bytes", async () => {
    const large = range(1, 9).map((n) => JSON.stringify({ ...award(n), more: "x".repeat(60_000) }));
    world.topic.write(0, ...large);
    await world.turn();
    expect(world.came.sort(byText)).toEqual(ids(1, 9));
    expect(Math.max(...world.batches.map(({ length }) => length))).toBe(3);
  });

  test("a turn ends after a while even if there is more, and the next one is at once", async () => {
    world.topic.perFetch = 1;
    world.topic.write(0, ...texts(1, 130));
    expect(await world.turn()).toBe(0);
    expect(world.topic.fetches).toBe(100);
    await world.turn();
    expect(world.came).toHaveLength(130);
  });

  test("a partition that is new is read from its start", async () => {
    world.topic.write(0, text(1));
    await world.turn();
    world.topic.write(2, text(2));
    await world.turns(2);
    expect(offsets()).toEqual({ 0: 1, 1: 0, 2: 1 });
    expect(world.came.sort(byText)).toEqual(ids(1, 2));
  });

  test("while the house is slow to settle, Kafka waits and the outbox does not grow for ever", async () => {
    world.queueFails = true;
    world.topic.perFetch = 1_000;
    world.topic.write(0, ...texts(1, 8_000));
    await world.turns(20);
    expect(world.loop.state().outbox).toBeLessThanOrEqual(6_000);
    world.queueFails = false;
    await world.turns(200);
    expect(new Set(world.came).size).toBe(8_000);
  });
});

describe("offsets", () => {
  test("are kept in the transaction that keeps the records: a death anywhere in between loses nothing", async () => {
    world.topic.write(0, ...texts(1, 3));
    // Before the answer of the fetch is in.
    world.topic.onFetch = () => {
      world.topic.away = true;
    };
    await world.turn();
    expect(offsets()).toEqual({ 0: 0, 1: 0 });
    world.topic.away = false;
    world.topic.onFetch = () => undefined;
    world.die();
    // Between the commit and the sending.
    world.onOut = () => {
      throw new Error("died");
    };
    await world.turn();
    expect(offsets()).toEqual({ 0: 3, 1: 0 });
    expect(world.came).toEqual([]);
    world.onOut = () => undefined;
    world.die();
    await world.turns(6);
    expect(world.came).toEqual(ids(1, 3));
  });

  test("do not move when the records cannot be kept", async () => {
    world.topic.write(0, text(1));
    world.disk.sql("CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    await world.turn();
    expect(offsets()).toEqual({ 0: 0, 1: 0 });
    expect(world.loop.state()).toMatchObject({ state: "failing", error: "the disk is full" });
    world.disk.sql("DROP TRIGGER full");
    await world.turns(2);
    expect(world.came).toEqual(ids(1, 1));
  });

  test("are taken back to the start by deleting them, and what comes again has no effect again", async () => {
    world.topic.write(0, ...texts(1, 30));
    await world.turns(6);
    expect(world.loop.state().outbox).toBe(0);
    world.disk.sql("DELETE FROM offsets");
    world.asked = [];
    world.loop.poke();
    await world.turns(2);
    expect(offsets()).toEqual({ 0: 30, 1: 0 });
    // The house was asked first: nothing was even sent.
    expect(world.came).toHaveLength(30);
    expect(world.asked.flat()).toHaveLength(30);
    expect(world.loop.state().outbox).toBe(0);
  });

  test("mean nothing on a topic that was made anew", async () => {
    world.topic.write(0, ...texts(1, 5));
    await world.turn();
    world.topic.again();
    world.topic.write(0, ...texts(6, 12));
    world.loop.poke();
    await world.turns(2);
    expect(offsets()).toEqual({ 0: 7, 1: 0 });
    expect(world.came.sort(byText)).toEqual(ids(1, 12).sort(byText));
  });

  test("out of range, below or above, begin at what is there", async () => {
    world.topic.write(0, ...texts(1, 5));
    await world.turn();
    world.topic.write(0, ...texts(6, 9));
    world.topic.cut(0, 7);
    world.loop.poke();
    await world.turns(2);
    expect(world.came).toEqual([...ids(1, 5), ...ids(8, 9)]);
    world.disk.sql("UPDATE offsets SET next = 400 WHERE partition = 0");
    world.loop.poke();
    await world.turns(2);
    expect(offsets()).toEqual({ 0: 9, 1: 0 });
    expect(new Set(world.came)).toEqual(new Set([...ids(1, 5), ...ids(8, 9)]));
  });
});

describe("poison", () => {
  test("is parked with where it was found, and the rest goes on", async () => {
    const odd = [
      null,
      "{",
      '"text"',
      JSON.stringify({ ...award(1), version: 2 }),
      JSON.stringify({ ...award(2), payload: { ...award(2).payload, amount: -1 } }),
      JSON.stringify({ ...award(3), type: "somethingElse" }),
      JSON.stringify({ ...award(4), more: "x".repeat(200_000) }),
      `{"id":"deep","type":"lotteryAwardCreated","more":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
    ];
    world.topic.write(0, ...odd, text(9));
    await world.turn();
    expect(world.letters.map(({ id, code }) => [id, code]).sort(byText)).toEqual(
      [
        [place(0), "not_an_event"],
        [place(1), "not_an_event"],
        [place(2), "not_an_event"],
        // By their places, not by the ids they say: an event of that id may be a good one elsewhere.
        [place(3), "unknown_version"],
        [place(4), "bad_event"],
        [place(5), "unknown_type"],
        [place(6), "too_large"],
        [place(7), "too_deep"],
      ].sort(byText),
    );
    expect(world.letters.every(({ from, topic }) => from === "kafka:lottery.v1.award" && topic === "awards")).toBe(
      true,
    );
    expect(world.letters.find(({ id }) => id === place(1))).toMatchObject({ body: "{" });
    expect(world.came).toEqual(ids(9, 9));
    expect(world.loop.state()).toMatchObject({ dead: 0, state: "ok", offsets: { 0: 9 } });
  });

  test("waits while the house does not take it, without holding up anything", async () => {
    world.houseFails = true;
    world.topic.write(0, "{", text(1));
    await world.turn();
    expect(world.came).toEqual(ids(1, 1));
    expect(world.loop.state()).toMatchObject({ dead: 1, state: "failing" });
    world.houseFails = false;
    world.die();
    await world.turns(3);
    expect(world.letters).toHaveLength(1);
    expect(world.loop.state()).toMatchObject({ dead: 0, state: "ok" });
  });
});

describe("sending", () => {
  test("what the queue lost is sent again after 3 s, 10 s, 30 s and every 60 s until the house has it", async () => {
    world.queueForgets = true;
    world.idleMaxMs = 600_000;
    world.topic.write(0, text(1));
    world.die();
    const began = world.now;
    const at: number[] = [];
    world.onOut = () => void at.push((world.now - began) / 1_000);
    for (let i = 0; i < 60 && at.length < 6; i++) await world.turn();
    expect(at).toEqual([0, 3, 13, 43, 103, 163]);
    world.queueForgets = false;
    for (let i = 0; i < 30 && world.loop.state().outbox > 0; i++) await world.turn();
    expect(world.loop.state().outbox).toBe(0);
    expect(world.settled).toEqual(new Set(ids(1, 1)));
  });

  test("a queue that takes nothing is tried again after 1, 2, 4, ... 30 s and then gets everything", async () => {
    world.queueFails = true;
    world.topic.write(0, ...texts(1, 3));
    const at: number[] = [];
    const began = world.now;
    world.onOut = () => void at.push((world.now - began) / 1_000);
    for (let i = 0; i < 60 && at.length < 8; i++) await world.turn();
    expect(at).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
    expect(world.loop.state()).toMatchObject({
      state: "failing",
      error: "the queue took no events: the queue is full",
    });
    world.queueFails = false;
    await world.turns(4);
    expect(world.came).toEqual(ids(1, 3));
    expect(world.loop.state().state).toBe("ok");
  });

  test("a house that is away keeps what was sent, and new events go all the same", async () => {
    world.topic.write(0, text(1));
    await world.turn();
    world.houseFails = true;
    world.topic.write(0, text(2));
    await world.turns(8);
    expect(world.came).toEqual(ids(1, 2));
    expect(world.loop.state()).toMatchObject({ outbox: 2, state: "failing" });
    world.houseFails = false;
    await world.turns(10);
    expect(world.loop.state()).toMatchObject({ outbox: 0, state: "ok" });
  });
});

describe("the loop", () => {
  test("looks again after 0.25 s, 0.5 s, 1 s, ... up to the longest pause, and a poke begins anew", async () => {
    world.loop.poke();
    expect(await world.turns(8)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    world.loop.poke();
    expect(await world.turns(3)).toEqual([250, 500, 1_000]);
  });

  test("an object that begins anew is idle at once, and awake when there was something", async () => {
    expect(await world.turns(2)).toEqual([10_000, 10_000]);
    world.topic.write(0, text(1));
    expect(await world.turn()).toBe(250);
  });

  test("a poke in the middle of a turn is not lost", async () => {
    await world.turn();
    world.loop.poke();
    world.topic.onFetch = () => {
      world.topic.onFetch = () => undefined;
      // Too late for this answer.
      world.topic.write(0, text(1));
      world.loop.poke();
    };
    await world.turn();
    expect(world.came).toEqual(ids(1, 1));
  });

  test("backs off to 30 s while no broker answers, and has forgotten it as soon as one does", async () => {
    world.topic.away = true;
    expect(await world.turns(7)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    expect(world.loop.state()).toMatchObject({ state: "failing", error: "no broker answers" });
    world.topic.away = false;
    world.topic.write(0, text(1));
    await world.turn();
    expect(world.loop.state()).toMatchObject({ state: "ok", error: null });
    world.topic.away = true;
    expect(await world.turn()).toBe(1_000);
  });

  test("holds no connection between turns, whatever became of the turn", async () => {
    world.topic.write(0, text(1));
    for (const away of [false, true, false, true]) {
      world.topic.away = away;
      await world.turns(3);
      expect(world.topic.open).toBe(0);
    }
    expect(world.topic.opened).toBeGreaterThan(4);
  });

  test("reports when the state changes, and else with every look, every 5 s at most; each says when the next one comes", async () => {
    for (let i = 0; i < 12; i++) await world.turn();
    const quiet = world.reports.length;
    const times = world.reports.map(({ at }) => at);
    for (const [i, at] of times.slice(1).entries()) {
      expect(at - (times[i] ?? 0)).toBeGreaterThanOrEqual(5_000);
      expect(at - (times[i] ?? 0)).toBeLessThanOrEqual(10_000);
      expect(world.reports[i]?.next).toBeGreaterThan(at);
    }
    world.topic.away = true;
    await world.turn();
    world.topic.away = false;
    await world.turns(2);
    const states = world.reports.slice(quiet).map(({ state }) => state);
    expect(states.filter((state, i) => state !== states[i - 1])).toEqual(["failing", "ok"]);
    expect(world.reports[0]).toMatchObject({
      topic: "awards",
      direction: "from-kafka",
      error: null,
      records: 0,
      lag: 0,
    });
  });
});
