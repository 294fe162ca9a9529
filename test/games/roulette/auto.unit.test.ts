import { describe, expect, test } from "vitest";
import type { PlayerId } from "../../../rooms/game.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import { ann, bob, Driver, type Answer } from "./driver.ts";

const refused = (code: string): { refused: string } => ({ refused: code });

function auto(
  table: Driver,
  player: PlayerId,
  rounds: number,
  stops: { stopLoss?: number; stopWin?: number } = {},
): Answer {
  return table.command(player, { type: "autoRepeat", rounds, ...stops });
}

const reasons = (table: Driver): (string | null)[] =>
  table.journal.flatMap((event) => (event.type === "auto" && event.auto === null ? [event.reason] : []));

describe("auto-repeat", () => {
  test("[R12] the server places the last bets for n rounds, opens the clock from now, and then stops", () => {
    const table = new Driver({ openMs: 10_000 });
    table.bring(ann, 100);
    table.bet(ann, ["red", 5], ["dozen:1", 5]);
    expect(auto(table, ann, 2)).toBe("ok");
    expect(table.seat(ann).auto).toEqual({ left: 2, stopLoss: null, stopWin: null, net: 0 });
    table.pocket = "2";
    table.runTo("settled");
    table.fire(1_234);
    expect(table.state.phase).toEqual({ name: "open", closesAt: table.now + 10_000 });
    expect(table.seat(ann)).toMatchObject({ bets: { red: 5, "dozen:1": 5 }, undos: 1, auto: { left: 1, net: 5 } });
    table.play("36");
    expect(table.seat(ann)).toMatchObject({ staked: 10, auto: { left: 0, net: 5 } });
    table.play("35");
    expect(table.state.phase.name).toBe("waiting");
    expect(table.seat(ann)).toMatchObject({ staked: 0, auto: null });
    expect(reasons(table)).toEqual(["finished"]);
    expect(table.state.round).toBe(4);
  });

  test("[R12] it stops as soon as the loss reaches stop-loss, or the win stop-win", () => {
    const table = new Driver();
    table.bring(ann, 1_000);
    table.bring(bob, 1_000);
    table.bet(ann, ["red", 10]);
    table.bet(bob, ["black", 10]);
    auto(table, ann, 100, { stopLoss: 20, stopWin: 1_000 });
    auto(table, bob, 100, { stopLoss: 1_000, stopWin: 30 });
    table.play("2");
    expect(table.seat(ann).auto).toMatchObject({ net: -10 });
    table.play("2");
    expect(table.seat(ann)).toMatchObject({ auto: null, staked: 0 });
    expect(table.seat(bob)).toMatchObject({ auto: { net: 20 }, staked: 10 });
    table.play("2");
    expect(table.seat(bob)).toMatchObject({ auto: null, staked: 0 });
    expect(reasons(table)).toEqual(["stop_loss", "stop_win"]);
    expect(table.profit(ann)).toBe(-20);
    expect(table.profit(bob)).toBe(30);
  });

  test("[R12] bets that could take the loss past stop-loss are not placed, and that is told", () => {
    const table = new Driver();
    table.bring(ann, 1_000);
    table.bet(ann, ["red", 10]);
    expect(auto(table, ann, 100, { stopLoss: 9 })).toEqual(refused("above_stop_loss"));
    auto(table, ann, 100, { stopLoss: 25 });
    table.play("2");
    expect(table.seat(ann)).toMatchObject({ auto: { net: -10 }, staked: 10 });
    table.play("2");
    expect(table.seat(ann)).toMatchObject({ auto: null, staked: 0 });
    expect(reasons(table)).toEqual(["stop_loss_ahead"]);
    expect(table.profit(ann)).toBe(-20);
    // More by hand than the limit leaves: what was laid by hand is not repeated.
    table.bet(ann, ["red", 5]);
    auto(table, ann, 100, { stopLoss: 30 });
    table.bet(ann, ["red", 15]);
    table.play("2");
    expect(table.seat(ann)).toMatchObject({ auto: null, staked: 0 });
    expect(table.profit(ann)).toBe(-40);
  });

  test("[R12] 0 rounds switch it off, and switching on again counts the net anew", () => {
    const table = new Driver();
    table.bring(ann, 1_000);
    table.bet(ann, ["red", 10]);
    expect(auto(table, ann, 0)).toBe("ok");
    auto(table, ann, 5);
    table.play("2");
    expect(table.seat(ann).auto).toMatchObject({ left: 4, net: -10 });
    auto(table, ann, 3, { stopLoss: 50 });
    expect(table.seat(ann).auto).toEqual({ left: 3, stopLoss: 50, stopWin: null, net: 0 });
    auto(table, ann, 0);
    expect(table.seat(ann).auto).toBeNull();
    expect(table.seat(ann).staked).toBe(10);
    table.play("2");
    expect(table.state.phase.name).toBe("waiting");
  });

  test("[R12] there must be something to repeat", () => {
    const table = new Driver();
    expect(auto(table, ann, 3)).toEqual(refused("nothing_to_repeat"));
    table.bet(ann, ["red", 5]);
    expect(auto(table, ann, 3)).toBe("ok");
    table.command(ann, { type: "clear" });
    expect(table.seat(ann).auto).not.toBeNull();
    table.bet(bob, ["red", 5]);
    table.play("2");
    expect(table.seat(ann).auto).toBeNull();
    expect(reasons(table)).toEqual(["nothing_to_repeat"]);
  });

  test("[R12] one who clears or bets by hand keeps it, and what was bet last is repeated", () => {
    const table = new Driver();
    table.bring(ann, 1_000);
    table.bet(ann, ["red", 5]);
    auto(table, ann, 10);
    table.play("2");
    table.command(ann, { type: "clear" });
    table.bet(ann, ["black", 7]);
    table.play("2");
    expect(table.seat(ann)).toMatchObject({ bets: { black: 7 }, auto: { left: 8, net: 2 } });
  });

  test("[R12] [R4] when the only one who repeats has cleared, the next opening repeats again", () => {
    const table = new Driver();
    table.bring(ann, 1_000);
    table.bet(ann, ["red", 5]);
    auto(table, ann, 10);
    table.play("2");
    table.command(ann, { type: "clear" });
    table.fire();
    expect(table.state.round).toBe(2);
    expect(table.state.phase.name).toBe("open");
    expect(table.seat(ann)).toMatchObject({ bets: { red: 5 }, auto: { left: 8 } });
  });

  test("[R12] switched on at a table that waits, it makes the first bet at once", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.play("2");
    expect(auto(table, ann, 2)).toBe("ok");
    expect(table.state.phase.name).toBe("open");
    expect(table.seat(ann)).toMatchObject({ bets: { red: 5 }, undos: 1, auto: { left: 1, net: 0 } });
  });

  test("[R12] a purse that does not cover all bets stops it, and nothing is placed", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["black", 5]);
    auto(table, ann, 10);
    table.bring(bob, 10);
    table.bet(bob, ["odd", 5]);
    auto(table, bob, 10);
    table.play("0");
    expect(table.seat(ann)).toMatchObject({ staked: 0, auto: null });
    expect(table.seat(bob)).toMatchObject({ staked: 5, auto: { left: 9 } });
    expect(reasons(table)).toEqual(["insufficient_funds"]);
  });

  test("[R12] [R6] bets that pass the table's limit, counted with those placed before, stop it with that code", () => {
    const table = new Driver({ maxLiability: 500 });
    table.bring(ann, 1_000);
    table.bring(bob, 1_000);
    table.bet(ann, ["straight:1", 10]);
    auto(table, ann, 10);
    table.play("2");
    table.command(ann, { type: "clear" });
    table.bet(bob, ["straight:1", 10]);
    auto(table, bob, 10);
    table.play("2");
    expect(table.seat(ann)).toMatchObject({ staked: 10 });
    expect(table.seat(bob)).toMatchObject({ staked: 0, auto: null });
    expect(reasons(table)).toEqual(["above_table_maximum"]);
  });

  test("[R12] a paused table places nothing, and the resumption does", () => {
    const table = new Driver();
    table.bring(ann, 100);
    table.bet(ann, ["red", 5]);
    auto(table, ann, 3);
    table.pause();
    table.play("2");
    expect(table.state.phase.name).toBe("waiting");
    expect(table.seat(ann)).toMatchObject({ staked: 0, auto: { left: 3 } });
    auto(table, ann, 4);
    expect(table.seat(ann).staked).toBe(0);
    table.now += 60_000;
    table.resume();
    expect(table.state.phase).toEqual({ name: "open", closesAt: table.now + table.state.config.openMs });
    expect(table.seat(ann)).toMatchObject({ staked: 5, auto: { left: 3 } });
  });

  test("[R12] a void ends it, with the reason told", () => {
    const table = new Driver();
    table.bring(ann, 100);
    table.bring(bob, 100);
    table.bet(ann, ["red", 5]);
    table.bet(bob, ["red", 5]);
    auto(table, ann, 3);
    auto(table, bob, 3);
    table.play("2");
    table.command(bob, { type: "clear" });
    table.input({ type: "void", reason: "test" });
    expect(table.seat(ann).auto).toBeNull();
    expect(table.seat(bob).auto).toBeNull();
    expect(reasons(table)).toEqual(["voided", "voided"]);
    expect(table.state.phase.name).toBe("waiting");
  });

  test("[R12] while the wheel turns and after, the room is told whose purses to fill, and how much", () => {
    const table = new Driver();
    table.bring(ann, 100);
    table.bet(ann, ["red", 5], ["odd", 7]);
    table.bet(bob, ["red", 5]);
    auto(table, ann, 1);
    const seen: [string, unknown][] = [];
    for (let i = 0; i < 4; i++) {
      seen.push([table.state.phase.name, roulette.bank.prefund(table.state)]);
      table.fire();
    }
    const want = [{ player: "ann", amount: 12 }];
    expect(seen).toEqual([
      ["open", []],
      ["closed", []],
      ["spinning", want],
      ["settled", want],
    ]);
    table.runTo("spinning");
    expect(roulette.bank.prefund(table.state)).toEqual([]);
  });

  test("[R12] the net counts from the round in which it was switched on, bets by hand included", () => {
    const table = new Driver();
    table.bring(ann, 100);
    table.bet(ann, ["red", 5]);
    table.play("2");
    table.bet(ann, ["red", 6]);
    auto(table, ann, 5);
    table.bet(ann, ["straight:3", 1]);
    table.play("3");
    expect(table.seat(ann).auto).toMatchObject({ net: 6 + 35 });
  });
});
