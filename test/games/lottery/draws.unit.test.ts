import { describe, expect, test } from "vitest";
import { lottery } from "../../../rooms/lottery/index.ts";
import { ann, bob, cy, dee, Driver, eve, ms, playerId } from "./driver.ts";

const THREE = { players: 3, minPlayers: 2, timeLimitMs: 60_000, drawMs: 5_000, capPerPlayer: 1_000, prizeShare: 5_000 };

describe("a draw", () => {
  test("[L1] goes from in_waiting to started to finished, and its award is played out", () => {
    const one = new Driver(THREE);
    const phases = [lottery.lobby.summary(one.state).phase];
    one.stakes(ann, bob, cy);
    phases.push(lottery.lobby.summary(one.state).phase);
    expect(one.view()).toMatchObject({ round: 1, started: { draw: 1, players: 3, tickets: 3, stakes: 30, prize: 15 } });
    one.draw(10);
    phases.push(lottery.lobby.summary(one.state).phase);
    expect(phases).toEqual(["in_waiting", "started", "in_waiting"]);
    const [result] = one.view().history;
    expect(result).toMatchObject({ draw: 1, player: bob, ticket: 1, number: 10, prize: 15, at: one.now });
    expect(one.view()).toMatchObject({ round: 2, started: null, waiting: { draw: 2, tickets: 0, endsAt: null } });
    expect(one.types()).toEqual(["ticket", "ticket", "ticket", "started", "drawn"]);
  });

  test("[L1] starts when so many different players have tickets, however many tickets there are", () => {
    const one = new Driver(THREE);
    for (let i = 0; i < 30; i++) one.stakes(ann, bob);
    expect(one.view()).toMatchObject({ started: null, waiting: { players: 2 } });
    one.stake(cy);
    expect(one.view().started).toMatchObject({ players: 3, stakes: 610 });
    expect(
      one.commits.at(-1)?.map(({ type }) => type),
      "in the commit of the last ticket",
    ).toEqual(["ticket", "started"]);
  });

  test("[L1] starts when time is up and the minimum is met, and not before", () => {
    const one = new Driver(THREE);
    one.stake(ann);
    const { endsAt } = one.view().waiting;
    expect(endsAt).toBe(one.now + 60_000);
    one.pass(30_000);
    one.stake(bob);
    expect(one.view().waiting.endsAt, "the first ticket's clock").toBe(endsAt);
    one.pass(29_999);
    expect(one.state.started).toBeNull();
    one.pass(1);
    expect(one.started).toMatchObject({ players: 2, at: endsAt, drawsAt: (endsAt ?? 0) + 5_000 });
  });

  test("[L1] of one player starts by itself where one is enough", () => {
    const one = new Driver({ ...THREE, players: 1, minPlayers: 1 });
    one.stake(ann);
    expect(one.draw(9)).toMatchObject({ ticket: 0 });
    expect(one.view().history[0]).toMatchObject({ player: ann, prize: 5 });
  });

  test("[L1] that is started stays as it is while tickets come: they wait in the next one", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    const closed = structuredClone(one.started);
    one.stakes(ann, dee);
    one.stake(ann, 500);
    expect(one.started).toStrictEqual(closed);
    expect(one.tickets("started")).toMatchObject({ draw: 1, tickets: closed.tickets });
    expect(one.tickets("waiting").tickets.map(({ player, stake }) => [player, stake])).toEqual([
      [ann, 10],
      [dee, 10],
      [ann, 500],
    ]);
    one.draw(29);
    expect(one.view().history[0]).toMatchObject({ draw: 1, player: cy, stakes: 30, tickets: 3 });
    expect(one.view().waiting).toMatchObject({ draw: 2, players: 2, stakes: 520, tickets: 3 });
  });

  test("[L1] is started at once when the one before is drawn, if it has gathered enough meanwhile", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.stakes(dee, eve, ann, bob);
    expect(one.started.players, "the one before goes first").toBe(3);
    expect(one.view().started?.draw).toBe(1);
    one.draw();
    expect(one.commits.at(-1)?.map(({ type }) => type)).toEqual(["drawn", "started"]);
    expect(one.view()).toMatchObject({ round: 2, started: { draw: 2, players: 4, at: one.now } });
    one.draw();
    expect(one.view().history.map(({ draw }) => draw)).toEqual([2, 1]);
  });

  test("[L1] whose time was up while another was drawn starts behind it, with time for words", () => {
    const one = new Driver({ ...THREE, timeLimitMs: 3_000, drawMs: 20_000 });
    one.stakes(ann, bob, cy);
    one.stakes(dee, eve);
    one.pass(19_999);
    expect(one.view()).toMatchObject({ round: 1, waiting: { players: 2, endsAt: one.now - 16_999 } });
    one.pass(1);
    expect(one.view()).toMatchObject({ round: 2, started: { draw: 2, at: one.now, drawsAt: one.now + 20_000 } });
  });

  test("[L1] keeps the last 50 before it in sight", () => {
    const one = new Driver({ ...THREE, players: 1, minPlayers: 1, drawMs: 100 });
    for (let i = 0; i < 55; i++) {
      one.stake(ann);
      one.draw();
    }
    expect(one.view().history.map(({ draw }) => draw)).toEqual(Array.from({ length: 50 }, (_, i) => 55 - i));
  });
});

