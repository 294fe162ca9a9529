import { describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import { factorOf, hundredths, targetOf } from "../../../rooms/crash/target.ts";
import { ann, bob, cy, Driver, refused } from "./driver.ts";

const SHORT = { minStake: 5, maxStake: 1_000, bettingMs: 5_000, pauseMs: 2_000 };

describe("two bets", () => {
  test("[C7] may be on in one round, the third is refused, and each is paid by itself", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 1.5);
    lobby.bet(ann, 200, 3);
    expect(lobby.bet(ann, 10)).toEqual(refused("too_many_bets"));
    expect(lobby.bet(bob, 10)).toBe("ok");
    expect([lobby.held(ann), lobby.view().board]).toEqual([
      300,
      expect.objectContaining({ players: 2, bets: 3, staked: 310 }),
    ]);
    lobby.play(200);
    expect(lobby.profit(ann)).toBe(50 - 200);
  });

  test("[C7] a cancelled one makes room for another", () => {
    const lobby = new Driver(SHORT);
    const first = lobby.placed(ann, 100);
    lobby.bet(ann, 200);
    expect(lobby.cancel(ann, first)).toBe("ok");
    expect([lobby.held(ann), lobby.purse(ann)]).toEqual([200, 100]);
    expect(lobby.bet(ann, 50)).toBe("ok");
    expect(lobby.bet(ann, 50)).toEqual(refused("too_many_bets"));
  });

  test("[C7] have numbers of their own, over all players and rounds, and the answer gives number and round", () => {
    const lobby = new Driver(SHORT);
    const seen = [lobby.placed(ann, 10)];
    expect(lobby.lastResult).toEqual({ bet: 1, round: 1 });
    seen.push(lobby.placed(bob, 10));
    lobby.cancel(bob, 2);
    lobby.launch(150);
    seen.push(lobby.placed(bob, 10));
    expect(lobby.lastResult).toEqual({ bet: 3, round: 2 });
    lobby.runTo("crashed");
    seen.push(lobby.placed(ann, 10));
    expect(lobby.lastResult).toEqual({ bet: 4, round: 2 });
    lobby.runTo("betting");
    seen.push(lobby.placed(cy, 10));
    expect(lobby.lastResult).toEqual({ bet: 5, round: 2 });
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });
});

test("[C7] a bet that names its round is taken for that one, and never queued for another", () => {
  const lobby = new Driver(SHORT);
  const meant = (round: number): unknown => lobby.command(ann, { type: "bet", amount: 100, round });
  expect([meant(2), meant(1)]).toEqual([refused("old_round"), "ok"]);
  lobby.launch(150);
  // The flight has left: what was meant for it is not a bet on the next.
  expect([meant(1), lobby.held(ann)]).toEqual([refused("old_round"), 100]);
  expect([meant(2), lobby.lastResult]).toEqual(["ok", { bet: 2, round: 2 }]);
  lobby.runTo("crashed");
  expect([meant(1), meant(2), lobby.lastResult]).toEqual([refused("old_round"), "ok", { bet: 3, round: 2 }]);
});

describe("a cancellation", () => {
  test("[C7] gives the stake back until the very start, and is refused from then on", () => {
    const lobby = new Driver(SHORT);
    const mine = lobby.placed(ann, 100);
    const other = lobby.placed(bob, 100);
    lobby.pass(4_999);
    expect(lobby.cancel(ann, mine)).toBe("ok");
    lobby.bits = 2 ** 51;
    lobby.pass(1);
    expect(lobby.cancel(bob, other)).toEqual(refused("flight_started"));
    expect([lobby.profit(ann), lobby.held(ann), lobby.held(bob)]).toEqual([0, 0, 100]);
  });

  test("[C7] a late alarm gives nobody a second look: what comes in at the start instant is too late", () => {
    const lobby = new Driver(SHORT);
    const mine = lobby.placed(ann, 100);
    lobby.late(5_000);
    expect(lobby.cancel(ann, mine)).toEqual(refused("flight_started"));
  });

  test("[C7] is refused for no bet, another's, one that is over, and one that is cancelled already", () => {
    const lobby = new Driver(SHORT);
    expect(lobby.cancel(ann, 1)).toEqual(refused("no_bet"));
    const mine = lobby.placed(ann, 100);
    expect(lobby.cancel(bob, mine)).toEqual(refused("not_your_bet"));
    for (const odd of [0, -1, 999, Number.MAX_SAFE_INTEGER]) expect(lobby.cancel(ann, odd)).toEqual(refused("no_bet"));
    lobby.cancel(ann, mine);
    expect(lobby.cancel(ann, mine)).toEqual(refused("no_bet"));
    const again = lobby.placed(ann, 100);
    lobby.launch(150);
    lobby.runTo("crashed");
    expect(lobby.cancel(ann, again)).toEqual(refused("no_bet"));
    expect(lobby.cancel(bob, again)).toEqual(refused("not_your_bet"));
  });

  test("[C7] of a bet that is cashed out is refused like any in the air", () => {
    const lobby = new Driver(SHORT);
    const mine = lobby.placed(ann, 100);
    lobby.launch(300);
    lobby.flyTo(150);
    lobby.cashOut(ann);
    expect(lobby.cancel(ann, mine)).toEqual(refused("flight_started"));
    expect(lobby.profit(ann)).toBe(50);
  });
});

