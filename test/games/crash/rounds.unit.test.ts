import { keptOf, publishedOf } from "../../kit/step.ts";
import { recordFor } from "../../../rooms/kernel/settlement.ts";
import { describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import type { Event } from "../../../rooms/crash/events.ts";
import { ann, bob, cy, Driver, ms, refused } from "./driver.ts";

const SHORT = { bettingMs: 5_000, pauseMs: 2_000 };

describe("the phases", () => {
  test("[C1] an empty lobby waits, and nothing is due in it", () => {
    const lobby = new Driver();
    expect(lobby.view().phase).toEqual({ name: "waiting" });
    expect(crash.rules.deadlines(lobby.state)).toEqual([]);
    lobby.pass(86_400_000);
    expect(lobby.journal).toEqual([]);
    expect(lobby.state.round).toBe(1);
  });

  test("[C1] the first bet starts the countdown, later ones do not move it", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 10);
    expect(lobby.view().phase).toEqual({ name: "betting", startsAt: lobby.now + 5_000 });
    const { phase } = lobby.view();
    lobby.pass(4_000);
    lobby.bet(bob, 10);
    expect(lobby.view().phase).toEqual(phase);
  });

  test("[C1] betting -> running -> crashed -> waiting, each at its instant, and the round counts up with the crash", () => {
    const lobby = new Driver(SHORT);
    const first = lobby.now;
    lobby.bet(ann, 10);
    lobby.launch(200);
    expect(lobby.now).toBe(first + 5_000);
    expect(lobby.view().phase).toEqual({ name: "running", startedAt: first + 5_000 });
    expect(lobby.state.round).toBe(1);
    lobby.runTo("crashed");
    expect(lobby.now).toBe(first + 5_000 + 11_553);
    expect(lobby.view().phase).toEqual({
      name: "crashed",
      startedAt: first + 5_000,
      endX100: 200,
      nextAt: first + 5_000 + 11_553 + 2_000,
    });
    expect(lobby.state.round).toBe(2);
    lobby.runTo("waiting");
    expect(lobby.now).toBe(first + 5_000 + 11_553 + 2_000);
    expect(crash.rules.deadlines(lobby.state)).toEqual([]);
    expect(lobby.types()).toEqual(["placed", "opened", "launched", "ended", "ready"]);
  });

  test("[C1] [C3] a flight that busts at 1.00 ends the moment it starts, and nobody is paid", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 10, 1.01);
    lobby.bet(bob, 10);
    lobby.play(100);
    expect(lobby.profit(ann) + lobby.profit(bob)).toBe(-20);
    expect(lobby.house).toBe(20);
    expect(lobby.view().history).toEqual([{ round: 1, endX100: 100, bustX100: 100, forced: false }]);
  });

  test("[C1] when every bet was cancelled the countdown runs out, no flight starts, and the lobby rests", () => {
    const lobby = new Driver(SHORT);
    const bet = lobby.placed(ann, 10);
    lobby.cancel(ann, bet);
    lobby.pass(60_000);
    expect(lobby.types()).toEqual(["placed", "opened", "cancelled", "ready"]);
    expect(lobby.view().phase).toEqual({ name: "waiting" });
    expect(lobby.state.round).toBe(1);
    lobby.bet(bob, 5);
    expect(lobby.view().phase).toMatchObject({ name: "betting", startsAt: lobby.now + 5_000 });
  });

  test("[C1] a late joiner gets phase, start instant, bets and their own bet, and nothing of the end", () => {
    const lobby = new Driver(SHORT);
    const bet = lobby.placed(ann, 10, 3);
    lobby.bet(bob, 20);
    lobby.launch(12_345);
    lobby.flyTo(150);
    expect(lobby.view()).toEqual({
      config: lobby.state.config,
      round: 1,
      phase: { name: "running", startedAt: lobby.flight.startedAt },
      board: {
        top: [
          { player: bob, bet: 2, amount: 20, outX100: null },
          { player: ann, bet, amount: 10, outX100: null },
        ],
        players: 2,
        bets: 2,
        staked: 30,
        out: 0,
        paid: 0,
      },
      last: null,
      history: [],
    });
    expect(lobby.seat(ann).bets).toEqual([{ id: bet, amount: 10, targetX100: 300, by: "hand", out: null }]);
    expect(lobby.seat(cy)).toEqual({ bets: [], queued: [], strategy: null, plan: null, stopped: null, last: null });
  });
});

