import { keptOf, publishedOf } from "../../kit/step.ts";
import { recordFor } from "../../../rooms/kernel/settlement.ts";
import { describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import type { Command } from "../../../rooms/crash/types.ts";
import { ann, bob, cy, Driver, refused } from "./driver.ts";
import { exactCurve, exactElapsed } from "./exact.ts";

const SHORT = { bettingMs: 5_000, pauseMs: 2_000 };

describe("an auto cash-out", () => {
  test("[C4] pays its exact target, at the instant when the curve meets it", () => {
    const lobby = new Driver(SHORT);
    const bet = lobby.placed(ann, 1_000, 2);
    lobby.launch(300);
    lobby.flyTo(200, 1);
    expect(lobby.held(ann)).toBe(1_000);
    lobby.pass(1);
    expect([lobby.held(ann), lobby.profit(ann)]).toEqual([0, 1_000]);
    expect(lobby.seat(ann).bets).toEqual([
      {
        id: bet,
        amount: 1_000,
        targetX100: 200,
        by: "hand",
        out: { x100: 200, paid: 2_000, at: lobby.flight.startedAt + 11_553, by: "target" },
      },
    ]);
    expect(lobby.state.phase.name).toBe("running");
  });

  test("[C4] its target is what is paid, not where the curve is by the millisecond: 200.00 in the hundreds", () => {
    const lobby = new Driver({ ...SHORT, maxX100: 100_000_000 });
    // The curve makes more than one hundredth a millisecond up here.
    const target = [20_000, 20_001, 20_002, 20_003].find((x100) => exactCurve(exactElapsed(x100)) > x100) ?? 0;
    expect(target).toBeGreaterThan(0);
    lobby.bet(ann, 100, target / 100);
    lobby.launch(50_000);
    lobby.flyTo(target);
    expect(lobby.profit(ann)).toBe(target - 100);
  });

  test.each([
    [250, 150],
    [251, -100],
    [249, 149],
    [101, 1],
  ])("[C4] equality wins: at a bust of 2.50 a target of %i hundredths gives %i", (target, profit) => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, target / 100);
    lobby.play(250);
    expect(lobby.profit(ann)).toBe(profit);
  });

  test("[C4] equality wins for every bust point up to 5.00, and one hundredth more loses", () => {
    for (let bust = 101; bust <= 500; bust += 7) {
      const lobby = new Driver(SHORT);
      lobby.bet(ann, 100, bust / 100);
      lobby.bet(bob, 100, (bust + 1) / 100);
      lobby.play(bust);
      expect([lobby.profit(ann), lobby.profit(bob)]).toEqual([bust - 100, -100]);
    }
  });

  test("[C4] is paid to who is away: presence changes nothing", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 1.5);
    lobby.input({ type: "presence", player: ann, online: false });
    lobby.launch(150);
    lobby.input({ type: "presence", player: ann, online: false });
    lobby.runTo("crashed");
    expect(lobby.profit(ann)).toBe(50);
    expect(lobby.types()).not.toContain("presence");
  });

  test("[C4] [C6] an alarm a second, a minute or a day late pays the same amounts under the same instants", () => {
    const told = [0, 1_000, 60_000, 86_400_000].map((late) => {
      const lobby = new Driver(SHORT);
      for (const [i, target] of [110, 199, 200, 201, 777, 778].entries()) {
        const player = [ann, bob, cy][i % 3] ?? ann;
        lobby.bet(player, 100 + i, target / 100);
      }
      lobby.launch(777);
      const { startedAt } = lobby.flight;
      if (late === 0) lobby.runTo("crashed");
      else lobby.late(exactElapsed(777) + late);
      return {
        profits: [ann, bob, cy].map((player) => lobby.profit(player)),
        outs: [ann, bob, cy].flatMap((player) => lobby.result(player).map(({ out }) => out)),
        startedAt,
        house: lobby.house,
        history: lobby.view().history,
      };
    });
    expect(told[0]?.profits.every((profit) => profit !== 0)).toBe(true);
    for (const other of told) expect(other).toEqual(told[0]);
  });
});

