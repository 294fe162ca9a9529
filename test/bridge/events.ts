import type { AwardCreated, StakeCreated } from "../../src/events.ts";

/** Events as the house and a lottery send them, told apart by a number. */

export const stake = (n: number, key = `player${n}`): StakeCreated => ({
  id: `roulette:main:3f2a91bc:${n}`,
  type: "player.stakeCreated",
  version: 1,
  source: "roulette:main",
  sequence: n,
  correlation: `roulette:main@${n}`,
  key,
  at: 1_795_212_549_024,
  payload: { player: key, game: "roulette", room: "roulette:main", round: n, stake: 250 },
});

export const award = (n: number, player = `player${n}`): AwardCreated => ({
  id: `lottery:main:9c31d0aa:${n}`,
  type: "lotteryAwardCreated",
  version: 1,
  source: "lottery:main",
  sequence: n,
  correlation: `lottery:main@${n}`,
  key: player,
  at: 1_795_212_549_024,
  payload: {
    award: `lottery:main:${n}:9f86d081884c7d65`,
    lottery: "main",
    draw: n,
    player,
    amount: 1_000,
    proof: { root: "0".repeat(64), tickets: 3, weight: 750, number: 12, ticket: 0 },
  },
});

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_none, i) => from + i);

/** For `sort`: by what it is as text. */
export const byText = (a: unknown, b: unknown): number => (String(a) < String(b) ? -1 : 1);
