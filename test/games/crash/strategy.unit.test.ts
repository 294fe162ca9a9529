import { describe, expect, test } from "vitest";
import { crash } from "../../../rooms/crash/index.ts";
import type { Command } from "../../../rooms/crash/types.ts";
import type { PlayerId } from "../../../rooms/game.ts";
import { ann, bob, cy, Driver, refused, type Answer } from "./driver.ts";

const SHORT = { minStake: 5, maxStake: 1_000, bettingMs: 5_000, pauseMs: 2_000 };

type Wish = Omit<Extract<Command, { type: "strategy" }>, "type" | "amount" | "autoCashout">;

function start(lobby: Driver, player: PlayerId, amount: number, autoCashout: number, wish: Wish = {}): Answer {
  return lobby.command(player, { type: "strategy", amount, autoCashout, ...wish });
}

/** A lobby where ann and bob have chips enough. */
function lobbyWith(chips = 10_000, config = {}): Driver {
  const lobby = new Driver({ ...SHORT, ...config });
  lobby.bring(ann, chips);
  lobby.bring(bob, chips);
  return lobby;
}

const amounts = (lobby: Driver): number[] =>
  lobby.journal.flatMap((event) => (event.type === "placed" && event.bet.by === "strategy" ? [event.bet.amount] : []));
const reasons = (lobby: Driver): (string | null)[] =>
  lobby.journal.flatMap((event) => (event.type === "strategy" && event.strategy === null ? [event.reason] : []));

