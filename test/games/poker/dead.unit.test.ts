import { describe, expect, test } from "vitest";
import { awards, begin, returned, uncontested } from "../../../rooms/poker/hand.ts";
import { potsOf } from "../../../rooms/poker/pots.ts";
import { act, type Betting } from "../../../rooms/poker/street.ts";

/** Dead money: a missed small blind, or an ante that one player puts in for the table. */

const check = (betting: Betting): Betting => act(betting, betting.turn ?? -1, { type: "call" });
const fold = (betting: Betting): Betting => act(betting, betting.turn ?? -1, { type: "fold" });
const stacksOf = ({ stakes }: Betting): number[] => stakes.map(({ stack }) => stack);

/** Blinds 50 and 100; the third player posts both that he missed, the small one dead. */
const missed = (stacks: readonly number[]): Betting =>
  begin(
    stacks,
    [
      { dead: 0, live: 50 },
      { dead: 0, live: 100 },
      { dead: 50, live: 100 },
    ],
    { bigBlind: 100, price: 100, first: 2 },
  );

describe("a missed small blind", () => {
  test("[P11] is dead: it buys nothing, and belongs to the main pot that everybody plays for (LA 156)", () => {
    const all = check(check(check(missed([1_000, 1_000, 1_000]))));
    expect(stacksOf(all)).toEqual([900, 900, 850]);
    const { betting, back } = returned(all);
    expect(back).toBeNull();
    expect(potsOf(betting.stakes)).toEqual([{ chips: 350, eligible: [0, 1, 2] }]);
  });

  test("[P11] comes to its poster with the pot when all others fold; what nobody called goes back before", () => {
    const folded = fold(fold(act(missed([1_000, 1_000, 1_000]), 2, { type: "raise", to: 300 })));
    expect(uncontested(folded)).toBe(2);
    const { betting, back } = returned(folded);
    expect(back).toEqual({ player: 2, chips: 200 });
    expect(potsOf(betting.stakes)).toEqual([{ chips: 300, eligible: [2] }]);
  });

  test("[P7] [P11] is no part of what a short all-in has to match", () => {
    const all = check(check(check(missed([60, 1_000, 1_000]))));
    const { betting, back } = returned(all);
    expect(back).toBeNull();
    expect(potsOf(betting.stakes)).toEqual([
      { chips: 230, eligible: [0, 1, 2] },
      { chips: 80, eligible: [1, 2] },
    ]);
    expect(awards(betting.stakes, [[9, 1, 5]]).map(({ wins }) => wins)).toEqual([
      [{ player: 2, chips: 80 }],
      [{ player: 0, chips: 230 }],
    ]);
  });

  test("[P7] [P11] who has chips for the dead part alone plays for the dead money", () => {
    const all = check(check(missed([1_000, 1_000, 40])));
    expect(potsOf(returned(all).betting.stakes)).toEqual([
      { chips: 40, eligible: [0, 1, 2] },
      { chips: 200, eligible: [0, 1] },
    ]);
  });
});

describe("an ante", () => {
  test("[P1] [P7] of one for the table is never given back to who is called for less", () => {
    const posts = [
      { dead: 0, live: 50 },
      { dead: 100, live: 100 },
    ];
    const start = begin([1_000, 1_000], posts, { bigBlind: 100, price: 100, first: 0 });
    const { betting, back } = returned(check(check(start)));
    expect(back).toBeNull();
    expect(potsOf(betting.stakes)).toEqual([{ chips: 300, eligible: [0, 1] }]);
  });

  test("[P1] [P7] that a stack does not cover plays for as much of the others'", () => {
    const posts = [
      { ante: 25, dead: 0, live: 50 },
      { ante: 25, dead: 0, live: 100 },
      { ante: 25, dead: 0, live: 0 },
    ];
    const start = begin([1_000, 1_000, 10], posts, { bigBlind: 100, price: 100, first: 2 });
    const { betting } = returned(check(check(start)));
    expect(potsOf(betting.stakes)).toEqual([
      { chips: 30, eligible: [0, 1, 2] },
      { chips: 230, eligible: [0, 1] },
    ]);
  });
});
