import { expect, test } from "vitest";
import { chips } from "../../rooms/game.ts";
import type { Command, Seat } from "../../rooms/roulette/types.ts";
import { pendingOf, sumOf } from "../../web/roulette/expected.ts";

const seat: Seat = {
  bets: { red: chips(100), "straight:17": chips(20) },
  staked: chips(120),
  undos: 2,
  last: [{ spot: "odd", amount: 30 }],
  auto: null,
  paid: null,
};

const after = (...commands: Command[]): Readonly<Record<string, number>> =>
  pendingOf(
    "european",
    seat,
    commands.map((command, i) => ({ id: `page:${i}`, command, at: 0 })),
  );

test("[R7] what was asked for and not yet answered is shown as it will lie", () => {
  expect(after({ type: "bet", bets: [{ spot: "red", amount: 50 }] })).toEqual({ red: 50 });
  expect(after({ type: "double" })).toEqual({ red: 100, "straight:17": 20 });
  expect(after({ type: "repeat" })).toEqual({ odd: 30 });
  expect(after({ type: "clear" })).toEqual({ red: -100, "straight:17": -20 });
  expect(after({ type: "bet", bets: [{ spot: "red", amount: 50 }] }, { type: "double" })).toEqual({
    red: 200,
    "straight:17": 20,
  });
});

test("[R7] an undo takes back what is still under way; for older steps the room knows best", () => {
  expect(after({ type: "bet", bets: [{ spot: "red", amount: 50 }] }, { type: "undo" })).toEqual({});
  expect(after({ type: "undo" })).toEqual({});
});

test("[R10] a call lies where its bets lie", () => {
  expect(sumOf(after({ type: "call", name: "voisins", amount: 10 }))).toBe(90);
  expect(sumOf(after({ type: "call", name: "neighbours", n: 0, k: 2, amount: 10 }))).toBe(50);
});