describe("a strategy", () => {
  test("[C10] bets at once when bets are open, and round after round, each with the same target", () => {
    const lobby = lobbyWith();
    expect(start(lobby, ann, 10, 1.5, { rounds: 3 })).toBe("ok");
    expect(lobby.view().phase).toMatchObject({ name: "betting", startsAt: lobby.now + 5_000 });
    expect(lobby.seat(ann)).toMatchObject({
      bets: [{ amount: 10, targetX100: 150, by: "strategy", out: null }],
      strategy: { next: 10, left: 2, net: 0, bet: 1 },
    });
    lobby.play(150);
    expect(lobby.seat(ann).strategy).toMatchObject({ left: 1, net: 5 });
    lobby.play(149);
    expect(lobby.seat(ann).strategy).toMatchObject({ left: 0, net: -5 });
    lobby.play(200);
    expect(lobby.seat(ann)).toMatchObject({ bets: [], strategy: null, stopped: "finished" });
    expect(lobby.view()).toMatchObject({ round: 4, phase: { name: "waiting" } });
    expect(amounts(lobby)).toEqual([10, 10, 10]);
    expect(lobby.profit(ann)).toBe(0);
  });

  test("[C10] without rounds goes on until it is told to stop, and for a thousand at most", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 10, 1.5);
    for (let i = 0; i < 30; i++) lobby.play(150);
    expect(lobby.seat(ann).strategy).toMatchObject({ left: 969, net: 150 });
    expect(lobby.command(ann, { type: "stopStrategy" })).toBe("ok");
    lobby.play(150);
    expect(amounts(lobby)).toHaveLength(31);
    expect(lobby.view().phase).toEqual({ name: "waiting" });
  });

  test.each([
    ["fixed", {}, [150, 100, 150, 100], [100, 100, 100, 100, 100]],
    ["martingale: double on a loss, back on a win", { onLoss: 2 }, [100, 100, 150, 100], [100, 200, 400, 100, 200]],
    ["paroli: double on a win, back on a loss", { onWin: 2 }, [150, 150, 100, 150], [100, 200, 400, 100, 200]],
    [
      "half on a win, one and a half on a loss",
      { onWin: 0.5, onLoss: 1.5 },
      [150, 100, 100, 150],
      [100, 50, 75, 112, 56],
    ],
    ["kept on a win", { onWin: 1, onLoss: 2 }, [100, 150, 150, 100], [100, 200, 200, 200, 400]],
    ["never below the least bet", { onWin: 0.01 }, [150, 150], [100, 5, 5]],
  ])("[C10] %s", (_, wish, busts, expected) => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5, wish);
    for (const bust of busts) lobby.play(bust);
    expect(amounts(lobby)).toEqual(expected);
  });

  test("[C10] cashed out by hand has won, whatever its target", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 10, { onWin: 2, onLoss: 3 });
    lobby.launch(300);
    lobby.flyTo(120);
    lobby.cashOut(ann);
    lobby.runTo("betting");
    expect(lobby.seat(ann)).toMatchObject({ bets: [{ amount: 200 }], strategy: { net: 20 } });
  });

  test("[C10] stops as soon as its loss reaches stop-loss, or its win stop-win, net since it was started", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5, { stopLoss: 200, stopWin: 10_000 });
    start(lobby, bob, 100, 1.1, { stopLoss: 10_000, stopWin: 20 });
    lobby.play(120);
    lobby.play(120);
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, stopped: "stop_loss", bets: [] });
    expect(lobby.seat(bob)).toMatchObject({ strategy: null, stopped: "stop_win", bets: [] });
    expect([lobby.profit(ann), lobby.profit(bob)]).toEqual([-200, 20]);
    expect(lobby.view().phase).toEqual({ name: "waiting" });
  });

  test("[C10] one chip short of a stop goes on", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5, { stopLoss: 200, stopWin: 51 });
    lobby.play(100);
    expect(lobby.seat(ann).strategy).not.toBeNull();
    lobby.play(150);
    expect(lobby.seat(ann).strategy).toMatchObject({ net: -50 });
  });

  test("[C10] never bets what could take its loss past stop-loss, and says that it was for this", () => {
    const lobby = lobbyWith(10_000);
    start(lobby, ann, 100, 1.5, { stopLoss: 250, onLoss: 10 });
    lobby.play(100);
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, stopped: "stop_loss_ahead", bets: [] });
    expect(lobby.profit(ann)).toBe(-100);
    start(lobby, ann, 100, 1.5, { stopLoss: 199 });
    lobby.play(100);
    expect(lobby.seat(ann)).toMatchObject({ stopped: "stop_loss_ahead" });
    expect(lobby.profit(ann)).toBe(-200);
    start(lobby, ann, 100, 1.5, { stopLoss: 300, onLoss: 2 });
    lobby.play(100);
    expect(lobby.seat(ann)).toMatchObject({ bets: [{ amount: 200 }] });
    lobby.play(100);
    expect(lobby.seat(ann)).toMatchObject({ stopped: "stop_loss" });
    expect(lobby.profit(ann)).toBe(-500);
  });

  test("[C10] whose first bet could pass its stop-loss is not started", () => {
    const lobby = lobbyWith();
    expect(start(lobby, ann, 100, 1.5, { stopLoss: 99 })).toMatchObject({ refused: "above_stop_loss" });
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, bets: [] });
    expect(start(lobby, ann, 100, 1.5, { stopLoss: 100 })).toBe("ok");
  });

  test("[C10] counts its own bets only, not those by hand", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5, { stopLoss: 500 });
    lobby.bet(ann, 700);
    lobby.play(149);
    expect(lobby.seat(ann).strategy).toMatchObject({ net: -100 });
    expect(lobby.profit(ann)).toBe(-800);
  });
});

