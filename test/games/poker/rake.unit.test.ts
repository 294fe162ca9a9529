import { describe, expect, test } from "vitest";
import { awards } from "../../../rooms/poker/hand.ts";
import { rakeOf } from "../../../rooms/poker/rake.ts";
import type { Stake } from "../../../rooms/poker/street.ts";

const stake = (put: number): Stake => ({ stack: 0, bet: 0, put, folded: false, acted: true });
const FIVE_PER_CENT = { rakeX10000: 500, rakeCap: 100 };

describe("rake [P16]", () => {
  test("is the house's part of each pot, whole chips only, up to its cap for the hand", () => {
    const stakes = [stake(99), stake(400), stake(400)];
    expect(rakeOf(FIVE_PER_CENT, true, stakes)).toEqual([14, 30]);
    expect(rakeOf({ ...FIVE_PER_CENT, rakeCap: 20 }, true, stakes)).toEqual([14, 6]);
    expect(rakeOf({ ...FIVE_PER_CENT, rakeCap: 0 }, true, stakes)).toEqual([]);
    expect(rakeOf({ ...FIVE_PER_CENT, rakeX10000: 0 }, true, stakes)).toEqual([]);
  });

  test("no flop, no drop", () => {
    expect(rakeOf(FIVE_PER_CENT, false, [stake(400), stake(400)])).toEqual([]);
  });

  test("comes off the pot before it is split: those who share it bear it alike", () => {
    const stakes = [stake(400), stake(400)];
    const [pot] = awards(stakes, [[7, 7]], rakeOf(FIVE_PER_CENT, true, stakes));
    expect(pot?.wins).toEqual([
      { player: 0, chips: 380 },
      { player: 1, chips: 380 },
    ]);
  });
});
