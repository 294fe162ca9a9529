import { recordFor } from "../../../rooms/kernel/settlement.ts";
import { describe, expect, test } from "vitest";
import { lottery } from "../../../rooms/lottery/index.ts";
import { ann, bob, cy, dee, Driver, eve, refused } from "./driver.ts";
import { LotteryRoom } from "./room.ts";

/** Nothing is staked in a lottery, so nothing is given back: a void draw's tickets go on to the next one. */

const THREE = { players: 3, minPlayers: 2, timeLimitMs: 60_000, drawMs: 5_000, capPerPlayer: 1_000, prizeShare: 3_333 };

describe("a void draw", () => {
  test("[L3] that was started gives its tickets to the next one, in front of those that came since", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.stakes(dee, ann);
    const all = [...one.started.tickets, ...one.state.waiting.tickets];
    one.pass(1_000);
    expect(one.void()).toBe("ok");
    expect(one.state.waiting.tickets).toStrictEqual(all);
    expect(one.view()).toMatchObject({ round: 2, started: null, history: [] });
    expect(one.view().waiting).toMatchObject({
      draw: 2,
      players: 4,
      stakes: 50,
      weight: 50,
      endsAt: one.now + 60_000,
    });
    expect(one.published).toEqual([]);
  });

  test("[L2] weighs them by the cap again: what two draws had of a player is one player's now", () => {
    const one = new Driver({ ...THREE, capPerPlayer: 15 });
    one.stakes(ann, bob, cy);
    one.stake(ann, 12);
    one.stake(dee, 400);
    expect(one.view()).toMatchObject({ started: { weight: 30 }, waiting: { weight: 27 } });
    one.void();
    expect(one.state.waiting.tickets.map(({ player, weight }) => [player, weight])).toEqual([
      [ann, 10],
      [bob, 10],
      [cy, 10],
      [ann, 5],
      [dee, 15],
    ]);
    expect(one.view().waiting.weight).toBe(50);
  });

  test("[L2] of more tickets than a player may have keeps them all; the next stake goes into the last of them", () => {
    const one = new Driver(THREE);
    for (let i = 0; i < 15; i++) one.stakes(ann);
    one.stakes(bob, cy);
    for (let i = 0; i < 15; i++) one.stakes(ann);
    one.void();
    expect(one.seat(ann).waiting).toMatchObject({ tickets: 30, stake: 300 });
    expect(one.seat(ann).waiting.last).toHaveLength(20);
    one.stake(ann, 7);
    expect(one.started.tickets.at(-1)).toMatchObject({ player: ann, stake: 17, stakes: 2 });
  });

  test("[L2] gives back what was carried into it: not a part of a unit is lost", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.draw();
    const { carry } = one.state;
    expect(carry).toBe(9_990);
    one.stakes(ann, bob, cy);
    expect(one.started.carriedIn).toBe(carry);
    expect(one.state.carry).not.toBe(carry);
    one.void();
    expect(one.state.carry).toBe(carry);
    one.stake(ann, 10);
    expect(one.started).toMatchObject({
      stakes: 40,
      prize: Math.floor((40 * 3_333 + carry) / 10_000),
      carriedIn: carry,
    });
  });

  test("[L1] that was only gathering keeps its tickets and its place in time begins anew; the number moves on", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob);
    one.pass(40_000);
    one.void();
    expect(one.view()).toMatchObject({ round: 2, waiting: { draw: 2, players: 2, endsAt: one.now + 60_000 } });
    one.pass(60_000);
    expect(one.started.players).toBe(2);
    expect(one.draw(1).ticket).toBe(0);
    expect(one.view().history.map(({ draw }) => draw)).toEqual([2]);
  });

  test("[L1] with enough players is not started over by the void: the next ticket does it, or time", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.void();
    expect(one.state.started).toBeNull();
    one.stake(ann);
    expect(one.commits.at(-1)?.map(({ type }) => type)).toEqual(["ticket", "started"]);
    const other = new Driver(THREE);
    other.stakes(ann, bob, cy);
    other.void();
    other.pass(60_000);
    expect(other.started.players).toBe(3);
  });

  test("without a ticket is refused: there is no round", () => {
    const one = new Driver(THREE);
    expect(one.void()).toEqual(refused("no_round"));
    one.stakes(ann, bob, cy);
    one.draw();
    expect(one.void()).toEqual(refused("no_round"));
    one.stake(ann);
    expect(one.void()).toBe("ok");
  });

  test("in a pause starts nothing, and is ready when it is resumed", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.pause();
    one.void();
    one.pass(600_000);
    expect(one.state.started).toBeNull();
    one.resume();
    expect(one.started.players).toBe(3);
  });

  test("[L6] takes its words with it: who spoke for it speaks anew for the next, under another seed", () => {
    const room = new LotteryRoom(THREE);
    room.come(ann);
    for (const player of [ann, bob, cy]) room.deliver(player);
    expect(room.codeOf(room.send(ann, { type: "entropy", value: "one" }))).toBe("ok");
    room.input({ type: "order", order: { type: "void", reason: "a test" } });
    expect(room.codeOf(room.send(ann, { type: "entropy", value: "two" }))).toBe("entropy_frozen");
    room.deliver(dee);
    expect(room.codeOf(room.send(ann, { type: "entropy", value: "two" }))).toBe("ok");
    room.step();
    expect(room.finished.map(({ n, void: isVoid, entropy }) => [n, isVoid, entropy.map(({ value }) => value)])).toEqual(
      [
        [1, true, ["one"]],
        [2, false, ["two"]],
      ],
    );
    expect(room.finished[0]?.seed).not.toBe(room.finished[1]?.seed);
    for (const round of room.finished) room.record(round);
  });

  test("says why in its record, with all its tickets, and sends nothing outside", () => {
    const room = new LotteryRoom(THREE);
    for (const player of [ann, bob, cy]) room.deliver(player);
    const { root } = room.state.started ?? {};
    room.input({ type: "order", order: { type: "void", reason: "the wheel fell off" } });
    const [round] = room.finished;
    if (round === undefined) throw new Error("it is over");
    const { outcome } = room.record(round);
    expect(outcome).toMatchObject({
      void: "the wheel fell off",
      root,
      stakes: 30,
      prize: 0,
      number: null,
      ticket: null,
      award: null,
      tickets: { length: 3 },
    });
    expect(room.published).toEqual([]);
  });
});

test("a fault stops the lottery for good: its draw is void, no ticket is taken any more, and who sends one hears so", () => {
  const room = new LotteryRoom(THREE);
  for (const player of [ann, bob, cy]) room.deliver(player, 10, `event-${player}`);
  room.input({ type: "fault", reason: "a test" });
  expect(room.finished).toMatchObject([{ n: 1, void: true, kept: [] }]);
  expect(recordFor(lottery, room.finished[0]?.kept ?? [], null)).toBeNull();
  expect(room.deliver(dee)).toMatchObject({ ok: false, code: "faulted" });
  expect(room.deliver(ann, 10, "event-ann"), "[L4] but for one that was taken").toMatchObject({ ok: true });
  expect(room.due).toBeNull();
  room.pass(3_600_000);
  expect(room.published).toEqual([]);
  expect(room.codeOf(room.send(eve, { type: "tickets" }))).toBe("faulted");
});