describe("two lotteries side by side", () => {
  test("[L1] a draw touches its own tickets alone", () => {
    const [one, other] = [new Driver(THREE, "lottery:main"), new Driver(THREE, "lottery:other")];
    for (const both of [one, other]) both.stakes(ann, bob);
    const before = structuredClone(other.state);
    one.stake(cy);
    one.draw(29);
    one.stakes(dee, eve);
    expect(other.state).toStrictEqual(before);
    other.stake(dee);
    other.draw(0);
    expect(one.view().history.map(({ player }) => player)).toEqual([cy]);
    expect(other.view().history.map(({ player }) => player)).toEqual([ann]);
    const awards = [one, other].map(({ published }) => published.map(({ payload }) => payload));
    expect(awards).toMatchObject([
      [{ lottery: "main", draw: 1, player: cy }],
      [{ lottery: "other", draw: 1, player: ann }],
    ]);
    expect(new Set(awards.flat().map((payload) => (payload as { award: string }).award)).size).toBe(2);
  });
});

describe("below the minimum", () => {
  test("[L3] a draw rolls over when time is up: its tickets keep their places", () => {
    const one = new Driver({ ...THREE, minPlayers: 3 });
    one.stakes(ann, bob, ann);
    const { tickets } = structuredClone(one.state.waiting);
    one.pass(60_000);
    expect(one.types().at(-1)).toBe("rolled");
    expect(one.state.waiting.tickets).toStrictEqual(tickets);
    expect(one.view()).toMatchObject({ round: 1, waiting: { draw: 1, players: 2, stakes: 30, endsAt: null } });
    one.stake(cy);
    expect(one.started.tickets.slice(0, 3)).toStrictEqual(tickets);
  });

  test("[L3] it waits for the next ticket and not for the clock: no alarm is set, and that ticket starts the clock anew", () => {
    const one = new Driver(THREE);
    one.stake(ann);
    one.pass(60_000);
    expect(lottery.rules.deadlines(one.state)).toEqual([]);
    one.pass(86_400_000);
    expect(one.types()).toEqual(["ticket", "rolled"]);
    one.stake(ann);
    expect(one.view().waiting.endsAt).toBe(one.now + 60_000);
    one.pass(60_000);
    expect(one.types()).toEqual(["ticket", "rolled", "ticket", "rolled"]);
    one.stake(bob);
    one.pass(60_000);
    expect(one.started).toMatchObject({ players: 2, stakes: 30 });
  });

  test("[L3] an empty lottery has no clock at all", () => {
    const one = new Driver(THREE);
    expect(lottery.rules.deadlines(one.state)).toEqual([]);
    one.pass(86_400_000);
    one.stakes(ann, bob, cy);
    one.draw();
    expect(lottery.rules.deadlines(one.state)).toEqual([]);
    expect(one.types()).toHaveLength(5);
  });
});

describe("time", () => {
  test("[L1] a late alarm ends no draw early and starts none late: instants count from when it comes", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob);
    one.late(3_600_000);
    expect(one.started, "there is still time for words").toMatchObject({ at: one.now, drawsAt: one.now + 5_000 });
    one.late(3_600_000);
    expect(one.view().history[0]).toMatchObject({ at: one.now, prize: 10 });
    expect(one.types()).toEqual(["ticket", "ticket", "started", "drawn"]);
  });

  test("[L3] after days of sleep at most the started draw is finished, and the next one starts or rolls over", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.stakes(dee);
    one.late(7 * 86_400_000);
    expect(one.types().slice(4)).toEqual(["ticket", "drawn", "rolled"]);
    const other = new Driver(THREE);
    other.stakes(ann, bob, cy);
    other.stakes(dee, eve);
    other.late(7 * 86_400_000);
    expect(other.types().slice(4)).toEqual(["ticket", "ticket", "drawn", "started"]);
    expect(other.started.drawsAt).toBe(other.now + 5_000);
  });

  test("[L1] an alarm of another draw, of another name or before its time changes nothing", () => {
    const one = new Driver({ ...THREE, timeLimitMs: 3_000 });
    const stale = (...ats: readonly number[]): void => {
      const before = one.state;
      for (const name of ["draw", "time", "spin", "toString"]) {
        for (const at of ats) expect(one.input({ type: "deadline", name, at: ms(at) })).toBe("ok");
      }
      expect(one.state).toBe(before);
    };
    stale(one.now);
    one.stakes(ann, bob);
    stale(one.now, one.now + 3_000);
    const endsAt = one.now + 3_000;
    one.stake(cy);
    const { drawsAt } = one.started;
    stale(one.now, endsAt, drawsAt);
    one.stakes(dee, eve, ann);
    one.draw();
    expect(one.view().started?.draw).toBe(2);
    stale(endsAt, drawsAt, one.started.drawsAt);
    one.draw();
    stale(endsAt, drawsAt);
  });
});

