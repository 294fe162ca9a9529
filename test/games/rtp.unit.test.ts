import { describe, expect, test } from "vitest";
import { bustOf } from "../../rooms/crash/bust.ts";
import { games } from "../../rooms/games.ts";
import type { BetReturn } from "../../rooms/game.ts";
import { edgeOf, reduced, rtpBps } from "../../rooms/kit/rtp.ts";
import { rtp as crashRtp } from "../../rooms/crash/rtp.ts";
import { rtp as lotteryRtp } from "../../rooms/lottery/rtp.ts";
import { rtp as pokerRtp } from "../../rooms/poker/rtp.ts";
import { expectedX10000, factorOf } from "../../rooms/roulette/payout.ts";
import { layoutOf } from "../../rooms/roulette/layout.ts";
import { rtp as rouletteRtp } from "../../rooms/roulette/rtp.ts";
import type { Wheel } from "../../rooms/roulette/wheel.ts";
import { rtpWords } from "../../web/ui/rtp.ts";

/** Return to player, held against every outcome there is. */

const betsOf = (rtp: ReturnType<typeof rouletteRtp>): readonly BetReturn[] => (rtp.kind === "edge" ? rtp.bets : []);

describe("every game of the registry", () => {
  test.each([...games])("%s says what comes back, of each of its variants", (_, { lobby, config }) => {
    for (const variant of lobby.variants) {
      const rtp = lobby.rtp(config.parse(variant));
      for (const { returned, staked } of rtp.kind === "edge" ? rtp.bets : []) {
        expect(reduced({ returned, staked })).toEqual({ returned, staked });
        expect(returned).toBeLessThan(staked);
      }
      expect(rtpWords(rtp)).toMatch(/^[A-Z].*\.$/);
    }
  });
});

const figure = (wheel: Wheel, kind: string): string => {
  const one = betsOf(rouletteRtp({ wheel })).find(({ bet }) => bet === kind);
  return `${one?.returned}/${one?.staked}`;
};

describe("at roulette", () => {
  test.each(["european", "french", "american"] as const)(
    "[R2] [R11] every bet of the %s layout returns over all pockets what is said of its kind",
    (wheel: Wheel) => {
      const { bets, pockets } = layoutOf(wheel);
      const said = new Map(betsOf(rouletteRtp({ wheel })).map((one) => [one.bet, one]));
      expect([...said.keys()].toSorted()).toEqual([...new Set(bets.map(({ kind }) => kind))].toSorted());
      for (const bet of bets) {
        const { returned, staked } = said.get(bet.kind) ?? { returned: 0, staked: 1 };
        // Two chips on every pocket in turn, so that halves are whole.
        const back = pockets.reduce((sum, pocket) => sum + 2 * factorOf(wheel, bet, pocket), 0);
        expect([bet.spot, back * staked]).toEqual([bet.spot, returned * 2 * pockets.length]);
      }
    },
  );

  test("[R2] [R11] the figures are those of the book: 36/37, 73/74, 18/19 and 35/38", () => {
    expect([figure("european", "straight"), figure("european", "even-chance")]).toEqual(["36/37", "36/37"]);
    expect([figure("french", "straight"), figure("french", "even-chance")]).toEqual(["36/37", "73/74"]);
    expect([figure("american", "straight"), figure("american", "five")]).toEqual(["18/19", "35/38"]);
  });
});

describe("at crash", () => {
  const ALL = 2 ** 52;
  /** How many of the 2^52 draws reach this multiplier: they are the upper ones. */
  const reaching = (x100: number): number => {
    let [low, high] = [0, ALL];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (middle < ALL && bustOf(middle) >= x100) high = middle;
      else low = middle + 1;
    }
    return ALL - low;
  };

  test("[C3] [C4] a bet returns 99 of 100 at any target, to within the last of 52 bits", () => {
    const [any] = betsOf(crashRtp());
    expect([any?.returned, any?.staked]).toEqual([99, 100]);
    const targets = [...Array.from({ length: 2_000 }, (_, i) => 101 + i), 9_999, 123_456, 1_000_000, 100_000_000];
    for (const x100 of targets) {
      const back = BigInt(x100) * BigInt(reaching(x100));
      const off = back - 99n * BigInt(ALL);
      expect([x100, off > -2n * BigInt(x100) && off < 2n * BigInt(x100)]).toEqual([x100, true]);
    }
  });
});

describe("where nobody bets against the house", () => {
  test("[P16] a poker table says its rake", () => {
    expect(pokerRtp({ rakeX10000: 500, rakeCap: 300 })).toEqual({ kind: "rake", bps: 500, cap: 300 });
    expect(rtpWords(pokerRtp({ rakeX10000: 500, rakeCap: 300 }))).toContain("5.00 % of each pot");
    expect(rtpWords(pokerRtp({ rakeX10000: 0, rakeCap: 0 }))).toContain("takes no rake");
  });

  test("[L2] a lottery says what part of the stakes is its prize", () => {
    expect(lotteryRtp({ prizeShare: 100 })).toEqual({ kind: "prize", bps: 100 });
    expect(rtpWords(lotteryRtp({ prizeShare: 100 }))).toContain("1.00 %");
  });
});

test("what a stake counts as gain for the house is the edge of the same figures", () => {
  for (const wheel of ["european", "french", "american"] as const) {
    for (const { kind, spot } of layoutOf(wheel).bets) {
      const said = betsOf(rouletteRtp({ wheel })).find(({ bet }) => bet === kind);
      const edge = said === undefined ? 0 : edgeOf(said);
      expect([spot, expectedX10000(wheel, [{ spot, amount: 1_000 }])]).toEqual([spot, Math.ceil(1e7 * edge - 1e-3)]);
    }
  }
  expect(rtpBps({ returned: 36, staked: 37 })).toBe(9_730);
});

test("in words, what most bets return comes first, and then the others", () => {
  expect(rtpWords(rouletteRtp({ wheel: "european" }))).toBe("Return to player (RTP): 97.30 % (house edge 2.70 %).");
  expect(rtpWords(rouletteRtp({ wheel: "french" }))).toBe(
    "Return to player (RTP): 97.30 % (house edge 2.70 %); even chance 98.65 % (house edge 1.35 %).",
  );
  expect(rtpWords(rouletteRtp({ wheel: "american" }))).toBe(
    "Return to player (RTP): 94.74 % (house edge 5.26 %); five numbers 92.11 % (house edge 7.89 %).",
  );
  expect(rtpWords(crashRtp())).toBe("Return to player (RTP): 99.00 % (house edge 1.00 %).");
});