describe("the queue", () => {
  test("[C7] takes bets in flight and while the crash is shown; their chips are held, and they board the next round", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(bob, 10);
    lobby.launch(200);
    const first = lobby.placed(ann, 100, 1.5);
    expect([lobby.held(ann), lobby.seat(ann).queued.length, lobby.seat(ann).bets]).toEqual([100, 1, []]);
    expect(lobby.view().board).toMatchObject({ players: 1, bets: 1 });
    lobby.runTo("crashed");
    expect(lobby.held(ann)).toBe(100);
    const second = lobby.placed(ann, 50);
    expect(lobby.bet(ann, 5)).toEqual(refused("too_many_bets"));
    lobby.runTo("betting");
    expect(lobby.seat(ann)).toMatchObject({ queued: [], bets: [{ id: first }, { id: second }] });
    expect(lobby.view()).toMatchObject({ round: 2, board: { players: 1, bets: 2, staked: 150 } });
    expect(lobby.view().phase).toEqual({ name: "betting", startsAt: lobby.now + 5_000 });
    expect(lobby.bet(ann, 5)).toEqual(refused("too_many_bets"));
    lobby.play(150);
    expect(lobby.profit(ann)).toBe(50 - 50);
  });

  test("[C7] is apart from the two of this flight: four at once, and the flight's end touches none of it", () => {
    const lobby = new Driver(SHORT);
    for (let i = 0; i < 2; i++) lobby.bet(ann, 100);
    lobby.launch(200);
    for (let i = 0; i < 2; i++) expect(lobby.bet(ann, 10)).toBe("ok");
    expect(lobby.held(ann)).toBe(220);
    lobby.runTo("crashed");
    expect([lobby.held(ann), lobby.profit(ann)]).toEqual([20, -200]);
  });

  test("[C7] can be cancelled until its own start, in flight, in the crash and in the betting", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(bob, 10);
    lobby.launch(200);
    const inFlight = lobby.placed(ann, 10);
    expect(lobby.cancel(bob, inFlight)).toEqual(refused("not_your_bet"));
    expect(lobby.cancel(ann, inFlight)).toBe("ok");
    const inCrash = lobby.placed(ann, 20);
    lobby.runTo("crashed");
    expect(lobby.cancel(ann, inCrash)).toBe("ok");
    const inBetting = lobby.placed(ann, 30);
    lobby.runTo("betting");
    expect(lobby.cancel(ann, inBetting)).toBe("ok");
    expect([lobby.held(ann), lobby.profit(ann)]).toEqual([0, 0]);
    lobby.pass(60_000);
    expect(lobby.view()).toMatchObject({ round: 2, phase: { name: "waiting" } });
  });

  test("[C7] has limits of its own that are the round's: table maximum, stakes, targets", () => {
    const lobby = new Driver({ ...SHORT, maxProfit: 100, minForceX100: 200 });
    lobby.bet(bob, 100);
    lobby.launch(150);
    expect(lobby.bet(ann, 4)).toEqual(refused("below_minimum"));
    expect(lobby.bet(ann, 1_001)).toEqual(refused("above_maximum"));
    expect(lobby.bet(ann, 10, 1)).toEqual(refused("target_too_low"));
    expect(lobby.bet(ann, 60)).toBe("ok");
    expect(lobby.bet(cy, 41)).toEqual(refused("above_table_maximum"));
    expect(lobby.bet(cy, 40)).toBe("ok");
    lobby.runTo("betting");
    expect(lobby.bet(bob, 5)).toEqual(refused("above_table_maximum"));
  });
});