describe("what stops it", () => {
  test("[C10] a purse that does not cover the next bet: nothing is bet, and the reason is told", () => {
    const lobby = new Driver(SHORT);
    lobby.bring(ann, 250);
    start(lobby, ann, 100, 2, { onLoss: 2 });
    lobby.play(100);
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, stopped: "insufficient_funds", bets: [] });
    expect(lobby.purse(ann)).toBe(150);
  });

  test("[C10] a next bet above the most that is allowed, already when the round ends", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 600, 2, { onLoss: 2 });
    lobby.launch(100);
    lobby.runTo("crashed");
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, stopped: "above_maximum" });
  });

  test("[C10] [C8] a lobby that cannot cover it: soonest seated first", () => {
    const lobby = lobbyWith(10_000, { maxProfit: 150, minForceX100: 200 });
    start(lobby, ann, 70, 3, { onLoss: 2 });
    start(lobby, bob, 70, 3);
    lobby.play(100);
    expect(lobby.seat(ann).bets).toMatchObject([{ amount: 140 }]);
    expect(lobby.seat(bob)).toMatchObject({ strategy: null, stopped: "above_table_maximum", bets: [] });
  });

  test("[C7] [C10] two bets by hand in its round: it has no room", () => {
    const lobby = lobbyWith();
    for (let i = 0; i < 2; i++) lobby.bet(ann, 10);
    expect(start(lobby, ann, 10, 2)).toEqual(refused("too_many_bets"));
    lobby.launch(150);
    for (let i = 0; i < 2; i++) lobby.bet(ann, 10);
    expect(start(lobby, ann, 10, 2)).toEqual(refused("too_many_bets"));
  });

  test("[C10] stopping lets the bet that is on stand, and what was never on may be stopped too", () => {
    const lobby = lobbyWith();
    expect(lobby.command(bob, { type: "stopStrategy" })).toBe("ok");
    start(lobby, ann, 100, 1.5);
    lobby.command(ann, { type: "stopStrategy" });
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, stopped: null, bets: [{ amount: 100 }] });
    lobby.play(150);
    expect(lobby.profit(ann)).toBe(50);
    expect(lobby.seat(ann).strategy).toBeNull();
    expect(reasons(lobby)).toEqual([null, null]);
  });

  test("[C10] [C12] a void round, in betting as in flight", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5);
    lobby.launch(300);
    start(lobby, bob, 100, 1.5);
    lobby.input({ type: "void", reason: "a test" });
    for (const player of [ann, bob]) expect(lobby.seat(player)).toMatchObject({ strategy: null, stopped: "voided" });
    lobby.pass(100_000);
    expect(lobby.view()).toMatchObject({ round: 2, phase: { name: "waiting" } });
  });
});