describe("a manual cash-out", () => {
  test("[C5] [C11] pays the curve at the instant of its receipt, and the answer carries both", () => {
    const lobby = new Driver(SHORT);
    const bet = lobby.placed(ann, 1_000);
    lobby.launch(1_000);
    for (const after of [20_000]) {
      lobby.goTo(lobby.flight.startedAt + after);
      expect(lobby.cashOut(ann, bet)).toBe("ok");
      expect(lobby.lastResult).toEqual({ bet, at: lobby.now, x100: 332, paid: 3_320 });
    }
    expect(lobby.profit(ann)).toBe(2_320);
    expect(lobby.seat(ann).bets[0]?.out).toEqual({ x100: 332, paid: 3_320, at: lobby.now, by: "hand" });
  });

  test("[C5] at the very start it pays 1.00, and nobody is richer", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 55);
    lobby.launch(1_000);
    lobby.cashOut(ann);
    expect([lobby.profit(ann), lobby.house, lobby.held(ann)]).toEqual([0, 0, 0]);
    expect(lobby.lastResult).toMatchObject({ x100: 100, paid: 55 });
  });

  test("[C5] one millisecond before the bust instant it wins, at it the flight has crashed, and ever after", () => {
    for (const bust of [101, 150, 200, 1_000, 50_000, 99_999]) {
      const lobby = new Driver(SHORT);
      lobby.bet(ann, 100);
      const late = lobby.placed(bob, 100);
      lobby.launch(bust);
      lobby.flyTo(bust, 1);
      expect(lobby.cashOut(ann)).toBe("ok");
      expect(lobby.profit(ann)).toBe(exactCurve(exactElapsed(bust) - 1) - 100);
      lobby.flyTo(bust);
      expect(lobby.cashOut(bob)).toEqual(refused("already_crashed"));
      expect(lobby.cashOut(bob, late)).toEqual(refused("already_crashed"));
      lobby.runTo("waiting");
      expect(lobby.cashOut(bob, late)).toEqual(refused("already_crashed"));
      expect(lobby.profit(bob)).toBe(-100);
    }
  });

  test("[C5] time before input: a late alarm saves nobody, whatever came in first is judged first", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100);
    lobby.bet(bob, 100);
    lobby.launch(200);
    lobby.late(11_552);
    expect(lobby.cashOut(ann)).toBe("ok");
    lobby.late(1);
    expect(lobby.cashOut(bob)).toEqual(refused("already_crashed"));
    expect([lobby.profit(ann), lobby.profit(bob)]).toEqual([99, -100]);
  });

  test("[C5] a second one is refused, and pays nothing; also when the flight is over", () => {
    const lobby = new Driver(SHORT);
    const bet = lobby.placed(ann, 100);
    lobby.launch(300);
    lobby.flyTo(150);
    expect(lobby.cashOut(ann, bet)).toBe("ok");
    for (const named of [bet, undefined]) expect(lobby.cashOut(ann, named)).toEqual(refused("already_cashed_out"));
    lobby.runTo("crashed");
    for (const named of [bet, undefined]) expect(lobby.cashOut(ann, named)).toEqual(refused("already_cashed_out"));
    lobby.runTo("waiting");
    expect(lobby.cashOut(ann, bet)).toEqual(refused("already_cashed_out"));
    expect(lobby.profit(ann)).toBe(50);
  });

  test("[C5] after its target was met it is cashed out already", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 1.5);
    lobby.launch(300);
    lobby.flyTo(150);
    expect(lobby.cashOut(ann)).toEqual(refused("already_cashed_out"));
    expect(lobby.profit(ann)).toBe(50);
  });

  test("[C5] before its target it pays the curve, and the target is met no more", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 3);
    lobby.launch(500);
    lobby.flyTo(150);
    lobby.cashOut(ann);
    lobby.runTo("crashed");
    expect(lobby.profit(ann)).toBe(50);
    expect(lobby.result(ann)[0]?.out).toMatchObject({ x100: 150, by: "hand" });
  });

  test("[C7] of two bets each goes by its own name; unnamed only when one is in the air", () => {
    const lobby = new Driver(SHORT);
    const first = lobby.placed(ann, 100);
    const second = lobby.placed(ann, 200);
    lobby.launch(500);
    lobby.flyTo(150);
    expect(lobby.cashOut(ann)).toEqual(refused("which_bet"));
    expect(lobby.cashOut(ann, second)).toBe("ok");
    lobby.flyTo(200);
    expect(lobby.cashOut(ann)).toBe("ok");
    expect(lobby.lastResult).toMatchObject({ bet: first, x100: 200, paid: 200 });
    expect(lobby.profit(ann)).toBe(200);
  });
});

