import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { roulette } from "../../../rooms/roulette/index.ts";
import { UNDO_MAX } from "../../../rooms/roulette/state.ts";
import type { Command } from "../../../rooms/roulette/types.ts";
import { ann, bob, bySpot, cy, Driver } from "./driver.ts";

const refused = (code: string): { refused: string } => ({ refused: code });

describe("taking bets back", () => {
  test("[R7] undo takes back the last action whole, one after another, exact to the chip", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["straight:17", 2]);
    table.bet(ann, ["red", 3]);
    table.command(ann, { type: "call", name: "tiers", amount: 1 });
    table.command(ann, { type: "double" });
    expect(table.seat(ann)).toMatchObject({ staked: 32, undos: 4 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({ staked: 16, undos: 3 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann).bets).toEqual({ red: 8, "straight:17": 2 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann).bets).toEqual({ red: 5, "straight:17": 2 });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({ bets: {}, staked: 0, undos: 0 });
    expect(table.command(ann, { type: "undo" })).toEqual(refused("nothing_to_undo"));
    expect(table.profit(ann)).toBe(0);
  });

  test("[R7] nobody takes back another's bets", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.bet(bob, ["red", 7]);
    expect(table.command(cy, { type: "undo" })).toEqual(refused("nothing_to_undo"));
    expect(table.command(cy, { type: "clear" })).toEqual(refused("nothing_to_clear"));
    table.command(ann, { type: "clear" });
    expect(table.view()).toMatchObject({ totals: { red: 7 }, players: 1, staked: 7 });
  });

  test("[R7] clear takes back everything, and there is nothing left to undo", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.bet(ann, ["odd", 5]);
    expect(table.command(ann, { type: "clear" })).toBe("ok");
    expect(table.purses.get(ann)).toBe(10);
    expect(table.command(ann, { type: "clear" })).toEqual(refused("nothing_to_clear"));
    expect(table.command(ann, { type: "undo" })).toEqual(refused("nothing_to_undo"));
    expect(table.command(ann, { type: "double" })).toEqual(refused("nothing_to_double"));
  });

  test(`[R7] there are at most ${UNDO_MAX} steps; what is older comes back together as the last of them`, () => {
    const table = new Driver();
    for (let i = 0; i < UNDO_MAX + 3; i++) table.bet(ann, [`straight:${i % 37}`, 1]);
    expect(table.seat(ann).undos).toBe(UNDO_MAX);
    for (let i = 1; i < UNDO_MAX; i++) table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({
      bets: { "straight:0": 1, "straight:1": 1, "straight:2": 1, "straight:3": 1 },
      undos: 1,
    });
    table.command(ann, { type: "undo" });
    expect(table.seat(ann)).toMatchObject({ bets: {}, undos: 0 });
    expect(table.command(ann, { type: "undo" })).toEqual(refused("nothing_to_undo"));
  });

  test("[R7] any sequence of bets, doubles, undos and clears agrees with a plain stack of actions", () => {
    type Action = Record<string, number>;
    const add = (actions: readonly Action[]): Action => {
      const sums: Action = {};
      for (const action of actions) for (const [spot, n] of Object.entries(action)) sums[spot] = (sums[spot] ?? 0) + n;
      return sums;
    };
    const spot = fc.constantFrom("red", "straight:0", "split:1-2", "dozen:2", "corner:1-2-4-5");
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.array(fc.tuple(spot, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 3 }),
      },
      { weight: 3, arbitrary: fc.constant("undo" as const) },
      { weight: 1, arbitrary: fc.constantFrom("double" as const, "clear" as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const table = new Driver({ maxInside: 1e9, maxOutside: 1e9, maxPlayer: 1e11, maxLiability: 1e12 });
        let stack: Action[] = [];
        for (const action of steps) {
          if (action === "undo") {
            expect(table.command(ann, { type: "undo" })).toEqual(
              stack.length === 0 ? refused("nothing_to_undo") : "ok",
            );
            stack.pop();
          } else if (action === "clear") {
            table.command(ann, { type: "clear" });
            stack = [];
          } else if (action === "double") {
            if (table.command(ann, { type: "double" }) === "ok") stack.push(add(stack));
          } else {
            if (table.bet(ann, ...action) === "ok") stack.push(add(action.map(([name, n]) => ({ [name]: n }))));
          }
          if (stack.length > UNDO_MAX) stack.splice(0, 2, add(stack.slice(0, 2)));
          expect(table.seat(ann).bets).toEqual(add(stack));
          expect(table.seat(ann).undos).toBe(stack.length);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});

test("[R5] [R7] a command that names its round does nothing in another: what comes in late is not for the next spin", () => {
  const table = new Driver();
  const bets = [{ spot: "red", amount: 10 }];
  expect(table.command(ann, { type: "bet", bets, round: 1 })).toBe("ok");
  while (table.state.round === 1) table.fire();
  while (table.state.phase.name !== "waiting") table.fire();
  const late: readonly Command[] = [
    { type: "bet", bets, round: 1 },
    { type: "call", name: "tiers", amount: 10, round: 1 },
    { type: "repeat", round: 1 },
  ];
  for (const command of late) expect(table.command(ann, command)).toEqual({ refused: "old_round" });
  expect(table.command(ann, { type: "repeat", round: 2 })).toBe("ok");
  for (const type of ["double", "undo", "clear"] as const) {
    expect(table.command(ann, { type, round: 1 })).toEqual({ refused: "old_round" });
  }
  expect(table.command(ann, { type: "undo", round: 2 })).toBe("ok");
});

describe("malformed commands", () => {
  const bad: readonly unknown[] = [
    ...[-1, 0, 1.5, 2 ** 53, "10", null, Number.NaN].flatMap((amount) => [
      { type: "bet", bets: [{ spot: "red", amount }] },
      { type: "call", name: "voisins", amount },
      { type: "autoRepeat", rounds: 1, stopLoss: amount },
    ]),
    { type: "bet", bets: [] },
    { type: "bet", bets: Array.from({ length: 41 }, () => ({ spot: "red", amount: 1 })) },
    { type: "bet", bets: [{ spot: 17, amount: 1 }] },
    { type: "bet" },
    { type: "call", name: "zero-spiel", amount: 1 },
    { type: "call", name: "neighbours", n: 37, amount: 1 },
    { type: "call", name: "neighbours", n: 1, k: 10, amount: 1 },
    { type: "autoRepeat", rounds: -1 },
    { type: "autoRepeat" },
    { type: "settle" },
    null,
    "undo",
  ];
  for (const command of bad) {
    test(`[R3] no command: ${JSON.stringify(command).slice(0, 70)}`, () => {
      expect(z.safeParse(roulette.command, command).success).toBe(false);
    });
  }

  test("no message is meant for roulette", () => {
    expect(z.safeParse(roulette.message, { type: "bet" }).success).toBe(false);
  });
});

describe("double and repeat", () => {
  test("[R7] double doubles every spot", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5], ["straight:17", 2]);
    table.bet(ann, ["red", 3]);
    table.command(ann, { type: "double" });
    expect(table.seat(ann).bets).toEqual({ red: 16, "straight:17": 4 });
    expect(table.command(bob, { type: "double" })).toEqual(refused("nothing_to_double"));
  });

  test("[R7] repeat places the bets of the last round as they stood at its close, as one action", () => {
    const table = new Driver();
    expect(table.command(ann, { type: "repeat" })).toEqual(refused("nothing_to_repeat"));
    table.bet(ann, ["red", 5]);
    table.bet(ann, ["straight:17", 2], ["odd", 1]);
    table.command(ann, { type: "undo" });
    table.bet(ann, ["dozen:1", 4]);
    table.play("2");
    expect(bySpot(table.seat(ann).last)).toEqual({ red: 5, "dozen:1": 4 });
    expect(table.command(ann, { type: "repeat" })).toBe("ok");
    expect(table.seat(ann)).toMatchObject({ bets: { red: 5, "dozen:1": 4 }, staked: 9, undos: 1 });
  });

  test("[R7] repeat uses the last round played, not an older one, and not one that others played", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.play("2");
    table.bet(ann, ["black", 7]);
    table.play("2");
    table.bet(bob, ["odd", 1]);
    table.play("2");
    table.command(ann, { type: "repeat" });
    expect(table.seat(ann).bets).toEqual({ black: 7 });
  });

  test("[R7] a void round and one that was cleared were not played: repeat goes by the one before", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.play("2");
    table.bet(ann, ["black", 7]);
    table.input({ type: "void", reason: "test" });
    table.bet(ann, ["odd", 9]);
    table.command(ann, { type: "clear" });
    table.fire();
    table.command(ann, { type: "repeat" });
    expect(table.seat(ann).bets).toEqual({ red: 5 });
  });

  test("[R7] repeat comes on top of what lies there, and pays from today's purse", () => {
    const table = new Driver();
    table.bet(ann, ["red", 5]);
    table.play("2");
    expect(table.purses.get(ann)).toBe(0);
    table.bring(ann, 20);
    table.bet(ann, ["red", 6]);
    table.command(ann, { type: "repeat" });
    expect(table.seat(ann).bets).toEqual({ red: 11 });
    expect(table.purses.get(ann)).toBe(9);
  });
});
