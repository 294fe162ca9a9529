import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { returned, runsOut, uncontested } from "../../../rooms/poker/hand.ts";
import { act, legal, nextStreet, type Betting } from "../../../rooms/poker/street.ts";
import { openStreet, preflop } from "./driver.ts";

const DEEP = 10_000;
const deep = (players: number): number[] => Array.from({ length: players }, () => DEEP);

describe("whose turn it is", () => {
  test("[P1] heads-up the small blind is the button: first before the flop, last after", () => {
    const start = preflop([100, 100], 1, 2);
    expect(start.betting.turn).toBe(1);
    const flop = start.does("B calls", "A checks").street();
    expect(flop.betting.turn).toBe(0);
  });

  test("[P1] with three or more, the first left of the big blind opens, and the first left of the button after the flop", () => {
    const start = preflop(deep(4), 1, 2);
    expect(start.betting.turn).toBe(2);
    expect(start.does("C calls", "D calls", "A folds", "B checks").street().betting.turn).toBe(1);
  });

  test("[P6] the big blind has an option when only called", () => {
    const called = preflop(deep(3), 1, 2).does("C calls", "A calls");
    expect(called.betting.turn).toBe(1);
    expect(called.may("B")).toEqual({ toCall: 0, raise: { least: 4, most: DEEP } });
    expect(called.does("B checks").betting.turn).toBeNull();
  });

  test("[P6] the big blind may raise also against an all-in below a raise (LA 152)", () => {
    const short = preflop([DEEP, DEEP, 3], 1, 2).does("C all-in", "A calls");
    expect(short.may("B")).toEqual({ toCall: 1, raise: { least: 5, most: DEEP } });
  });

  test("the betting ends when all but one have folded, and he needs to do nothing", () => {
    const folded = preflop(deep(3), 1, 2).does("C folds", "A folds");
    expect(folded.betting.turn).toBeNull();
    expect(uncontested(folded.betting)).toBe(1);
  });
});

describe("the least raise", () => {
  test("[P2] adds the last full bet or raise: 100 bet, 140 all-in, the next raise is to 240 or more (LA 172)", () => {
    const short = openStreet([DEEP, 140, DEEP], 10).does("A 100", "B all-in");
    expect(short.may("C")?.raise).toEqual({ least: 240, most: DEEP });
    expect(short.refusal("C", { type: "raise", to: 200 })).toBe("raise_too_low");
    expect(short.refusal("C", { type: "raise", to: 239 })).toBe("raise_too_low");
    expect(short.refusal("C", { type: "raise", to: 240 })).toBeUndefined();
  });

  test("is the big blind on every street, also after a straddle (LA 170)", () => {
    const flop = preflop(deep(3), 1, 2).does("C 50", "A calls", "B calls").street();
    expect(flop.may("A")).toEqual({ toCall: 0, raise: { least: 2, most: DEEP - 50 } });
    expect(flop.refusal("A", { type: "raise", to: 1 })).toBe("raise_too_low");
  });

  test("is all-in when the stack is shorter, and never more than the stack", () => {
    const bet = openStreet([DEEP, 130], 10).does("A 100");
    expect(bet.may("B")?.raise).toEqual({ least: 130, most: 130 });
    expect(bet.refusal("B", { type: "raise", to: 131 })).toBe("raise_too_high");
    expect(bet.refusal("B", { type: "raise", to: 129 })).toBe("raise_too_low");
  });

  test("[P2] a first bet that is all-in for less than the least bet raises the price, not the least raise", () => {
    const short = openStreet([3, DEEP, DEEP], 10).does("A all-in");
    expect(short.may("B")).toEqual({ toCall: 3, raise: { least: 13, most: DEEP } });
  });
});