describe("a cash-out that cannot be", () => {
  test("[C5] has a code of its own: no bet, another's, before the start, after the bust, twice, unnamed", () => {
    const lobby = new Driver(SHORT);
    expect(lobby.cashOut(ann)).toEqual(refused("no_bet"));
    expect(lobby.cashOut(ann, 1)).toEqual(refused("no_bet"));
    const bet = lobby.placed(ann, 100);
    expect(lobby.cashOut(ann)).toEqual(refused("not_started"));
    expect(lobby.cashOut(ann, bet)).toEqual(refused("not_started"));
    expect(lobby.cashOut(bob, bet)).toEqual(refused("not_your_bet"));
    expect(lobby.cashOut(bob)).toEqual(refused("no_bet"));
    expect(lobby.cashOut(ann, 999)).toEqual(refused("no_bet"));
    lobby.launch(200);
    expect(lobby.cashOut(bob, bet)).toEqual(refused("not_your_bet"));
    lobby.bet(bob, 50);
    expect(lobby.cashOut(bob)).toEqual(refused("not_started"));
    lobby.runTo("crashed");
    expect(lobby.cashOut(bob)).toEqual(refused("not_started"));
    expect(lobby.cashOut(bob, bet)).toEqual(refused("not_your_bet"));
    expect(lobby.cashOut(ann, bet)).toEqual(refused("already_crashed"));
    expect(lobby.cashOut(ann)).toEqual(refused("already_crashed"));
  });

  test("[C7] of two bets that wait for their start, named or not, has not started", () => {
    const lobby = new Driver(SHORT);
    const first = lobby.placed(ann, 100);
    lobby.bet(ann, 100);
    expect(lobby.cashOut(ann, first)).toEqual(refused("not_started"));
    expect(lobby.cashOut(ann)).toEqual(refused("not_started"));
  });
});

describe("a cash-out that names no bet", () => {
  test("[C5] means the flight that has just crashed, not one of long ago", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100);
    lobby.play(150);
    expect(lobby.cashOut(ann)).toEqual(refused("already_crashed"));
    lobby.bet(bob, 100);
    lobby.play(150);
    expect(lobby.cashOut(ann)).toEqual(refused("no_bet"));
    expect(lobby.cashOut(ann, 1)).toEqual(refused("already_crashed"));
  });

  test("[C7] means the one that is queued while another flight is in the air, and after a crash the one that was in it", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100);
    lobby.play(150);
    lobby.bet(bob, 100);
    lobby.launch(200);
    lobby.bet(ann, 10);
    lobby.bet(bob, 10);
    expect(lobby.cashOut(ann)).toEqual(refused("not_started"));
    lobby.runTo("crashed");
    expect(lobby.cashOut(ann)).toEqual(refused("not_started"));
    expect(lobby.cashOut(bob)).toEqual(refused("already_crashed"));
  });
});

describe("two players at the bust instant", () => {
  test("[C5] who comes in before it wins and who comes in at it loses, in whatever order they are named", () => {
    for (const [winner, loser] of [
      [ann, bob],
      [bob, ann],
    ] as const) {
      const lobby = new Driver(SHORT);
      lobby.bet(ann, 100);
      lobby.bet(bob, 100);
      lobby.launch(333);
      lobby.late(exactElapsed(333) - 1);
      expect(lobby.cashOut(winner)).toBe("ok");
      lobby.late(1);
      expect(lobby.cashOut(loser)).toEqual(refused("already_crashed"));
      expect([lobby.profit(winner), lobby.profit(loser)]).toEqual([232, -100]);
      expect(lobby.house).toBe(-132);
    }
  });

  test("[C5] both in the last millisecond win the same", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100);
    lobby.bet(bob, 100);
    lobby.launch(333);
    lobby.flyTo(333, 1);
    lobby.cashOut(ann);
    lobby.cashOut(bob);
    expect(lobby.profit(ann)).toBe(lobby.profit(bob));
  });
});

