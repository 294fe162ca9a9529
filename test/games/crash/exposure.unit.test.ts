import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import { forcePoint, profitAt } from "../../../rooms/crash/exposure.ts";
import type { Bet } from "../../../rooms/crash/types.ts";
import { chips } from "../../../rooms/game.ts";
import { ann, bitsFor, bob, cy, Driver, playerId, refused } from "./driver.ts";
import { exactElapsed, exactProfits } from "./exact.ts";

const SHORT = { bettingMs: 5_000, pauseMs: 2_000 };

const bet = (amount: number, targetX100: number | null, out: Bet["out"] = null): Bet => ({
  id: 1,
  amount: chips(amount),
  targetX100,
  by: "hand",
  out,
});

describe("the force point", () => {
  test.each([
    [[bet(100, null)], 100, 200],
    [[bet(100, null)], 99, 199],
    [[bet(100, null), bet(100, null)], 100, 150],
    [[bet(100, 150), bet(100, null)], 100, 150],
    [[bet(100, 120), bet(100, null)], 100, 180],
    [[bet(100, 200)], 100, 50_000],
    [[bet(100, 201)], 100, 200],
    [[], 1, 50_000],
    // 3 at 1.34 is 4: rounded down, the profit comes in steps.
    [[bet(3, null)], 1, 166],
  ])("[C8] of %j within %i is %i hundredths", (bets, maxProfit, x100) => {
    expect(forcePoint({ maxProfit, maxX100: 50_000 }, bets)).toBe(x100);
  });

  test("[C8] is the highest multiplier at which all profits are covered, and one hundredth more breaks the limit", () => {
    const one = fc.record({
      amount: fc.integer({ min: 1, max: 1_000 }).map(chips),
      targetX100: fc.option(fc.integer({ min: 101, max: 3_000 })),
      out: fc.constant(null),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), fc.integer({ min: 1, max: 20_000 }), (bets, maxProfit) => {
        const maxX100 = 20_000;
        const all = bets.map(({ amount, targetX100 }) => bet(amount, targetX100));
        const point = forcePoint({ maxProfit, maxX100 }, all);
        expect(exactProfits(all, point) <= BigInt(maxProfit)).toBe(true);
        expect(point === maxX100 || exactProfits(all, point + 1) > BigInt(maxProfit)).toBe(true);
        for (const each of all) expect(BigInt(profitAt(each, point))).toBe(exactProfits([each], point));
      }),
      { seed: 2_026, numRuns: 1_000 },
    );
  });

  test("[C8] ends the flight before the limit is passed: everyone in the air is paid there, and it is told as forced", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100, minForceX100: 101 });
    lobby.bet(ann, 100);
    lobby.bet(bob, 100, 1.3);
    lobby.bet(cy, 50, 5);
    lobby.launch(100_000);
    // 30 for bob, then 70 between 100 and 50: at 1.46 ann has 46 and cy 23, at 1.47 they would have 70.5.
    expect(lobby.flight.forceX100).toBe(147);
    lobby.runTo("crashed");
    expect([ann, bob, cy].map((player) => lobby.profit(player))).toEqual([47, 30, 23]);
    expect(lobby.house).toBe(-100);
    expect(lobby.result(ann)[0]?.out).toMatchObject({ x100: 147, by: "force" });
    expect(lobby.result(cy)[0]?.out).toMatchObject({ x100: 147, by: "force" });
    expect(lobby.view().history).toEqual([{ round: 1, endX100: 147, bustX100: 100_000, forced: true }]);
  });

  test("[C8] the flight that busts first is not forced, and where both are equal everyone is paid", () => {
    for (const [bust, forced, profit] of [
      [199, false, -100],
      [200, true, 100],
      [201, true, 100],
    ] as const) {
      const lobby = new Driver({ ...SHORT, maxProfit: 100 });
      lobby.bet(ann, 100);
      lobby.play(bust);
      expect(lobby.view().history[0]).toEqual({ round: 1, endX100: Math.min(bust, 200), bustX100: bust, forced });
      expect(lobby.profit(ann)).toBe(profit);
    }
  });

  test("[C8] moves up when bets are cashed out below it: the flight goes on, and says nothing", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100 });
    lobby.bet(ann, 50);
    lobby.bet(bob, 50);
    lobby.launch(100_000);
    // At 2.01 each has 50.5 chips: rounded down, that is within the limit.
    expect(lobby.flight.forceX100).toBe(201);
    lobby.flyTo(120);
    lobby.cashOut(ann);
    const shown = lobby.shown.length;
    lobby.flyTo(201);
    // 10 are paid, 90 are left for bob's 50.
    expect(lobby.flight.forceX100).toBe(281);
    expect(lobby.shown).toHaveLength(shown);
    lobby.runTo("crashed");
    expect([lobby.profit(ann), lobby.profit(bob)]).toEqual([10, 90]);
    expect(lobby.view().history[0]).toMatchObject({ endX100: 281, forced: true });
  });

  test("[C8] at the very instant of the old one the new one holds: a cash-out there is judged by the curve", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100 });
    lobby.bet(ann, 50);
    lobby.bet(bob, 50);
    lobby.launch(100_000);
    lobby.flyTo(120);
    lobby.cashOut(ann);
    lobby.late(exactElapsed(201) - exactElapsed(120));
    expect(lobby.cashOut(bob)).toBe("ok");
    expect(lobby.lastResult).toMatchObject({ x100: 201, paid: 100 });
  });

  test("[C8] when all are out the flight goes on to its bust point, or to the ceiling", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100 });
    lobby.bet(ann, 50);
    lobby.launch(900);
    lobby.flyTo(120);
    lobby.cashOut(ann);
    lobby.runTo("crashed");
    expect(lobby.view().history[0]).toMatchObject({ endX100: 900, forced: false });
  });

  test("[C8] may move by so little that the curve is there at once: the flight ends in the same commit", () => {
    // Far up the curve makes several hundredths a millisecond, so the old and the new point share one.
    let shared = 0;
    for (let maxProfit = 90_000; maxProfit < 90_080; maxProfit += 2) {
      const lobby = new Driver({ ...SHORT, maxProfit });
      lobby.bet(ann, 100);
      lobby.bet(bob, 100);
      lobby.launch(10_000_000);
      const { endAt } = lobby.flight;
      lobby.goTo(endAt - 1);
      lobby.cashOut(bob);
      lobby.goTo(endAt);
      const moved = lobby.types().lastIndexOf("forceMoved");
      if (moved > 0 && lobby.state.phase.name === "crashed") shared += 1;
      if (lobby.state.phase.name !== "crashed") lobby.runTo("crashed");
      expect(lobby.view().history[0]).toMatchObject({ forced: true });
      expect(0 - lobby.house).toBeLessThanOrEqual(maxProfit);
    }
    expect(shared).toBeGreaterThan(5);
  });
});