describe("late and repeated alarms", () => {
  test("[C1] a flight starts when its launch fires: an alarm that is an hour late takes nobody's seconds in the air", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 10);
    lobby.late(3_600_000);
    expect(lobby.flight.startedAt).toBe(lobby.now);
  });

  test("[C1] what opens after a long sleep counts from now, and at most the open round is finished", () => {
    const lobby = new Driver(SHORT);
    lobby.bring(ann, 1_000);
    lobby.command(ann, { type: "strategy", amount: 10, autoCashout: 2 });
    lobby.launch(150);
    lobby.late(86_400_000);
    expect(lobby.state.round).toBe(2);
    expect(lobby.view().phase).toEqual({ name: "betting", startsAt: lobby.now + 5_000 });
  });

  test("[C6] a deadline that comes again, comes early, or is of another phase changes nothing", () => {
    const lobby = new Driver(SHORT);
    const stale = (name: string, at: number): void => {
      const before = lobby.state;
      lobby.input({ type: "deadline", name, at: ms(at) });
      expect(lobby.state).toBe(before);
    };
    const names = ["launch", "targets", "end", "ready", "spin"];
    const startsAt = lobby.now + 5_000;
    lobby.bet(ann, 10, 1.5);
    stale("launch", startsAt);
    for (const name of names) stale(name, lobby.now);
    lobby.launch(200);
    stale("launch", startsAt);
    stale("end", lobby.flight.endAt);
    for (const name of names) stale(name, lobby.now);
    const { endAt } = lobby.flight;
    lobby.runTo("crashed");
    stale("end", endAt);
    for (const name of names) stale(name, lobby.now);
    lobby.runTo("waiting");
    for (const name of names) stale(name, lobby.now);
  });
});

describe("a restart", () => {
  test("[C12] replayed from its journal at any event, the lobby is the same and its flight goes on to the same end", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 60, minForceX100: 101 });
    lobby.bring(cy, 500);
    lobby.bet(ann, 30, 1.8);
    lobby.bet(bob, 40);
    lobby.command(cy, { type: "strategy", amount: 20, autoCashout: 1.2, rounds: 2 });
    lobby.launch(230);
    lobby.flyTo(130);
    lobby.cashOut(bob);
    lobby.bet(bob, 7);
    lobby.runTo("crashed");
    lobby.bet(ann, 9);
    lobby.play(100);
    lobby.runTo("waiting");
    expect(new Set(lobby.types())).toEqual(
      new Set("placed opened strategy launched targetsMet cashedOut queued forceMoved ended ready".split(" ")),
    );

    const rows = JSON.parse(JSON.stringify(lobby.journal)) as unknown[];
    let state = crash.rules.initial(lobby.state.config);
    const seen = [state];
    for (const row of rows) seen.push((state = crash.rules.evolve(state, crash.event.parse(row))));
    expect(state).toStrictEqual(lobby.state);
    for (const [i, kept] of seen.entries()) {
      const woken = JSON.parse(JSON.stringify(kept)) as typeof kept;
      const rest = lobby.journal
        .slice(i)
        .reduce((before: typeof kept, event: Event) => crash.rules.evolve(before, event), woken);
      expect(rest).toStrictEqual(lobby.state);
      expect(crash.rules.deadlines(woken)).toEqual(crash.rules.deadlines(kept));
    }
  });

  test("[C12] a flight that slept through its crash ends where it was drawn to, with the same amounts", () => {
    const amounts = [0, 60_000, 86_400_000].map((late) => {
      const lobby = new Driver(SHORT);
      lobby.bet(ann, 100, 2.5);
      lobby.bet(bob, 100, 2.51);
      lobby.launch(250);
      lobby.late(11_000);
      lobby.late(20_000 + late);
      return [lobby.profit(ann), lobby.profit(bob), lobby.house, lobby.view().history, lobby.result(ann)];
    });
    expect(amounts[0]?.slice(0, 3)).toEqual([150, -100, -50]);
    expect(amounts[1]).toEqual(amounts[0]);
    expect(amounts[2]).toEqual(amounts[0]);
  });
});

describe("pause and resume", () => {
  test("[C1] a paused lobby ends its flight normally, takes no bets, gives back what was queued, and stays in waiting", () => {
    const lobby = new Driver(SHORT);
    lobby.bring(cy, 100);
    lobby.bet(ann, 10, 1.5);
    lobby.command(cy, { type: "strategy", amount: 10, autoCashout: 2 });
    lobby.launch(200);
    lobby.bet(bob, 20);
    lobby.pause();
    for (const player of [ann, bob]) expect(lobby.bet(player, 10)).toEqual(refused("paused"));
    expect(lobby.command(bob, { type: "strategy", amount: 10, autoCashout: 2 })).toEqual(refused("paused"));
    lobby.pass(60_000);
    expect(lobby.view().phase).toEqual({ name: "waiting" });
    expect(lobby.profit(ann)).toBe(5);
    expect([lobby.held(bob), lobby.profit(bob)]).toEqual([0, 0]);
    expect(lobby.seat(bob).queued).toEqual([]);
    expect(lobby.state.board.bets).toBe(0);
    lobby.resume();
    expect(lobby.view().phase).toEqual({ name: "betting", startsAt: lobby.now + 5_000 });
    expect(lobby.seat(cy).bets).toHaveLength(1);
  });

  test("[C7] in a paused lobby one can still cancel, and cash out", () => {
    const lobby = new Driver(SHORT);
    const bet = lobby.placed(ann, 10);
    lobby.bet(bob, 10);
    lobby.pause();
    expect(lobby.cancel(ann, bet)).toBe("ok");
    lobby.launch(200);
    lobby.flyTo(150);
    expect(lobby.cashOut(bob)).toBe("ok");
    expect(lobby.profit(bob)).toBe(5);
  });
});

