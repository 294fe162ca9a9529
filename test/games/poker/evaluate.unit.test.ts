import { describe, expect, test } from "vitest";
import { cardsOf, cardText, DECK } from "../../../rooms/poker/cards.ts";
import { CATEGORIES, categoryOf, evaluate, strengthOfRanks } from "../../../rooms/poker/evaluate.ts";

const strength = (text: string): number => evaluate(cardsOf(text));
const category = (text: string): string | undefined => CATEGORIES[categoryOf(strength(text))];

/** Five-card hands by category, high card to straight flush: counting, not playing, gives these. */
const FIVE = [1_302_540, 1_098_240, 123_552, 54_912, 10_200, 5_108, 3_744, 624, 40];

describe("the strength of a hand", () => {
  test("all 2,598,960 five-card hands fall into their categories as they are counted", () => {
    const counts = CATEGORIES.map(() => 0);
    const hand = [0, 0, 0, 0, 0];
    const deal = (at: number, from: number): void => {
      if (at === 5) {
        const found = categoryOf(evaluate(hand));
        counts[found] = (counts[found] ?? 0) + 1;
        return;
      }
      for (let card = from; card < 52; card++) {
        hand[at] = card;
        deal(at + 1, card + 1);
      }
    };
    deal(0, 0);
    expect(counts).toEqual(FIVE);
  });

  test("the best five of seven count: the strength of seven is the highest of its twenty-one fives", () => {
    let state = 12_345;
    const random = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % below;
    };
    for (let n = 0; n < 20_000; n++) {
      const rest = [...DECK];
      const seven = Array.from({ length: 7 }, () => rest.splice(random(rest.length), 1)[0] ?? 0);
      let best = 0;
      for (let a = 0; a < 7; a++) {
        for (let b = a + 1; b < 7; b++) best = Math.max(best, evaluate(seven.filter((_, i) => i !== a && i !== b)));
      }
      expect(evaluate(seven), seven.map(cardText).join("")).toBe(best);
      const six = seven.slice(0, 6);
      expect(evaluate(six)).toBe(Math.max(...six.map((_, i) => evaluate(six.filter((_, j) => j !== i)))));
    }
  });

  test.each([
    ["AhKhQhJhTh2c3d", "straight flush"],
    ["5d4d3d2dAd9c9s", "straight flush"],
    ["9c9d9h9s2c3d4h", "four of a kind"],
    ["9c9d9h2s2c3d3h", "full house"],
    ["9c9d9h2s2c2d3h", "full house"],
    ["Ah9h7h4h2hKcQd", "flush"],
    ["Ac2d3h4s5c9d9h", "straight"],
    ["TcJdQhKsAc2d3h", "straight"],
    ["QdKhAs2c3d4h8s", "high card"],
    ["9c9d9h2s4c6dKh", "three of a kind"],
    ["9c9d4h4s2c2dKh", "two pair"],
    ["9c9d4h5s2cJdKh", "pair"],
  ])("%s is a %s", (cards, name) => {
    expect(category(cards)).toBe(name);
  });

  test("kickers decide, and only five cards play", () => {
    expect(strength("AcAdKhQs9c3d2h")).toBeGreaterThan(strength("AhAsKdQc8c3d2h"));
    expect(strength("AcAdKhQsJc3d2h")).toBe(strength("AhAsKdQcJd9d8h"));
    expect(strength("6c5d4h3s2cKdKh")).toBeGreaterThan(strength("5c4d3h2sAcKdKh"));
    // The third pair is the kicker when it is the highest.
    expect(strength("AcAdKhKsQcQd2h")).toBe(strength("AhAsKcKdQhJs2d"));
    // Playing the board.
    expect(strength("AcKdQhJsTc2d3h")).toBe(strength("AcKdQhJsTc4d5h"));
  });

  test("suits never rank", () => {
    expect(strength("AcKcQcJc9c")).toBe(strength("AsKsQsJs9s"));
  });

  test("a multiset of ranks says what its cards say", () => {
    const counts = Array.from({ length: 13 }, (_, rank) => (rank === 7 ? 3 : rank === 2 ? 2 : 0));
    expect(strengthOfRanks(counts)).toBe(strength("9c9d9h4s4c"));
  });
});
