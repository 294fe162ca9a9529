import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import { capOf } from "../../../rooms/roulette/limits.ts";
import { config } from "../../../rooms/roulette/types.ts";
import { ann, bob, cy, Driver } from "./driver.ts";

const refused = (code: string): { refused: string } => ({ refused: code });

describe("limits of one bet", () => {
  test("[R3] a spot that this layout does not have is refused, with everything that came with it", () => {
    const table = new Driver();
    expect(table.bet(ann, ["straight:37", 5])).toEqual(refused("illegal_spot"));
    expect(table.bet(ann, ["red", 5], ["split:1-3", 5])).toEqual(refused("illegal_spot"));
    expect(table.bet(ann, ["five:0-00-1-2-3", 5])).toEqual(refused("illegal_spot"));
    expect(table.journal).toEqual([]);
  });

  test("[R6] an amount below the table's minimum is refused, also on top of an earlier bet", () => {
    const table = new Driver({ minStake: 10 });
    expect(table.bet(ann, ["red", 9])).toEqual(refused("below_minimum"));
    expect(table.bet(ann, ["red", 10])).toBe("ok");
    expect(table.bet(ann, ["red", 5])).toEqual(refused("below_minimum"));
    expect(table.bet(ann, ["black", 5], ["black", 5])).toEqual(refused("below_minimum"));
  });

  test("[R6] the inside maximum scales with the numbers covered", () => {
    const limits = { maxInside: 10, maxOutside: 1_000 };
    const bets = [
      ["straight:17", 10],
      ["split:17-20", 20],
      ["street:16-17-18", 30],
      ["trio:0-1-2", 30],
      ["corner:16-17-19-20", 40],
      ["first-four:0-1-2-3", 40],
      ["line:13-14-15-16-17-18", 60],
    ] as const;
    for (const [spot, most] of bets) {
      const table = new Driver(limits);
      expect(table.bet(ann, [spot, most + 1])).toEqual(refused("above_inside_maximum"));
      expect(table.bet(ann, [spot, most])).toBe("ok");
      expect(table.bet(ann, [spot, 1])).toEqual(refused("above_inside_maximum"));
      expect(table.bet(bob, [spot, most])).toBe("ok");
    }
  });

  test("[R6] the outside maximum scales with the dozens covered", () => {
    for (const [spot, most] of [
      ["dozen:1", 11],
      ["column:3", 11],
      ["red", 16],
      ["high", 16],
    ] as const) {
      const table = new Driver({ maxInside: 1, maxOutside: 11 });
      expect(table.bet(ann, [spot, most + 1])).toEqual(refused("above_outside_maximum"));
      expect(table.bet(ann, [spot, most])).toBe("ok");
    }
  });

  test("[R6] every bet of every layout can be filled to its maximum and no further", () => {
    for (const wheel of ["european", "french", "american"] as const) {
      const settings = { wheel, maxInside: 20, maxOutside: 240 };
      for (const bet of layoutOf(wheel).bets) {
        const table = new Driver(settings);
        const cap = capOf(z.parse(config, settings), bet);
        expect(cap).toBe(bet.k * 20);
        expect(table.bet(ann, [bet.spot, cap])).toBe("ok");
        expect(table.bet(ann, [bet.spot, 2])).toEqual(refused(`above_${bet.side}_maximum`));
      }
    }
  });

  test("[R6] the same spot twice in one command counts as one sum", () => {
    const table = new Driver({ maxInside: 10 });
    expect(table.bet(ann, ["straight:1", 6], ["straight:1", 5])).toEqual(refused("above_inside_maximum"));
    expect(table.bet(ann, ["straight:1", 6], ["red", 1], ["straight:1", 4])).toBe("ok");
    expect(table.seat(ann)).toMatchObject({ bets: { "straight:1": 10, red: 1 }, staked: 11, undos: 1 });
  });

  test("[R11] the French table takes even amounts on even chances alone, so that half is exact", () => {
    const table = new Driver({ wheel: "french" });
    for (const spot of ["red", "black", "odd", "even", "low", "high"]) {
      expect(table.bet(ann, [spot, 5])).toEqual(refused("odd_amount"));
      expect(table.bet(ann, [spot, 6])).toBe("ok");
    }
    expect(table.bet(ann, ["dozen:1", 5], ["straight:0", 5])).toBe("ok");
    expect(new Driver().bet(ann, ["red", 5])).toBe("ok");
  });
});