describe("a pause", () => {
  test("lets the started draw end normally, and starts none", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob, cy);
    one.stakes(dee, eve, ann);
    one.pause();
    one.draw(5);
    expect(one.view()).toMatchObject({ round: 2, started: null, history: [{ player: ann }] });
    one.stakes(bob);
    one.pass(600_000);
    expect(one.view()).toMatchObject({ started: null, waiting: { players: 4, tickets: 4 } });
    expect(
      lottery.rules.deadlines(one.state).every(({ unlessPaused }) => unlessPaused),
      "it sleeps",
    ).toBe(true);
  });

  test("still turns stakes into tickets: they were made elsewhere, and none is lost", () => {
    const one = new Driver(THREE);
    one.pause();
    one.stakes(ann, bob, cy, dee);
    expect(one.state.started).toBeNull();
    one.resume();
    expect(
      one.commits.at(-1)?.map(({ type }) => type),
      "[L1] at once",
    ).toEqual(["started"]);
    expect(one.started).toMatchObject({ players: 4, stakes: 40 });
  });

  test("[L3] that outlasts the clock ends with it: time is up as it is resumed", () => {
    const one = new Driver(THREE);
    one.stakes(ann, bob);
    one.pause();
    one.pass(300_000);
    one.resume();
    one.late(0);
    expect(one.started).toMatchObject({ at: one.now, players: 2 });
  });
});

describe("the games filter", () => {
  test("takes stakes of these games alone; the others are taken, and make no ticket", () => {
    const one = new Driver({ ...THREE, games: ["poker", "crash"] });
    for (const game of ["roulette", "lottery", "", "toString"]) expect(one.stake(ann, 10, game)).toBe("ok");
    expect(one.journal).toEqual([]);
    for (const game of ["poker", "crash"]) one.stake(ann, 10, game);
    expect(one.view().waiting).toMatchObject({ players: 1, tickets: 2 });
  });

  test("of nothing takes every game's", () => {
    const one = new Driver(THREE);
    for (const game of ["roulette", "poker", "snakes"]) one.stake(ann, 10, game);
    expect(one.view().waiting.tickets).toBe(3);
  });
});

describe("the list of tickets", () => {
  test("[L7] is given fifty at a time, in their places", () => {
    const one = new Driver({ ...THREE, players: 100 });
    expect(one.tickets("waiting")).toEqual({ draw: 1, tickets: [], next: null });
    expect(one.tickets("started")).toEqual({ draw: null, tickets: [], next: null });
    for (let i = 0; i < 60; i++) one.stake(playerId(`p${i}`), i + 1);
    const first = one.tickets("waiting");
    expect([first.tickets.length, first.next]).toEqual([50, 50]);
    const rest = one.tickets("waiting", 50);
    expect([rest.tickets.length, rest.next]).toEqual([10, null]);
    expect([...first.tickets, ...rest.tickets]).toEqual(one.state.waiting.tickets);
    expect(one.tickets("waiting", 10)).toMatchObject({ next: null, tickets: { length: 50 } });
    expect(one.tickets("waiting", 1_000)).toMatchObject({ next: null, tickets: [] });
  });

  test("[L7] a player's seat has their own: how many, how heavy, and the last twenty one by one", () => {
    const one = new Driver({ ...THREE, capPerPlayer: 35 });
    one.stakes(ann, bob);
    one.stake(ann, 100);
    expect(one.seat(ann)).toEqual({
      waiting: {
        tickets: 2,
        stake: 110,
        weight: 35,
        last: [
          { place: 0, stake: 10, weight: 10 },
          { place: 2, stake: 100, weight: 25 },
        ],
      },
      started: null,
    });
    one.stake(cy);
    expect(one.seat(ann)).toMatchObject({ waiting: { tickets: 0 }, started: { tickets: 2, weight: 35 } });
    expect(one.seat(dee)).toEqual({ waiting: { tickets: 0, stake: 0, weight: 0, last: [] }, started: null });
  });
});

test("a config whose minimum is above its number of players is none", () => {
  expect(lottery.config.safeParse({ players: 2, minPlayers: 3 }).success).toBe(false);
  expect(lottery.config.safeParse({ players: 3, minPlayers: 3 }).success).toBe(true);
  expect(lottery.config.safeParse({}).success).toBe(true);
});