describe("a void round", () => {
  test("[C12] in betting gives every stake back, stops strategies, and the next round opens with the next bet", () => {
    const lobby = new Driver(SHORT);
    lobby.bring(cy, 100);
    lobby.bet(ann, 10);
    lobby.bet(ann, 20, 2);
    lobby.command(cy, { type: "strategy", amount: 30, autoCashout: 2 });
    expect(lobby.input({ type: "void", reason: "a test" })).toBe("ok");
    expect([ann, cy].map((player) => [lobby.held(player), lobby.profit(player)])).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(lobby.house).toBe(0);
    expect(lobby.seat(cy)).toMatchObject({ strategy: null, stopped: "voided" });
    expect(lobby.seat(ann).last).toMatchObject({ round: 1, endX100: null });
    expect(lobby.view()).toMatchObject({ round: 2, phase: { name: "waiting" }, history: [], last: null });
    expect(crash.rules.deadlines(lobby.state)).toEqual([]);
    lobby.bet(ann, 10);
    lobby.play(150);
    expect(lobby.view().history).toEqual([{ round: 2, endX100: 150, bustX100: 150, forced: false }]);
  });

  test("[C12] in flight gives back what is in the air and what was queued; what was cashed out stays paid", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 1.2);
    lobby.bet(ann, 50);
    const mine = lobby.placed(bob, 40);
    lobby.launch(10_000);
    lobby.flyTo(150);
    lobby.cashOut(bob, mine);
    lobby.bet(cy, 33);
    expect(lobby.input({ type: "void", reason: "a test" })).toBe("ok");
    expect([ann, bob, cy].map((player) => lobby.profit(player))).toEqual([20, 20, 0]);
    expect([ann, bob, cy].map((player) => lobby.held(player))).toEqual([0, 0, 0]);
    expect(lobby.house).toBe(-40);
    expect(lobby.result(ann).map(({ out }) => out?.paid ?? null)).toEqual([120, null]);
    expect(lobby.seat(cy).queued).toEqual([]);
    expect(crash.rules.deadlines(lobby.state)).toEqual([]);
    expect(lobby.cashOut(bob, mine)).toEqual(refused("no_bet"));
    expect(lobby.cashOut(ann)).toEqual(refused("no_bet"));
  });

  test("[C8] leaves nothing of its exposure behind", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100, minForceX100: 200 });
    for (let i = 0; i < 3; i++) {
      expect(lobby.bet(ann, 60)).toBe("ok");
      expect(lobby.bet(bob, 41)).toEqual(refused("above_table_maximum"));
      if (i === 1) lobby.launch(10_000);
      lobby.input({ type: "void", reason: "a test" });
    }
    expect(lobby.state.risk).toEqual({ now: 0, next: 0 });
  });

  test("is refused while no bet is on, whatever is queued", () => {
    const lobby = new Driver(SHORT);
    expect(lobby.input({ type: "void", reason: "a test" })).toEqual(refused("no_round"));
    lobby.bet(ann, 10);
    lobby.launch(150);
    lobby.runTo("crashed");
    lobby.bet(bob, 10);
    expect(lobby.input({ type: "void", reason: "a test" })).toEqual(refused("no_round"));
    expect(lobby.held(bob)).toBe(10);
  });

  test("says why in its record, and sends nothing outside", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 10, 1.5);
    lobby.launch(300);
    lobby.flyTo(200);
    const event = { type: "voided", round: 1, reason: "a test" } as const;
    expect(publishedOf(crash, lobby.state, event, "crash:main")).toEqual([]);
    const kept = keptOf(crash, lobby.state, event);
    expect(recordFor(crash, [kept], null)).toMatchObject({
      void: "a test",
      bustX100: null,
      endX100: null,
      forced: false,
    });
    expect(recordFor(crash, [], null)).toBeNull();
  });
});