describe("limits of players and table", () => {
  test("[R6] a player's chips on the layout have a maximum", () => {
    const table = new Driver({ maxPlayer: 100 });
    expect(table.bet(ann, ["red", 60], ["black", 41])).toEqual(refused("above_player_maximum"));
    expect(table.bet(ann, ["red", 60])).toBe("ok");
    expect(table.bet(ann, ["black", 41])).toEqual(refused("above_player_maximum"));
    expect(table.bet(ann, ["black", 40])).toBe("ok");
    expect(table.bet(bob, ["red", 100])).toBe("ok");
  });

  test("[R6] the profits that one result would cost the house are limited over all players, to the chip", () => {
    const table = new Driver({ maxLiability: 350 });
    expect(table.bet(ann, ["straight:17", 11])).toEqual(refused("above_table_maximum"));
    expect(table.bet(ann, ["straight:17", 10])).toBe("ok");
    expect(table.bet(bob, ["straight:17", 1])).toEqual(refused("above_table_maximum"));
    expect(table.bet(bob, ["black", 1])).toEqual(refused("above_table_maximum"));
    expect(table.bet(bob, ["straight:18", 10])).toBe("ok");
    // What loses on 17 makes no room there: it could be taken back.
    expect(table.bet(cy, ["dozen:3", 25])).toBe("ok");
    expect(table.bet(bob, ["straight:17", 1])).toEqual(refused("above_table_maximum"));
  });

  test("[R6] no undo pushes the table over its limit: a bet taken back lowers what every result would cost, or leaves it", () => {
    const table = new Driver({ maxLiability: 350 });
    expect(table.bet(bob, ["red", 35])).toBe("ok");
    expect(table.bet(ann, ["straight:17", 11])).toEqual(refused("above_table_maximum"));
    expect(table.bet(ann, ["straight:17", 10])).toBe("ok");
    table.command(bob, { type: "undo" });
    expect(Math.max(...table.state.felt.profits)).toBe(350);
    table.pocket = "17";
    table.runTo("settled");
    expect(table.profit(ann)).toBe(350);
    expect(table.house).toBe(-350);
  });

  test("[R6] half a stake that comes back at zero is no profit, so it counts as nothing at the French table", () => {
    const table = new Driver({ wheel: "french", maxLiability: 350 });
    expect(table.bet(ann, ["straight:0", 10], ["red", 100])).toBe("ok");
    expect(table.state.felt.profits[0]).toBe(350);
    expect(table.state.felt.profits[1]).toBe(100);
  });

  test("[R6] the limits hold for double, repeat and calls as well", () => {
    const table = new Driver({ maxInside: 10, maxPlayer: 60 });
    table.bet(ann, ["straight:17", 6]);
    expect(table.command(ann, { type: "double" })).toEqual(refused("above_inside_maximum"));
    table.command(ann, { type: "clear" });
    table.bet(ann, ["red", 31]);
    expect(table.command(ann, { type: "double" })).toEqual(refused("above_player_maximum"));
    table.play("2");
    table.bet(ann, ["black", 30]);
    expect(table.command(ann, { type: "repeat" })).toEqual(refused("above_player_maximum"));
    expect(table.command(ann, { type: "call", name: "tiers", amount: 6 })).toEqual(refused("above_player_maximum"));
    expect(table.command(ann, { type: "call", name: "neighbours", n: 0, amount: 11 })).toEqual(
      refused("above_inside_maximum"),
    );
    expect(table.seat(ann).bets).toEqual({ black: 30 });
  });

  test("[R6] double meets the table's limit with all its bets at once", () => {
    const table = new Driver({ maxLiability: 420 });
    table.bet(ann, ["straight:1", 6], ["straight:2", 6]);
    expect(table.command(ann, { type: "double" })).toBe("ok");
    expect(table.command(ann, { type: "double" })).toEqual(refused("above_table_maximum"));
    expect(table.seat(ann)).toMatchObject({ bets: { "straight:1": 12, "straight:2": 12 }, undos: 2 });
  });

  test("[R6] amounts beyond any purse are refused by a limit, never added up", () => {
    const table = new Driver();
    const huge = Number.MAX_SAFE_INTEGER;
    expect(table.bet(ann, ["red", huge], ["red", huge])).toEqual(refused("above_outside_maximum"));
    expect(table.bet(ann, ["straight:1", huge])).toEqual(refused("above_inside_maximum"));
    expect(table.command(ann, { type: "call", name: "voisins", amount: huge })).toEqual(
      refused("above_inside_maximum"),
    );
  });
});

describe("config", () => {
  test("an empty config is a table, and limits whose sums would leave the safe integers are refused", () => {
    expect(z.parse(config, {})).toMatchObject({ wheel: "european", minStake: 1, openMs: 15_000 });
    for (const bad of [
      { maxPlayer: 1e13 },
      { minStake: 0 },
      { maxInside: 1.5 },
      { wheel: "triple" },
      { openMs: 1 },
      { maxLiability: "10" },
    ]) {
      expect(z.safeParse(config, bad).success).toBe(false);
    }
  });
});
