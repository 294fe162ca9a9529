import { describe, expect, test } from "vitest";
import { pack, type Envelope } from "../../../rooms/outbox.ts";
import { games } from "../../../rooms/games.ts";
import { project } from "../../../src/stats/project.ts";
import { streaksOf } from "../../../src/stats/streaks.ts";
import { record } from "../history.ts";
import { worldOf } from "../worlds.ts";

describe.each([...games.keys()])("[issue 6.1] what %s settles", (name) => {
  test("becomes one result a player and round, with the stakes that were told; bots and void rounds make none", () => {
    for (const config of worldOf(name).configs) {
      const settled: Envelope[] = [];
      const stakes = new Map<string, number>();
      for (const { outcome } of record(games.get(name)!, config, 5, 150).batches) {
        const { kernel, published, at } = outcome;
        const origin = { room: kernel.room, epoch: "3f2a91bc", seq: kernel.seq, firstSequence: 1, at };
        for (const { topic, body } of pack(published, origin)) {
          const events = JSON.parse(body) as Envelope[];
          if (topic === "settled") settled.push(...events);
          if (topic !== "stakes") continue;
          for (const { payload } of events) {
            const { player, round, stake } = payload as { player: string; round: number; stake: number };
            stakes.set(`${player} ${round}`, stake);
          }
        }
      }
      const { facts, judged } = project(settled);
      expect(judged.every(({ ok }) => ok)).toBe(true);
      expect(new Map(facts.results.map(({ player, round, staked }) => [`${player} ${round}`, staked]))).toEqual(stakes);
      expect(facts.results.length).toBe(stakes.size);
      for (const { room, game, player } of facts.results)
        expect([room.startsWith(`${name}:`), game, player.startsWith("bot:")]).toEqual([true, name, false]);
    }
  });
});

describe("[issue 6.2] streaks", () => {
  test.each([
    ["", 0, 0, 0],
    ["W", 1, 1, 0],
    ["L", -1, 0, 1],
    ["E", 0, 0, 0],
    ["WWLWWW", 3, 3, 1],
    ["WWWLL", -2, 3, 2],
    ["WEEW", 2, 2, 0],
    ["WLEL", -2, 1, 2],
    ["LLLWE", 1, 1, 3],
  ])("of %j", (outcomes, current, longestWon, longestLost) => {
    expect(streaksOf(outcomes)).toEqual({ current, longestWon, longestLost });
  });
});
