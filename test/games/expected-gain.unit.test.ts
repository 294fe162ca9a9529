import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { layoutOf } from "../../rooms/roulette/layout.ts";
import { expectedX10000 } from "../../rooms/roulette/payout.ts";
import { countedOf } from "../../rooms/kernel/settlement.ts";
import { PokerTable } from "./poker/table.ts";

/** What the house gets of a stake, and what that counts for in a lottery. */

describe("what the house expects of a bet", () => {
  test.each([
    ["european", (): number => 1 / 37],
    ["american", (kind: string): number => (kind === "five" ? 3 / 38 : 2 / 38)],
    ["french", (kind: string): number => (kind === "even-chance" ? 1 / 74 : 1 / 37)],
  ] as const)(
    "[R2] [R11] at the %s wheel, of every bet of the layout, to a ten-thousandth rounded up",
    (wheel, edge) => {
      for (const { spot, kind } of layoutOf(wheel).bets)
        for (const amount of [2, 370, 1_000_000])
          expect([spot, expectedX10000(wheel, [{ spot, amount }])]).toEqual([
            spot,
            Math.ceil(10_000 * amount * edge(kind) - 1e-3),
          ]);
    },
  );

  test.each([1, 2, 10, 99, 50_000, 1_000_000_000])(
    "a stake of %i on a wheel with one zero counts for itself, half under la partage",
    (amount) => {
      const of = (wheel: "european" | "french" | "american"): number =>
        countedOf(amount, expectedX10000(wheel, [{ spot: "red", amount }]));
      expect([of("european"), of("american"), of("french")]).toEqual([amount, amount, Math.floor(amount / 2)]);
    },
  );

  test("a bet at crash counts for 37 in 100, and what brings nothing for nothing", () => {
    expect([countedOf(100, 100 * 100), countedOf(1, 100), countedOf(5_000, 0)]).toEqual([37, 0, 0]);
  });
});

describe("what the house gets of a hand of poker", () => {
  const told = z.object({
    type: z.literal("player.stakeCreated"),
    payload: z.object({ player: z.string(), stake: z.number(), gainX10000: z.number() }),
  });
  const gains = (config: object): unknown[] => {
    const table = new PokerTable(config);
    table.seat({ ann: 10_000, bob: 10_000 }).deal({ ann: "AsAd", bob: "7h2c", board: "KsQs9d4c3h" });
    table.acts("bob raises 2000", "ann calls").end();
    return table.sent.flatMap(({ text }) => {
      const { data } = told.safeParse(JSON.parse(text));
      return data === undefined ? [] : [[data.payload.player, data.payload.stake, data.payload.gainX10000]];
    });
  };

  test("[P16] is the rake, borne by what each has put in", () => {
    expect(gains({ rakeX10000: 500, rakeCap: 150 })).toEqual([
      ["ann", 2_000, 750_000],
      ["bob", 2_000, 750_000],
    ]);
  });

  test("without one is nothing: no chips that are passed around make a ticket", () => {
    expect(gains({})).toEqual([
      ["ann", 2_000, 0],
      ["bob", 2_000, 0],
    ]);
  });
});