describe("what is no bet", () => {
  test.each([
    [1, "target_too_low"],
    [1.0, "target_too_low"],
    [0, "target_too_low"],
    [-0, "target_too_low"],
    [0.99, "target_too_low"],
    [-1, "target_too_low"],
    [-1e300, "target_too_low"],
    [Number.MIN_VALUE, "target_too_low"],
    [1.001, "target_not_hundredths"],
    [2.355, "target_not_hundredths"],
    [1 + Number.EPSILON, "target_not_hundredths"],
    [999_999.999, "target_not_hundredths"],
    [1_000_000.001, "target_too_high"],
    [1_000_000.01, "target_too_high"],
    [1e15, "target_too_high"],
    [1e300, "target_too_high"],
    [Number.MAX_VALUE, "target_too_high"],
    [NaN, "target_not_a_number"],
    [Infinity, "target_not_a_number"],
    [-Infinity, "target_not_a_number"],
    [null, "target_not_a_number"],
  ])("[C4] a target of %s is refused %s, and nothing is changed", (target, code) => {
    const lobby = new Driver(SHORT);
    expect(targetOf(lobby.state.config, target)).toMatchObject({ refused: code });
    const before = lobby.state;
    // As JSON has neither of them, a page can only say null.
    const autoCashout = target !== null && Number.isFinite(target) ? target : null;
    expect(lobby.command(ann, { type: "bet", amount: 10, autoCashout })).toEqual(refused(code));
    expect(lobby.command(ann, { type: "strategy", amount: 10, autoCashout })).toEqual(refused(code));
    expect(lobby.state).toBe(before);
  });

  test("[C4] every target of two decimals is taken as it is written, up to 2 000.00 and at the ceiling", () => {
    for (let x100 = 101; x100 <= 200_000; x100++) {
      const written = Number(`${Math.floor(x100 / 100)}.${String(x100 % 100).padStart(2, "0")}`);
      if (hundredths(written) !== x100) expect.fail(`${written}`);
    }
    expect(targetOf({ maxX100: 100_000_000 }, 1_000_000)).toBe(100_000_000);
    expect(targetOf({ maxX100: 100_000_000 }, 999_999.99)).toBe(99_999_999);
    expect(targetOf({ maxX100: 20_000 }, 200)).toBe(20_000);
    expect(targetOf({ maxX100: 20_000 }, 200.01)).toMatchObject({ refused: "target_too_high" });
  });

  test("[C10] a factor of two decimals between 0.01 and 100 is taken, anything else is refused", () => {
    for (const good of [0.01, 0.5, 1, 1.01, 2, 100]) expect(factorOf(good)).toBe(Math.round(good * 100));
    expect(factorOf(undefined)).toBeNull();
    for (const bad of [0, -1, 0.001, 0.009, 1.005, 100.01, 1e300, NaN, Infinity]) {
      expect(factorOf(bad)).toMatchObject({ refused: "invalid_factor" });
    }
  });

  test("[C7] amounts below the least and above the most are refused, each with its own code", () => {
    const lobby = new Driver(SHORT);
    for (const amount of [1, 4]) expect(lobby.bet(ann, amount)).toEqual(refused("below_minimum"));
    for (const amount of [1_001, 1e9, Number.MAX_SAFE_INTEGER]) {
      expect(lobby.bet(ann, amount)).toEqual(refused("above_maximum"));
      expect(lobby.command(ann, { type: "strategy", amount, autoCashout: 2 })).toEqual(refused("above_maximum"));
    }
    expect(lobby.bet(ann, 5)).toBe("ok");
    expect(lobby.bet(ann, 1_000)).toBe("ok");
  });

  test("no message is meant for this game", () => {
    const lobby = new Driver(SHORT);
    expect(lobby.input({ type: "message", id: "1", message: {} as never })).toEqual(refused("unknown_message"));
    expect(crash.message.safeParse({}).success).toBe(false);
  });
});

describe("a lobby of its own", () => {
  test("has limits that make sense, or is refused", () => {
    const good = [{}, { minStake: 1, maxStake: 1 }, { maxX100: 10_001 }, { minForceX100: 101, maxProfit: 1 }];
    for (const config of good) expect(crash.config.safeParse(config).success).toBe(true);
    const bad = [
      { minStake: 0 },
      { minStake: 10, maxStake: 9 },
      { maxStake: 1_000_000_001 },
      { maxProfit: 0 },
      { minForceX100: 100 },
      { maxX100: 10_000 },
      { maxX100: 100_000_001 },
      { bettingMs: 49 },
      { pauseMs: 600_001 },
      { maxStake: 1.5 },
    ];
    for (const config of bad) expect(crash.config.safeParse(config).success).toBe(false);
  });

  test("tells the lobby list its phase, round, players, stakes and last flights, and no more", () => {
    const lobby = new Driver(SHORT);
    for (let i = 0; i < 10; i++) {
      lobby.bet(ann, 10);
      lobby.play(150 + i);
    }
    lobby.bet(ann, 10);
    lobby.launch(99_999);
    lobby.bet(bob, 10);
    expect(crash.lobby.summary(lobby.state)).toEqual({
      phase: "running",
      round: 11,
      players: 1,
      minStake: 5,
      maxStake: 1_000,
      note: { last: [159, 158, 157, 156, 155, 154, 153, 152] },
    });
  });
});
