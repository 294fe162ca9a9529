import { describe, expect, test } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { pack, type Envelope } from "../../rooms/host/outbox.ts";
import { games } from "../../rooms/games.ts";
import { where } from "../../rooms/kernel/settlement.ts";
import { project } from "../../src/stats/project.ts";
import { streaksOf } from "../../src/stats/streaks.ts";
import { record } from "../kit/history.ts";
import { fixtureOf } from "../games/fixtures.ts";

describe.each([...games.keys()])("what %s settles", (name) => {
  test("becomes one result a player and round, with the stakes that were told; bots and void rounds make none", () => {
    for (const config of fixtureOf(name).configs) {
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
      const { facts, judged } = project(settled, { guests: false });
      expect(judged.every(({ ok }) => ok)).toBe(true);
      expect(new Map(facts.results.map(({ player, round, staked }) => [`${player} ${round}`, staked]))).toEqual(stakes);
      expect(facts.results.length).toBe(stakes.size);
      for (const { room, game, player } of facts.results)
        expect([room.startsWith(`${name}:`), game, player.startsWith("bot:")]).toEqual([true, name, false]);
    }
  });
});

const envelope = (type: string, source: string, payload: object): object => ({
  id: `${source}:e:1`,
  type,
  version: 1,
  source,
  sequence: 1,
  correlation: "x",
  key: "x",
  at: 5,
  payload,
});
const hand = (room: string, apart?: boolean): object => {
  const players = [{ player: "ann", staked: 100, returned: 900 }];
  return envelope("handFinished", room, { round: 1, players, ...(apart === undefined ? {} : { apart }) });
};
const persona = (of: object): object =>
  envelope("profileChanged", "player:ann", { player: "ann", name: "ann", hidden: false, version: 1, ...of });

describe("what counts on boards", () => {
  test("is what the house's own tables settle: by what the event says, and, of one from before it did, by the room's name", () => {
    const bodies = [hand("poker:main"), hand("poker:friends"), hand("poker:friends", true), hand("poker:open", false)];
    const { facts } = project(bodies, { guests: false, named: new Map([["ann" as PlayerId, 5]]) });
    expect(facts.results.map(({ apart }) => apart)).toEqual([false, true, true, false]);
  });

  test("is no hand of poker with a guest in it, nor with who took a name only later; the house may let guests count", () => {
    const players = ["ann", "bob"].map((player) => ({ player, staked: 100, returned: 100 }));
    const body = envelope("handFinished", "poker:main", { round: 1, players });
    const apart = (named: Record<string, number>, guests = false): unknown => {
      const since = new Map(Object.entries(named) as [PlayerId, number][]);
      return project([body], { guests, named: since }).facts.results.map((one) => one.apart);
    };
    expect(apart({ ann: 1, bob: 5 })).toEqual([false, false]);
    expect(apart({ ann: 1 })).toEqual([true, true]);
    expect(apart({ ann: 1, bob: 6 })).toEqual([true, true]);
    expect(apart({}, true)).toEqual([false, false]);
    const round = envelope("roundSettled", "roulette:main", { round: 1, result: {}, players });
    expect(project([round], { guests: false }).facts.results.map((one) => one.apart)).toEqual([false, false]);
  });

  test("is nothing of a guest's, unless the house says so", () => {
    const bodies = [persona({}), persona({ guest: true }), persona({ guest: true, hidden: true })];
    const hidden = (guests: boolean): unknown => project(bodies, { guests }).facts.personas.map((one) => one.hidden);
    expect([hidden(false), hidden(true)]).toEqual([
      [false, true, true],
      [false, false, true],
    ]);
  });

  test.each(["poker", "roulette", "crash"])(
    "%s says of a table that a player made that it was there, and of the house's own nothing",
    (name) => {
      const told = record(games.get(name)!, fixtureOf(name).configs[0] ?? {}, 5, 150).batches.flatMap(({ outcome }) =>
        outcome.published
          .filter(({ topic }) => topic === "settled")
          .map(({ payload }) => [outcome.kernel.room, (payload as { apart?: boolean }).apart]),
      );
      expect(told.length).toBeGreaterThan(0);
      for (const [room, apart] of told) expect(apart).toBe(where(String(room)).apart);
      expect([where(`${name}:main`), where(`${name}:7k2m9qx4c0v8`)]).toEqual([{}, { apart: true }]);
    },
  );
});

describe("streaks", () => {
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
