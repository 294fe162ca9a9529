import { describe, expect, test } from "vitest";
import { games } from "../../rooms/games.ts";
import "../../rooms/kit/unknown-fields.ts";

const gameNamed = (name: string) => {
  const game = games.get(name);
  if (game === undefined) throw new Error(name);
  return game;
};
/** By option, what is wrong. */
const faults = (name: string, config: object): [string, string][] =>
  (gameNamed(name).config.safeParse(config).error?.issues ?? []).map(({ path, message }) => [path.join("."), message]);

describe("a config", () => {
  test.each([
    ["roulette", { minstake: 5 }, "There is no `minstake` here. Did you mean `minStake`?"],
    ["crash", { betingMs: 1_000 }, "There is no `betingMs` here. Did you mean `bettingMs`?"],
    ["poker", { big_blind: 10 }, "There is no `big_blind` here. Did you mean `bigBlind`?"],
    ["lottery", { tax: 10, share: 5 }, "There is no `tax` here. There is no `share` here."],
  ])("of %s with an option that it does not have is refused: %j", (name, config, words) => {
    expect(faults(name, config)).toEqual([["", words]]);
  });

  test.each([
    ["roulette", { minStake: 60_000 }, ["minStake", "minStake"]],
    ["roulette", { minStake: 6_000 }, ["minStake"]],
    ["roulette", { minStake: 200, maxPlayer: 199 }, ["minStake"]],
    ["roulette", { minStake: 100, maxLiability: 3_499 }, ["maxLiability"]],
    ["roulette", { minStake: 100, maxLiability: 3_500 }, []],
    ["roulette", { minStake: 5_000, maxOutside: 5_000, maxPlayer: 5_000 }, []],
    ["crash", { minStake: 51, maxStake: 50 }, ["minStake"]],
    ["crash", { minStake: 50, maxStake: 50, maxProfit: 50 }, []],
    ["crash", { minStake: 51, maxStake: 60, maxProfit: 50 }, ["maxProfit"]],
    ["crash", { minStake: 51, maxProfit: 50, minForceX100: 198 }, []],
    ["poker", { smallBlind: 101 }, ["smallBlind"]],
    ["poker", { minBuyInBigBlinds: 101 }, ["minBuyInBigBlinds"]],
    ["poker", { maxBuyInBigBlinds: 19 }, ["minBuyInBigBlinds"]],
    ["poker", { ante: 2_000 }, ["ante"]],
    ["poker", { ante: 1_999 }, []],
    ["poker", { seats: 3, minPlayers: 4 }, ["minPlayers"]],
    ["poker", { rakeX10000: 500 }, ["rakeCap"]],
    ["poker", { rakeCap: 500 }, ["rakeX10000"]],
    ["poker", { rakeX10000: 500, rakeCap: 300 }, []],
    ["lottery", { players: 3, minPlayers: 4 }, ["minPlayers"]],
  ])("of %s whose options do not go together is refused at one of them: %j", (name, config, options) => {
    expect(faults(name, config).map(([option]) => option)).toEqual(options);
  });

  test.each([...games])("of %s that was stored is read, whatever is in it that is not known any more", (_, game) => {
    const known = game.config.parse({}) as object;
    expect(game.stored.parse({ ...known, gone: true, old: { limit: 5 } })).toEqual(known);
    expect(game.stored.parse({ gone: true })).toEqual(known);
  });

  test("that was stored before its options were checked against each other is read", () => {
    expect(gameNamed("roulette").stored.parse({ minStake: 60_000 })).toMatchObject({ minStake: 60_000 });
    expect(gameNamed("poker").stored.parse({ rakeX10000: 500 })).toMatchObject({ rakeX10000: 500, rakeCap: 0 });
    expect(gameNamed("crash").stored.parse({ minStake: 9, maxStake: 8 })).toMatchObject({ minStake: 9 });
  });
});