describe("who may raise again", () => {
  test("[P3] a short all-in does not reopen the betting: A 100, B 200, C all-in 280, A calls 280: B may call or fold (LA 171)", () => {
    const short = openStreet([DEEP, DEEP, 280], 10).does("A 100", "B 200", "C all-in", "A calls");
    expect(short.may("B")).toEqual({ toCall: 80, raise: null });
    expect(short.refusal("B", { type: "raise", to: 400 })).toBe("cannot_raise");
  });

  test("[P3] who has not acted yet may raise over a short all-in", () => {
    const short = openStreet([DEEP, 140, DEEP], 10).does("A 100", "B all-in");
    expect(short.may("C")?.raise).not.toBeNull();
    expect(short.does("C calls").may("A")).toEqual({ toCall: 40, raise: null });
  });

  test("[P4] short all-ins that add up to a full raise reopen it: A 500, B 1000, C 1000, D all-in 1300, E all-in 1700 (TR 96a, LA 173)", () => {
    const shorts = openStreet([DEEP, DEEP, DEEP, 1_300, 1_700], 10).does(
      "A 500",
      "B 1000",
      "C calls",
      "D all-in",
      "E all-in",
    );
    for (const answer of ["A calls", "A folds"]) {
      const atB = shorts.does(answer);
      expect(atB.may("B")).toEqual({ toCall: 700, raise: { least: 2_200, most: DEEP } });
      expect(atB.does("B calls").may("C")).toEqual({ toCall: 700, raise: { least: 2_200, most: DEEP } });
      expect(atB.refusal("B", { type: "raise", to: 2_199 })).toBe("raise_too_low");
    }
  });

  test("[P4] each of them alone would not have been enough", () => {
    const one = openStreet([DEEP, DEEP, DEEP, 1_300], 10).does("A 500", "B 1000", "C calls", "D all-in", "A calls");
    expect(one.may("B")).toEqual({ toCall: 300, raise: null });
  });

  test("[P5] only short all-ins add up, a full one starts the count anew: blinds 1/2, all-in 16, call, all-in 19, call (LA 173)", () => {
    const hand = preflop([19, DEEP, 16, DEEP], 1, 2).does("C all-in", "D calls", "A all-in", "B calls");
    expect(hand.may("D")).toEqual({ toCall: 3, raise: null });
    expect(hand.refusal("D", { type: "raise", to: 100 })).toBe("cannot_raise");
  });

  test("[P6] nobody raises when no opponent could answer", () => {
    const allIn = openStreet([500, 500, DEEP], 10).does("A all-in", "B all-in");
    expect(allIn.may("C")).toEqual({ toCall: 500, raise: null });
  });

  test("a full raise reopens it for everyone", () => {
    const raised = openStreet(deep(3), 10).does("A 100", "B calls", "C 300");
    expect(raised.may("A")?.raise).toEqual({ least: 500, most: DEEP });
  });
});

describe("short blinds", () => {
  test("a big blind who is all-in for less still sets the price at the full big blind (LA 150)", () => {
    const short = preflop([DEEP, 1, DEEP], 1, 2);
    expect(short.may("C")).toEqual({ toCall: 2, raise: { least: 4, most: DEEP } });
  });

  test("when the others are all-in and nothing is owed, the board runs out (TR 70)", () => {
    const done = preflop([DEEP, 2, 2], 1, 2).does("C all-in", "A calls");
    expect(done.betting.turn).toBeNull();
    expect(runsOut(done.betting)).toBe(true);
  });
});

describe("what nobody called", () => {
  test("[P7] goes back to who bet it", () => {
    const done = openStreet([500, 120], 10).does("A 500", "B all-in");
    const { betting, back } = returned(done.betting);
    expect(back).toEqual({ player: 0, chips: 380 });
    expect(betting.stakes.map(({ stack, put }) => [stack, put])).toEqual([
      [380, 120],
      [0, 120],
    ]);
  });
});

/** Plays random legal actions until the hand is over. */
function play(betting: Betting, choices: () => number): Betting[] {
  const seen = [betting];
  let now = betting;
  for (let street = 0; street < 4; street++) {
    while (now.turn !== null) {
      const may = legal(now, now.turn);
      if (may === null) throw new Error("the turn is not legal");
      const pick = choices() % 10;
      if (pick === 0) now = act(now, now.turn, { type: "fold" });
      else if (pick > 6 && may.raise !== null) {
        const { least, most } = may.raise;
        const to = pick === 9 ? most : least + (choices() % Math.max(1, Math.min(most - least + 1, 200)));
        now = act(now, now.turn, { type: "raise", to });
      } else now = act(now, now.turn, { type: "call" });
      seen.push(now);
    }
    now = nextStreet(now);
    seen.push(now);
  }
  return seen;
}

test("[P7] whatever is done, chips are conserved after every act, nobody goes below zero, and the hand ends", () => {
  const hands = fc.record({
    stacks: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 2, maxLength: 9 }),
    ante: fc.integer({ min: 0, max: 3 }),
    choices: fc.array(fc.nat(1_000), { minLength: 1, maxLength: 200 }),
  });
  fc.assert(
    fc.property(hands, ({ stacks, ante, choices }) => {
      let at = 0;
      const next = (): number => choices[at++ % choices.length] ?? 0;
      const total = stacks.reduce((sum, stack) => sum + stack, 0);
      for (const { stakes } of play(preflop(stacks, 1, 2, ante).betting, next)) {
        expect(stakes.reduce((sum, { stack, put }) => sum + stack + put, 0)).toBe(total);
        expect(stakes.every(({ stack, bet, put }) => stack >= 0 && bet >= 0 && put >= bet)).toBe(true);
      }
    }),
    { seed: 7, numRuns: 2_000 },
  );
});