describe("the ceiling", () => {
  test("[C8] pays who is still in the air, in a lobby with room for it", () => {
    const lobby = new Driver({ ...SHORT, maxX100: 10_001, maxProfit: 1_000_000 });
    lobby.bet(ann, 100);
    lobby.bet(bob, 100, 100.01);
    lobby.play(10_002);
    expect([lobby.profit(ann), lobby.profit(bob)]).toEqual([9_901, 9_901]);
    expect(lobby.view().history[0]).toEqual({ round: 1, endX100: 10_001, bustX100: 10_002, forced: true });
  });

  test("[C3] [C8] the greatest bust points of all are no danger: the flight ends at ceiling or force point, and the next begins", () => {
    for (const bits of [2 ** 52 - 1, 2 ** 52 - 2, 2 ** 52 - 49, bitsFor(100_000_000)]) {
      for (const maxProfit of [100, 1_000_000_000_000]) {
        const lobby = new Driver({ ...SHORT, maxStake: 1_000_000_000, maxProfit });
        lobby.bet(ann, 50);
        lobby.bet(bob, 50, 1_000_000);
        lobby.bits = bits;
        lobby.runTo("running");
        const event = lobby.journal.at(-1);
        expect(crash.event.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
        lobby.runTo("crashed");
        const [flight] = lobby.view().history;
        expect(flight).toMatchObject({ forced: true, endX100: maxProfit === 100 ? 201 : 100_000_000 });
        expect(lobby.house).toBe(maxProfit === 100 ? -100 : -99_999_900);
        lobby.runTo("waiting");
        expect(lobby.bet(ann, 50)).toBe("ok");
        lobby.play(150);
      }
    }
  });

  test("[C8] the greatest stakes at the ceiling are paid exactly", () => {
    const lobby = new Driver({ ...SHORT, maxStake: 1_000_000_000, maxProfit: 1_000_000_000_000 });
    expect(lobby.bet(ann, 1_000_000_000)).toBe("ok");
    expect(lobby.bet(bob, 999_999_999, 1.02)).toBe("ok");
    lobby.play(100_000_000);
    // The force point: 19 999 999 are bob's.
    expect(lobby.profit(bob)).toBe(19_999_999);
    expect(0 - lobby.house).toBeLessThanOrEqual(1_000_000_000_000);
    expect(lobby.profit(ann)).toBeGreaterThan(999_960_000_000);
  });
});

describe("the table maximum", () => {
  test("[C8] no bet is taken that could force the flight to end below the least force point", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100, minForceX100: 200 });
    expect(lobby.bet(ann, 101)).toEqual(refused("above_table_maximum"));
    expect(lobby.bet(ann, 60)).toBe("ok");
    expect(lobby.bet(bob, 41)).toEqual(refused("above_table_maximum"));
    expect(lobby.bet(bob, 40)).toBe("ok");
    expect(lobby.bet(cy, 1)).toEqual(refused("above_table_maximum"));
    lobby.launch(100_000);
    expect(lobby.flight.forceX100).toBe(201);
  });

  test("[C8] a target below the least force point counts with its own profit only", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100, minForceX100: 200 });
    expect(lobby.bet(ann, 500, 1.1)).toBe("ok");
    expect(lobby.bet(bob, 50)).toBe("ok");
    expect(lobby.bet(bob, 1)).toEqual(refused("above_table_maximum"));
  });

  test("[C8] a cancelled bet makes room again", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100, minForceX100: 200 });
    const first = lobby.placed(ann, 100);
    expect(lobby.bet(bob, 1)).toEqual(refused("above_table_maximum"));
    lobby.cancel(ann, first);
    expect(lobby.bet(bob, 100)).toBe("ok");
  });

  test("[C8] profits of a flight never pass the limit, nor does any flight end below the least force point, whatever is played", () => {
    const player = fc.constantFrom(...["ann", "bob", "cy", "dee", "eve"].map(playerId));
    const step = fc.record({
      player,
      amount: fc.integer({ min: 1, max: 80 }),
      target: fc.option(fc.integer({ min: 101, max: 600 })),
    });
    const flights = fc.array(
      fc.record({
        bets: fc.array(step, { minLength: 1, maxLength: 8 }),
        bust: fc.integer({ min: 100, max: 5_000 }),
        hands: fc.array(fc.record({ player, at: fc.integer({ min: 101, max: 400 }) }), { maxLength: 6 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    let forced = 0;
    let moved = 0;
    fc.assert(
      fc.property(flights, fc.integer({ min: 20, max: 300 }), (history, maxProfit) => {
        const lobby = new Driver({ ...SHORT, maxProfit, minForceX100: 120 });
        for (const { bets, bust, hands } of history) {
          for (const { player: who, amount, target } of bets)
            lobby.bet(who, amount, target === null ? undefined : target / 100);
          if (lobby.state.board.bets === 0) continue;
          const before = lobby.house;
          const from = lobby.journal.length;
          lobby.bits = bitsFor(bust);
          lobby.runTo("running");
          const { startedAt } = lobby.flight;
          for (const { player: who, at } of [...hands].sort((a, b) => a.at - b.at)) {
            lobby.goTo(startedAt + exactElapsed(at));
            lobby.cashOut(who);
          }
          if (lobby.state.phase.name === "running") lobby.runTo("crashed");
          const lost = lobby.journal.slice(from).flatMap((event) => (event.type === "ended" ? [event] : []));
          expect(lost).toHaveLength(1);
          if (lost[0]?.forced === true) expect(lost[0].endX100).toBeGreaterThanOrEqual(120);
          forced += lost[0]?.forced === true ? 1 : 0;
          moved += lobby.types(from).filter((type) => type === "forceMoved").length;
          expect(before - lobby.house).toBeLessThanOrEqual(maxProfit);
          if (lobby.state.phase.name !== "waiting") lobby.runTo("waiting");
        }
      }),
      { seed: 2_026, numRuns: 400 },
    );
    expect(forced).toBeGreaterThan(100);
    expect(moved).toBeGreaterThan(50);
  });
});
