import { describe, expect, test } from "vitest";
import { decompose, type Call } from "../../../rooms/roulette/calls.ts";
import { betOn } from "../../../rooms/roulette/layout.ts";
import { wheelOrder, type Wheel } from "../../../rooms/roulette/wheel.ts";
import { ann, bySpot, Driver } from "./driver.ts";

function betsOf(wheel: Wheel, call: Call): Record<string, number> {
  const called = decompose(wheel, call);
  if ("refused" in called) throw new Error(called.refused);
  return bySpot(called.bets);
}

const chipsOf = (bets: Record<string, number>): number => Object.values(bets).reduce((sum, chips) => sum + chips, 0);

function covered(wheel: Wheel, bets: Record<string, number>): string[] {
  return Object.keys(bets).flatMap((spot) => {
    const bet = betOn(wheel, spot);
    if (bet === undefined) throw new Error(`${spot} is not legal`);
    return bet.pockets;
  });
}

/** From one pocket clockwise to another. */
function arc(from: string, to: string): string[] {
  const order = wheelOrder("european");
  const twice = [...order, ...order];
  const start = twice.indexOf(from);
  return twice.slice(start, twice.indexOf(to, start) + 1);
}

const straights = (...ns: number[]): Record<string, number> => Object.fromEntries(ns.map((n) => [`straight:${n}`, 5]));
const finales = (n: number): string[] => Object.keys(betsOf("european", { name: "finales", n, amount: 1 }));

describe("call bets", () => {
  const sectors = [
    { name: "voisins", chips: 9, arcs: arc("22", "25") },
    { name: "tiers", chips: 6, arcs: arc("27", "33") },
    { name: "orphelins", chips: 5, arcs: [...arc("1", "9"), ...arc("17", "6")] },
    { name: "jeu-zero", chips: 4, arcs: arc("12", "15") },
  ] as const;

  for (const { name, chips, arcs } of sectors) {
    test(`[R10] ${name}: ${chips} chips on legal bets, over just its part of the wheel`, () => {
      const bets = betsOf("european", { name, amount: 1 });
      expect(chipsOf(bets)).toBe(chips);
      expect([...new Set(covered("european", bets))].sort()).toEqual([...arcs].sort());
      const tenfold = betsOf("french", { name, amount: 10 });
      for (const [spot, amount] of Object.entries(bets)) expect(tenfold[spot]).toBe(10 * amount);
    });
  }

  test("[R10] voisins, tiers and orphelins together are the whole wheel", () => {
    const parts = (["voisins", "tiers", "orphelins"] as const).flatMap((name) => [
      ...new Set(covered("european", betsOf("european", { name, amount: 1 }))),
    ]);
    expect(parts.sort()).toEqual([...wheelOrder("european")].sort());
  });

  test("[R10] voisins has two chips on 0-2-3 and on the corner 25-29, orphelins doubles 17 by its two splits", () => {
    const voisins = betsOf("european", { name: "voisins", amount: 3 });
    expect(voisins["trio:0-2-3"]).toBe(6);
    expect(voisins["corner:25-26-28-29"]).toBe(6);
    const orphelins = covered("european", betsOf("european", { name: "orphelins", amount: 1 }));
    expect(orphelins.filter((pocket) => pocket === "17").length).toBe(2);
  });

  test("[R10] neighbours are n and k on each side in the wheel's order, two unless told, also across zero", () => {
    expect(betsOf("european", { name: "neighbours", n: 0, amount: 5 })).toEqual(straights(3, 26, 0, 32, 15));
    expect(betsOf("european", { name: "neighbours", n: 17, k: 1, amount: 5 })).toEqual(straights(25, 17, 34));
    expect(betsOf("european", { name: "neighbours", n: 8, k: 0, amount: 5 })).toEqual(straights(8));
    expect(chipsOf(betsOf("european", { name: "neighbours", n: 26, k: 9, amount: 1 }))).toBe(19);
    // 27, 00 and 1 lie beside one another.
    expect(betsOf("american", { name: "neighbours", n: "00", k: 1, amount: 5 })).toEqual({
      "straight:27": 5,
      "straight:00": 5,
      "straight:1": 5,
    });
    expect(Object.keys(betsOf("american", { name: "neighbours", n: 1, k: 1, amount: 1 })).sort()).toEqual([
      "straight:00",
      "straight:1",
      "straight:13",
    ]);
  });

  test("[R10] finales are the numbers that end in a digit", () => {
    expect(finales(0)).toEqual(["straight:0", "straight:10", "straight:20", "straight:30"]);
    expect(finales(6)).toEqual(["straight:6", "straight:16", "straight:26", "straight:36"]);
    expect(finales(7)).toEqual(["straight:7", "straight:17", "straight:27"]);
    const all = Array.from({ length: 10 }, (_, n) => finales(n)).flat();
    expect(new Set(all).size).toBe(37);
  });

  test("[R10] a call that says too little is refused", () => {
    for (const call of [
      { name: "neighbours" },
      { name: "neighbours", n: "00" },
      { name: "finales" },
      { name: "finales", n: 10 },
      { name: "finales", n: "00" },
    ] as const) {
      expect(new Driver().command(ann, { type: "call", ...call, amount: 1 })).toEqual({ refused: "illegal_call" });
    }
  });

  test("[R10] [R11] the American table has no voisins, tiers, orphelins and jeu zero", () => {
    const table = new Driver({ wheel: "american" });
    for (const { name } of sectors) {
      expect(table.command(ann, { type: "call", name, amount: 1 })).toEqual({ refused: "not_on_this_wheel" });
    }
    expect(table.command(ann, { type: "call", name: "finales", n: 3, amount: 1 })).toBe("ok");
    expect(table.command(ann, { type: "call", name: "neighbours", n: 3, amount: 1 })).toBe("ok");
  });

  test("[R10] a call is placed whole, is one action to undo, and pays like its bets", () => {
    const table = new Driver();
    expect(table.command(ann, { type: "call", name: "voisins", amount: 10 })).toBe("ok");
    expect(table.seat(ann).staked).toBe(90);
    expect(table.seat(ann).undos).toBe(1);
    table.play("26");
    expect(table.profit(ann)).toBe(20 * 9 - 90);
  });

  test("[R10] [R6] a call of which one bet passes a limit is refused whole", () => {
    const table = new Driver({ maxInside: 10 });
    expect(table.bet(ann, ["corner:25-26-28-29", 30])).toBe("ok");
    expect(table.command(ann, { type: "call", name: "voisins", amount: 6 })).toEqual({
      refused: "above_inside_maximum",
    });
    expect(table.seat(ann).staked).toBe(30);
    expect(table.command(ann, { type: "call", name: "voisins", amount: 5 })).toBe("ok");
  });
});
