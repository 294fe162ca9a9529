import { describe, expect, test } from "vitest";
import { config } from "../../rooms/roulette/types.ts";
import { rackOf } from "../../web/roulette/stake.ts";
import { takesOf } from "../../web/roulette/takes.ts";
import { chipFault } from "../../web/table/chips.ts";

const TABLE = { least: 50, most: 500 };

describe("a chip that the table would refuse", () => {
  test.each([
    [10, 1_000, "The least bet here is 50."],
    [50, 1_000, null],
    [500, 1_000, null],
    [1_000, 5_000, "At most 500 can be bet here."],
    [500, 499, "That is more than your balance, 499."],
    [500, 500, null],
    [500, null, null],
  ])("of %d, with a balance of %s, says why: %s", (value, balance, why) =>
    expect(chipFault(value, TABLE, balance)).toBe(why),
  );

  test("is every one when what is left to bet is less than the least bet", () => {
    for (const value of [50, 100, 1_000]) {
      expect(chipFault(value, { least: 50, most: 49 }, 9_000)).toBe("No more can be bet in this round.");
    }
  });

  test("at roulette is one above what a player may still have on the layout, or above what any spot takes", () => {
    const rules = config.parse({ minStake: 50, maxPlayer: 600 });
    expect(takesOf(rules, 0)).toEqual({ least: 50, most: 600 });
    expect(takesOf(rules, 580)).toEqual({ least: 50, most: 20 });
    const { most } = takesOf(config.parse({}), 0);
    expect(most).toBeLessThan(config.parse({}).maxPlayer);
    expect(chipFault(most + 1, { least: 1, most }, null)).not.toBe(null);
  });
});

describe("the chips that a roulette table offers", () => {
  test.each([
    [{}, [10, 50, 100, 500, 1_000, 5_000]],
    [{ minStake: 10, maxPlayer: 2_000 }, [10, 50, 100, 500, 1_000, 5_000]],
    [{ maxPlayer: 8 }, [1, 2, 5]],
    [{ minStake: 5 }, [5, 25, 50, 250, 500, 2_500]],
    [{ minStake: 7_000, maxPlayer: 100_000 }, [7_000, 14_000, 35_000, 70_000]],
  ])("with the settings %j are %j", (given, chips) => {
    const settings = { ...config.parse({}), ...given };
    expect(rackOf(settings)).toEqual(chips);
    expect(chips.some((one) => one >= settings.minStake && one <= settings.maxPlayer)).toBe(true);
  });
});
