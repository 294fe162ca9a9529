import { describe, expect, test } from "vitest";
import { roulette } from "../../../rooms/roulette/index.ts";
import type { Command } from "../../../rooms/roulette/types.ts";
import { pocketsOf } from "../../../rooms/roulette/wheel.ts";
import { ann, bob, Driver, ms } from "./driver.ts";

const TIMES = { openMs: 10_000, closedMs: 1_000, spinMs: 5_000, settledMs: 3_000 };
const refused = (code: string): { refused: string } => ({ refused: code });

describe("phases", () => {
  test("[R4] waiting, open, closed, spinning, settled, waiting; each counted from the promised end of the one before", () => {
    const table = new Driver(TIMES);
    const t0 = table.now;
    expect(table.state.phase).toEqual({ name: "waiting" });
    table.bet(ann, ["red", 5]);
    expect(table.state.phase).toEqual({ name: "open", closesAt: t0 + 10_000 });
    table.fire(700);
    expect(table.state.phase).toEqual({ name: "closed", spinAt: t0 + 11_000 });
    table.fire(50);
    expect(table.state.phase).toEqual({
      name: "spinning",
      result: "17",
      spunAt: t0 + 11_000,
      settleAt: t0 + 16_000,
    });
    table.fire(90_000);
    expect(table.state.phase).toEqual({ name: "settled", result: "17", nextAt: t0 + 19_000 });
    table.fire();
    expect(table.state.phase).toEqual({ name: "waiting" });
    expect(table.types()).toEqual(["placed", "opened", "closed", "spun", "settled", "ready"]);
  });

  test("[R4] the first bet opens the clock and later ones do not move it", () => {
    const table = new Driver(TIMES);
    expect(roulette.rules.deadlines(table.state)).toEqual([]);
    table.bet(ann, ["red", 5]);
    const opened = roulette.rules.deadlines(table.state);
    table.now += 4_000;
    table.bet(bob, ["black", 5]);
    expect(roulette.rules.deadlines(table.state)).toEqual(opened);
  });

  test("[R4] when everyone has cleared, the clock runs on, and the table waits again without a spin or a new round", () => {
    const table = new Driver(TIMES);
    table.bet(ann, ["red", 5]);
    table.command(ann, { type: "clear" });
    expect(table.state.phase.name).toBe("open");
    table.fire();
    expect(table.state.phase).toEqual({ name: "waiting" });
    expect(table.state.round).toBe(1);
    expect(table.types()).not.toContain("spun");
    expect(roulette.rules.deadlines(table.state)).toEqual([]);
    expect(table.bet(ann, ["red", 5])).toBe("ok");
    expect(table.state.phase).toEqual({ name: "open", closesAt: table.now + 10_000 });
  });

  test("[R4] after a long sleep the open round is finished at once, and no other is opened", () => {
    const table = new Driver(TIMES);
    table.bet(ann, ["straight:17", 5]);
    table.now += 3_600_000;
    const woken = table.now;
    while (table.fire());
    expect(table.now).toBe(woken);
    expect(table.state.phase).toEqual({ name: "waiting" });
    expect(table.state.round).toBe(2);
    expect(table.profit(ann)).toBe(35 * 5);
  });

  test("[R4] the round moves on when it is settled, and entropy is taken only while bets are", () => {
    const table = new Driver();
    const seen: [string, number, boolean][] = [];
    const look = (): void => {
      seen.push([table.state.phase.name, roulette.rules.round(table.state), roulette.rules.seedsClosed(table.state)]);
    };
    look();
    table.bet(ann, ["red", 5]);
    for (let i = 0; i < 5; i++) {
      look();
      table.fire();
    }
    expect(seen).toEqual([
      ["waiting", 1, false],
      ["open", 1, false],
      ["closed", 1, true],
      ["spinning", 1, true],
      ["settled", 2, true],
      ["waiting", 2, false],
    ]);
  });

  test("[R4] each index of the draw is its own pocket", () => {
    for (const wheel of ["european", "american"] as const) {
      for (const pocket of pocketsOf(wheel)) {
        const table = new Driver({ wheel });
        table.bet(ann, [`straight:${pocket}`, 5]);
        table.play(pocket);
        expect(table.profit(ann)).toBe(35 * 5);
        expect(table.view().history).toEqual([pocket]);
      }
    }
  });
});

describe("the close", () => {
  const commands: readonly Command[] = [
    { type: "bet", bets: [{ spot: "red", amount: 5 }] },
    { type: "call", name: "voisins", amount: 5 },
    { type: "undo" },
    { type: "clear" },
    { type: "double" },
    { type: "repeat" },
  ];

  for (const phase of ["closed", "spinning", "settled"] as const) {
    test(`[R5] in phase ${phase} every betting command is refused bets_closed, and the chips stay in the purse`, () => {
      const table = new Driver();
      table.bet(ann, ["red", 5]);
      table.play("1");
      table.bet(ann, ["red", 5]);
      table.bring(bob, 1_000);
      table.runTo(phase);
      const before = table.state;
      for (const player of [ann, bob]) {
        for (const command of commands) expect(table.command(player, command)).toEqual(refused("bets_closed"));
      }
      expect(table.state).toBe(before);
      expect(table.purses.get(bob)).toBe(1_000);
    });
  }

  test("[R5] the last bet before the close counts, and is played", () => {
    const table = new Driver(TIMES);
    table.bet(ann, ["red", 5]);
    table.now += 9_999;
    expect(table.bet(bob, ["straight:17", 1])).toBe("ok");
    table.play("17");
    expect(table.profit(bob)).toBe(35);
  });
});