describe("the record of a round", () => {
  test("[C11] keeps for every bet the instant and multiplier granted, who lost, and what decides a forced end", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 1.5);
    lobby.bet(bob, 200);
    lobby.bet(cy, 300, 9);
    lobby.launch(400);
    lobby.flyTo(200);
    const { startedAt } = lobby.flight;
    lobby.cashOut(bob);
    const at = lobby.now;
    lobby.flyTo(400, 1);
    const before = lobby.state;
    lobby.runTo("crashed");
    const [ended] = lobby.journal.slice(-1);
    if (ended?.type !== "ended") throw new Error("it ended");
    expect(recordFor(crash, [keptOf(crash, before, ended)], null)).toEqual({
      bustX100: 400,
      endX100: 400,
      forced: false,
      void: null,
      startedAt,
      limits: { maxProfit: 5_000_000, maxX100: 100_000_000 },
      bets: [
        {
          player: ann,
          id: 1,
          amount: 100,
          targetX100: 150,
          by: "hand",
          out: { x100: 150, paid: 150, at: startedAt + exactElapsed(150), by: "target" },
        },
        {
          player: bob,
          id: 2,
          amount: 200,
          targetX100: null,
          by: "hand",
          out: { x100: 200, paid: 400, at, by: "hand" },
        },
        { player: cy, id: 3, amount: 300, targetX100: 900, by: "hand", out: null },
      ],
    });
    expect(before.places.map(({ player }) => keptOf(crash, before, { type: "cancelled", player, bet: 1 }))).toEqual([
      null,
      null,
      null,
    ]);
  });

  test("[C6] one who staked gets one stake event a round, and the settled round says what came back", () => {
    const lobby = new Driver(SHORT);
    lobby.bet(ann, 100, 1.5);
    lobby.bet(ann, 10);
    lobby.bet(bob, 200);
    lobby.launch(200);
    lobby.bet(cy, 5);
    lobby.flyTo(200, 1);
    const before = lobby.state;
    lobby.runTo("crashed");
    const [ended] = lobby.journal.slice(-1);
    if (ended?.type !== "ended") throw new Error("it ended");
    expect(publishedOf(crash, before, ended, "crash:main")).toEqual([
      {
        topic: "stakes",
        type: "player.stakeCreated",
        key: ann,
        payload: { player: ann, game: "crash", room: "crash:main", round: 1, stake: 110, gainX10000: 11_000 },
      },
      {
        topic: "stakes",
        type: "player.stakeCreated",
        key: bob,
        payload: { player: bob, game: "crash", room: "crash:main", round: 1, stake: 200, gainX10000: 20_000 },
      },
      {
        topic: "settled",
        type: "roundSettled",
        key: "round-1",
        payload: {
          round: 1,
          result: { bustX100: 200, endX100: 200 },
          players: [
            { player: ann, staked: 110, returned: 150 },
            { player: bob, staked: 200, returned: 0 },
          ],
        },
      },
    ]);
  });
});

describe("the commands", () => {
  test("have the shape of the wire, and nothing else", () => {
    const good: Command[] = [
      { type: "bet", amount: 1 },
      { type: "bet", amount: 1, autoCashout: null },
      { type: "cashout" },
      { type: "cashout", bet: 3 },
    ];
    for (const command of good) expect(crash.command.safeParse(command).success).toBe(true);
    const bad = [
      { type: "bet" },
      { type: "bet", amount: 0 },
      { type: "bet", amount: 1.5 },
      { type: "bet", amount: -1 },
      { type: "bet", amount: 2 ** 53 },
      { type: "bet", amount: 1, autoCashout: "2" },
      { type: "cashout", bet: null },
      { type: "cancel" },
      { type: "fly" },
    ];
    for (const command of bad) expect(crash.command.safeParse(command).success).toBe(false);
  });
});