describe("beside the player's own hand", () => {
  test("[C10] a cancelled bet of it is gone, and it goes on with the next round", () => {
    const lobby = lobbyWith();
    lobby.bet(bob, 10);
    start(lobby, ann, 100, 1.5, { rounds: 5 });
    const bet = lobby.seat(ann).strategy?.bet ?? 0;
    expect(lobby.cancel(ann, bet)).toBe("ok");
    expect(lobby.seat(ann)).toMatchObject({ bets: [], strategy: { bet: null, left: 4, net: 0 } });
    lobby.play(150);
    expect(lobby.seat(ann)).toMatchObject({ bets: [{ amount: 100 }], strategy: { left: 3, net: 0 } });
  });

  test("[C10] [C1] when its bet was the only one and is cancelled, the countdown's end bets again", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5, { rounds: 2 });
    lobby.cancel(ann, lobby.seat(ann).strategy?.bet ?? 0);
    lobby.pass(5_000);
    expect(lobby.view()).toMatchObject({ round: 1, phase: { name: "betting" }, board: { bets: 1 } });
    lobby.cancel(ann, lobby.seat(ann).strategy?.bet ?? 0);
    lobby.pass(5_000);
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, stopped: "finished" });
    expect(lobby.view().phase).toEqual({ name: "waiting" });
  });

  test("[C7] a strategy that goes on has one of the next round's two bets", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5);
    lobby.launch(150);
    expect(lobby.bet(ann, 10)).toBe("ok");
    expect(lobby.bet(ann, 10)).toEqual(refused("too_many_bets"));
    lobby.runTo("betting");
    expect(lobby.seat(ann).bets.map(({ amount, by }) => [amount, by])).toEqual([
      [10, "hand"],
      [100, "strategy"],
    ]);
    expect(lobby.bet(ann, 10)).toEqual(refused("too_many_bets"));
  });

  test("[C10] started in flight or while the crash is shown, it begins with the next round", () => {
    for (const phase of ["running", "crashed"] as const) {
      const lobby = lobbyWith();
      lobby.bet(bob, 10);
      lobby.launch(200);
      lobby.runTo(phase);
      expect(start(lobby, ann, 100, 1.5, { rounds: 2 })).toBe("ok");
      expect(lobby.held(ann)).toBe(0);
      expect(lobby.seat(ann)).toMatchObject({ bets: [], strategy: { next: 100, left: 2, bet: null } });
      lobby.runTo("betting");
      expect(lobby.seat(ann)).toMatchObject({ bets: [{ amount: 100 }], strategy: { left: 1 } });
    }
  });

  test("[C10] replaced in mid-round, the old one's bet stands and the new one begins anew with the next round", () => {
    for (const phase of ["betting", "running"] as const) {
      const lobby = lobbyWith();
      start(lobby, ann, 100, 1.5, { stopLoss: 100 });
      lobby.runTo(phase);
      expect(start(lobby, ann, 20, 3, { rounds: 1 })).toBe("ok");
      expect(lobby.seat(ann)).toMatchObject({
        bets: [{ amount: 100, targetX100: 150 }],
        strategy: { next: 20, left: 1, net: 0, bet: null },
      });
      lobby.bits = 0;
      if (phase === "betting") lobby.play(100);
      else lobby.runTo("betting");
      // What the old one lost is not the new one's.
      expect(lobby.seat(ann)).toMatchObject({ bets: [{ amount: 20, targetX100: 300 }], strategy: { net: 0, left: 0 } });
    }
  });

  test("[C10] replaced once its bet is cancelled, the new one bets at once", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5);
    lobby.cancel(ann, lobby.seat(ann).strategy?.bet ?? 0);
    start(lobby, ann, 20, 3);
    expect(lobby.seat(ann).bets).toMatchObject([{ amount: 20 }]);
  });

  test("[C10] is remembered when it has stopped, and while another player plays", () => {
    const lobby = lobbyWith();
    const plan = {
      amount: 100,
      targetX100: 150,
      onWinX100: 200,
      onLossX100: null,
      stopLoss: 300,
      stopWin: null,
      rounds: 1,
    };
    start(lobby, ann, 100, 1.5, { onWin: 2, stopLoss: 300, rounds: 1 });
    expect(lobby.seat(ann).plan).toEqual(plan);
    lobby.play(150);
    for (let i = 0; i < 3; i++) {
      lobby.bet(bob, 10);
      lobby.play(150);
    }
    expect(lobby.seat(ann)).toMatchObject({ strategy: null, stopped: "finished", plan });
    start(lobby, ann, 20, 3);
    expect(lobby.seat(ann)).toMatchObject({ stopped: null, plan: { amount: 20, targetX100: 300, stopLoss: null } });
  });

  test("[C10] wants its next bet's chips ahead, while bets are not open, and nothing after its last round", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5, { onLoss: 2 });
    start(lobby, bob, 10, 1.5, { rounds: 1 });
    expect(crash.bank.prefund(lobby.state)).toEqual([]);
    lobby.launch(100);
    lobby.runTo("crashed");
    expect(crash.bank.prefund(lobby.state)).toEqual([{ player: ann, amount: 200 }]);
    lobby.runTo("betting");
    expect(crash.bank.prefund(lobby.state)).toEqual([]);
  });

  test("[C10] a strategy of one is nobody else's business", () => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.77, { stopLoss: 4_242 });
    lobby.bet(cy, 10, 1.88);
    const seen = JSON.stringify([lobby.view(), lobby.seat(cy), lobby.shown, crash.lobby.summary(lobby.state)]);
    expect(seen).toContain("188");
    for (const secret of ["177", "4242", "strategy"])
      expect(JSON.stringify(lobby.view()) + JSON.stringify(lobby.shown)).not.toContain(secret);
    for (const secret of ["177", "4242"]) expect(seen).not.toContain(secret);
  });

  test.each([
    [{ onWin: 0 }, "invalid_factor"],
    [{ onLoss: -1 }, "invalid_factor"],
    [{ onWin: 1.005 }, "invalid_factor"],
    [{ onLoss: 100.01 }, "invalid_factor"],
  ])("[C10] %j is refused %s, and what was on goes on", (wish, code) => {
    const lobby = lobbyWith();
    start(lobby, ann, 100, 1.5);
    expect(start(lobby, ann, 50, 1.5, wish)).toEqual(refused(code));
    expect(lobby.seat(ann).strategy).toMatchObject({ next: 100 });
  });
});