describe("deadlines again", () => {
  test("[R8] each deadline fired a second time, or in any other phase, changes nothing", () => {
    const table = new Driver();
    table.bet(ann, ["straight:17", 5]);
    const fired: { name: string; at: number }[] = [];
    for (;;) {
      const [due] = roulette.rules.deadlines(table.state);
      if (due === undefined) break;
      table.fire();
      fired.push(due);
      const after = table.state;
      for (const old of fired) {
        table.input({ type: "deadline", name: old.name, at: ms(old.at) });
        expect(table.state).toBe(after);
      }
    }
    expect(fired.map(({ name }) => name)).toEqual(["close", "spin", "settle", "ready"]);
    expect(table.profit(ann)).toBe(175);
  });

  test("[R8] a deadline before its time, of another instant or of an unknown name changes nothing", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    const [due] = roulette.rules.deadlines(table.state);
    if (due === undefined) throw new Error("no deadline");
    const before = table.state;
    table.now = due.at - 1;
    table.input({ type: "deadline", ...due });
    table.now = due.at + 5_000;
    table.input({ type: "deadline", name: due.name, at: ms(due.at - 1) });
    table.input({ type: "deadline", name: "settle", at: due.at });
    table.input({ type: "deadline", name: "strange", at: due.at });
    expect(table.state).toBe(before);
  });

  test("[R8] deciding the same deadline twice from the same state decides the same", () => {
    const table = new Driver();
    table.bet(ann, ["straight:17", 5]);
    table.bet(bob, ["red", 5]);
    table.runTo("spinning");
    const [due] = roulette.rules.deadlines(table.state);
    if (due === undefined) throw new Error("no deadline");
    table.now = due.at;
    const input = { type: "deadline", name: due.name, at: due.at } as const;
    expect(roulette.rules.decide(table.state, input, table.facts())).toStrictEqual(
      roulette.rules.decide(table.state, input, table.facts()),
    );
  });
});

describe("the operator", () => {
  test("a pause refuses new bets, lets chips be taken back, and lets the open round end", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["black", 5]);
    table.bet(ann, ["odd", 5]);
    table.pause();
    expect(table.bet(bob, ["red", 5])).toEqual(refused("paused"));
    expect(table.command(ann, { type: "double" })).toEqual(refused("paused"));
    expect(table.command(ann, { type: "repeat" })).toEqual(refused("paused"));
    expect(table.command(ann, { type: "call", name: "tiers", amount: 1 })).toEqual(refused("paused"));
    expect(table.command(ann, { type: "undo" })).toBe("ok");
    table.runTo("spinning");
    expect(table.bet(bob, ["red", 5])).toEqual(refused("bets_closed"));
    table.play("1");
    expect(table.state.phase.name).toBe("waiting");
    expect(table.bet(ann, ["red", 5])).toEqual(refused("paused"));
    table.resume();
    expect(table.bet(ann, ["red", 5])).toBe("ok");
  });

  test("a void of a round whose number is out is refused result_known, and the number counts", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.runTo("spinning");
    const before = table.state;
    expect(table.input({ type: "void", reason: "not liked" })).toEqual(refused("result_known"));
    expect(table.state).toBe(before);
  });

  for (const phase of ["open", "closed"] as const) {
    test(`[R8] a void in phase ${phase} gives every chip back once, and the round moves on`, () => {
      const table = new Driver();
      table.bet(ann, ["red", 5], ["straight:17", 3]);
      table.bet(bob, ["dozen:1", 7]);
      table.runTo(phase);
      expect(table.input({ type: "void", reason: "the ball left the wheel" })).toBe("ok");
      expect(table.input({ type: "void", reason: "again" })).toEqual(refused("no_round"));
      expect(table.profit(ann)).toBe(0);
      expect(table.profit(bob)).toBe(0);
      expect(table.house).toBe(0);
      expect(table.state.felt.staked).toBe(0);
      expect(table.state.phase).toEqual({ name: "waiting" });
      expect(roulette.rules.round(table.state)).toBe(2);
      expect(table.view().history).toEqual([]);
      expect(table.seat(ann).paid).toEqual({ round: 1, result: null, staked: 8, returned: 8, wins: [] });
      expect(table.bet(ann, ["red", 5])).toBe("ok");
    });
  }

  test("a void without chips on the layout is refused no_round, also between rounds", () => {
    const table = new Driver();
    const again = { type: "void", reason: "test" } as const;
    expect(table.input(again)).toEqual(refused("no_round"));
    table.bet(ann, ["red", 5]);
    table.command(ann, { type: "undo" });
    expect(table.input(again)).toEqual(refused("no_round"));
    table.bet(ann, ["red", 5]);
    table.runTo("settled");
    expect(table.input(again)).toEqual(refused("no_round"));
  });

  test("coming and going changes nothing at the table", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    const before = table.state;
    table.input({ type: "presence", player: ann, online: false });
    table.input({ type: "presence", player: bob, online: true });
    expect(table.state).toBe(before);
  });
});
