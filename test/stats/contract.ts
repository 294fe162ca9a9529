import { describe, expect, it } from "vitest";
import { BOARDS, DAY_MS, PERIODS, STREAK_ROUNDS, type Facts, type ReadModel } from "../../src/stats/model.ts";
import { Random } from "../kit/random.ts";
import { answersMatch } from "./answers.ts";
import { Oracle } from "./oracle.ts";
import { ANN, BOB, CY, NOW, STRANGER, dealt, facts, result, world } from "./world.ts";

const persona = (version: number, hidden: boolean): Facts =>
  facts({ personas: [{ player: BOB, name: `bob ${version}`, hidden, version }] });

const played = (round: number, at: number): Facts => facts({ results: [result({ player: ANN, round, at })] });

/**
 * What every read model does, whatever its store. `make` gives an empty one. Runs in Node and in workerd.
 */
export function readModelContract(name: string, make: () => Promise<ReadModel>): void {
  const filled = async (batches: readonly Facts[]): Promise<{ model: ReadModel; oracle: Oracle }> => {
    const [model, oracle] = [await make(), new Oracle()];
    for (const batch of batches) {
      await model.project(batch, NOW);
      await oracle.project(batch, NOW);
    }
    return { model, oracle };
  };

  describe(`${name} as a read model`, () => {
    it("answers of nobody and nothing when it is empty", async () => {
      const model = await make();
      await answersMatch(model, new Oracle(), NOW, "quick");
      expect(await model.freshness()).toEqual({ projectedAt: null, lagMs: 0 });
      expect(await model.checksum()).toEqual({ sum: "0".repeat(64), facts: 0 });
      await model.ping();
    });

    it.each([1, 2, 3])("gives every answer that the list of all facts gives, seed %i", async (seed) => {
      const { model, oracle } = await filled(dealt(world(seed), new Random(seed), 3));
      await answersMatch(model, oracle, NOW, "all");
    });

    it("comes to the same by any order, batches and repetitions", async () => {
      const all = world(4);
      const random = new Random(4);
      const { model: straight, oracle } = await filled([all]);
      expect(await straight.checksum()).toEqual(await oracle.checksum());
      for (const [batches, twice] of [
        [1, true],
        [5, false],
        [9, true],
        [60, false],
      ] as const) {
        const { model } = await filled(dealt(all, random, batches, twice));
        await answersMatch(model, oracle, NOW, "quick");
      }
    });

    it("comes to the same when batches with the same facts are projected at once", async () => {
      const all = world(5);
      const random = new Random(5);
      const { oracle } = await filled([]);
      await oracle.project(all, NOW);
      const model = await make();
      const batches = [...dealt(all, random, 4), ...dealt(all, random, 4, true)];
      await Promise.all(batches.map(async (batch) => model.project(batch, NOW)));
      await answersMatch(model, oracle, NOW, "quick");
    });

    it("counts a whole batch again that was projected before", async () => {
      const all = world(6);
      const { model, oracle } = await filled([all, all]);
      expect(await model.checksum()).toEqual(await oracle.checksum());
    });

    it("takes personas before anything else, or after everything", async () => {
      const all = world(7);
      const personas = facts({ personas: all.personas });
      const rest = { ...all, personas: [] };
      for (const batches of [
        [personas, rest],
        [rest, personas],
      ]) {
        const { model, oracle } = await filled(batches);
        await answersMatch(model, oracle, NOW, "quick");
      }
    });

    it("shows each day its own boards, and takes late events of yesterday", async () => {
      const all = world(8);
      const [model, oracle] = [await make(), new Oracle()];
      // Each day what happened until then, but the last results of a day only on the day after.
      for (let now = NOW - 12 * DAY_MS; now <= NOW + DAY_MS; now += DAY_MS) {
        const known = <T extends { at: number }>(items: readonly T[]): T[] =>
          items.filter(({ at }, i) => (i % 5 === 0 ? at + DAY_MS : at) <= now);
        const batch = { results: known(all.results), changes: known(all.changes), personas: all.personas };
        for (const side of [model, oracle]) await side.project(batch, now);
        if (now >= NOW - 4 * DAY_MS) await answersMatch(model, oracle, now, "boards");
      }
      await answersMatch(model, oracle, NOW, "boards");
    });

    it("lets a day and a week begin at midnight, and end before the next", async () => {
      const midnight = Math.floor(NOW / DAY_MS) * DAY_MS;
      const times = [midnight - 1, midnight, midnight + DAY_MS - 1, midnight + DAY_MS];
      const results = times.map((at, i) =>
        result({ player: ANN, round: i + 1, at, returned: i === 0 || i === 3 ? 0 : 300 }),
      );
      const { model, oracle } = await filled([facts({ results })]);
      const { total, streaks } = await model.stats(ANN, "day", null, NOW);
      expect([total.rounds, total.returned]).toEqual([2, 600]);
      expect(streaks).toEqual({ current: 2, longestWon: 2, longestLost: 0 });
      const sunday = midnight + 4 * DAY_MS - 1;
      for (const now of [NOW, sunday, sunday + 1])
        expect(await model.stats(ANN, "week", null, now)).toEqual(await oracle.stats(ANN, "week", null, now));
      expect(await model.days(ANN, 3, NOW)).toEqual(await oracle.days(ANN, 3, NOW));
    });

    it("keeps a table that a player made off every board, and in the player's own figures", async () => {
      const own = { player: ANN, room: "poker:friends", apart: true, staked: 100, returned: 90_000 };
      const { model, oracle } = await filled([
        facts({ results: [result(own), result({ player: BOB, staked: 200, returned: 300 })] }),
        facts({ results: [result({ player: CY, round: 2, returned: 50 }), result({ ...own, player: CY })] }),
        facts({ changes: [{ player: ANN, entry: 1, kind: "grant", amount: 700, at: NOW }] }),
      ]);
      for (const board of BOARDS)
        for (const period of PERIODS) {
          const { lines, players } = await model.board(board, period, 10, null, NOW);
          expect([lines.map(({ player }) => player), players], `${board} ${period}`).toEqual([[BOB, CY], 2]);
          expect((await model.board(board, period, 10, ANN, NOW)).lines).toEqual([]);
        }
      expect((await model.board("profit", "all", 10, null, NOW)).lines.map(({ value }) => value)).toEqual([100, -50]);
      expect((await model.stats(ANN, "all", null, NOW)).total).toMatchObject({
        rounds: 1,
        wagered: 100,
        biggestWin: 89_900,
      });
      expect((await model.days(ANN, 1, NOW))[0]?.balance).toBe(90_600);
      expect((await model.history(ANN, null, null, 10)).results).toHaveLength(1);
      expect(await model.checksum()).toEqual(await oracle.checksum());
    });

    it("starts a new day's boards empty, and keeps those of all time", async () => {
      const { model } = await filled([facts({ results: [result({ player: ANN })] })]);
      const tomorrow = NOW + DAY_MS;
      expect((await model.board("wagered", "day", 10, null, NOW)).players).toBe(1);
      expect(await model.board("wagered", "day", 10, null, tomorrow)).toEqual({ lines: [], players: 0 });
      expect((await model.board("wagered", "week", 10, null, tomorrow)).players).toBe(1);
      expect((await model.board("wagered", "week", 10, null, NOW + 7 * DAY_MS)).players).toBe(0);
      expect((await model.board("wagered", "all", 10, null, NOW + 700 * DAY_MS)).players).toBe(1);
    });

    it("gives equal values equal ranks, and leaves out the ranks after them: 1, 2, 2, 4", async () => {
      const stakes = [
        ["dee", 100],
        ["cy", 200],
        ["bob", 200],
        ["ann", 300],
      ] as const;
      const results = stakes.map(([id, staked]) => result({ player: id as typeof ANN, staked }));
      const { model } = await filled([facts({ results })]);
      const ranks = async (limit: number, around: typeof ANN | null): Promise<unknown[]> =>
        (await model.board("wagered", "all", limit, around, NOW)).lines.map(({ rank, player }) => [rank, player]);
      expect(await ranks(10, null)).toEqual([
        [1, "ann"],
        [2, "bob"],
        [2, "cy"],
        [4, "dee"],
      ]);
      expect(await ranks(2, CY), "the second of two equals still is the second").toEqual([
        [2, "bob"],
        [2, "cy"],
      ]);
      expect(await ranks(3, BOB), "rank 2 sees rank 1").toEqual([
        [1, "ann"],
        [2, "bob"],
        [2, "cy"],
      ]);
      expect(await ranks(1, CY)).toEqual([[2, "cy"]]);
      expect(await ranks(1, null)).toEqual([[1, "ann"]]);
      expect(await ranks(10, STRANGER)).toEqual([]);
    });

    it("takes a player who hides off every board but their own, and puts them back by the newest version alone", async () => {
      const results = [ANN, BOB, CY].map((player, i) => result({ player, staked: 300 - i * 100, returned: 500 }));
      const { model, oracle } = await filled([facts({ results }), persona(1, false)]);
      for (const [version, hidden] of [
        [5, true],
        [3, false],
        [8, false],
        [6, true],
        [9, true],
      ] as const) {
        for (const side of [model, oracle]) await side.project(persona(version, hidden), NOW);
        await answersMatch(model, oracle, NOW, "boards");
      }
      const others = await model.board("wagered", "day", 10, null, NOW);
      expect(others.lines.map(({ rank, player }) => [rank, player])).toEqual([
        [1, "ann"],
        [2, "cy"],
      ]);
      const own = await model.board("wagered", "day", 10, BOB, NOW);
      expect(own.lines.map(({ rank, name }) => [rank, name])).toEqual([
        [1, "ann"],
        [2, "bob 9"],
        [3, "cy"],
      ]);
      expect(own.players).toBe(2);
      // What a hidden player wins meanwhile is there when they show themselves.
      const more = facts({ results: [result({ player: BOB, round: 2, staked: 1_000, returned: 9_000 })] });
      for (const side of [model, oracle]) await side.project(more, NOW);
      for (const side of [model, oracle]) await side.project(persona(10, false), NOW);
      await answersMatch(model, oracle, NOW, "boards");
    });

    it("moves the balance on boards of days and weeks by what comes in after the round", async () => {
      const { model, oracle } = await filled([facts({ results: [ANN, BOB].map((player) => result({ player })) })]);
      const grant = facts({ changes: [{ player: BOB, entry: 1, kind: "grant", amount: 7_000, at: NOW }] });
      for (const side of [model, oracle]) await side.project(grant, NOW + 60_000);
      await answersMatch(model, oracle, NOW + 60_000, "boards");
      const [first] = (await model.board("balance", "day", 1, null, NOW)).lines;
      expect(first).toEqual({ rank: 1, player: BOB, name: BOB, value: 6_900 });
    });

    it(`counts streaks among the newest ${STREAK_ROUNDS} rounds`, async () => {
      // 20 won, then in turns: the first 15 are too old to count.
      const results = Array.from({ length: STREAK_ROUNDS + 15 }, (_, i) =>
        result({ player: ANN, round: i + 1, at: NOW - 90_000 + i, staked: 1, returned: i < 20 || i % 2 === 1 ? 2 : 0 }),
      );
      const model = await make();
      for (let from = 0; from < results.length; from += 1_000)
        await model.project(facts({ results: results.slice(from, from + 1_000) }), NOW);
      const { total, streaks } = await model.stats(ANN, "all", null, NOW);
      expect(total.rounds).toBe(results.length);
      expect(streaks).toEqual({ current: -1, longestWon: 5, longestLost: 1 });
    });

    it("says when it was last written, and how old that was", async () => {
      const model = await make();
      await model.project(played(1, NOW - 5_000), NOW);
      expect(await model.freshness()).toEqual({ projectedAt: NOW, lagMs: 5_000 });
      const grant = { player: ANN, entry: 1, kind: "grant", amount: 1, at: NOW - 2_000 };
      await model.project({ ...played(2, NOW + 500), changes: [grant] }, NOW + 1_000);
      expect(await model.freshness()).toEqual({ projectedAt: NOW + 1_000, lagMs: 3_000 });
      await model.project(played(3, NOW - 60_000), NOW - 10);
      expect(await model.freshness(), "an older write that comes later").toEqual({
        projectedAt: NOW + 1_000,
        lagMs: 3_000,
      });
    });

    it("is as good as new after it was emptied", async () => {
      const all = world(9);
      const { model, oracle } = await filled([all]);
      await model.clear();
      await answersMatch(model, new Oracle(), NOW, "quick");
      expect(await model.freshness()).toEqual({ projectedAt: null, lagMs: 0 });
      await model.project(all, NOW);
      await answersMatch(model, oracle, NOW, "quick");
    });

    it("lists everybody who has a persona, also those who never played", async () => {
      const players = Array.from({ length: 2_500 }, (_, i) => `p${i}` as typeof ANN);
      const personas = players.map((player) => ({ player, name: "x", hidden: false, version: 1 }));
      const { model } = await filled([facts({ personas, results: [result({ player: ANN })] })]);
      const found = new Set<string>();
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<ReadModel["known"]>> = await model.known(cursor);
        for (const player of page.players) found.add(player);
        cursor = page.next;
      } while (cursor !== null);
      expect([...found].toSorted()).toEqual(players.toSorted());
    });

    it("keeps every board of a player with one round", async () => {
      const { model } = await filled([facts({ results: [result({ player: ANN, staked: 100, returned: 250 })] })]);
      const values = { balance: 150, profit: 150, wagered: 100, "biggest-win": 150 };
      for (const board of BOARDS)
        for (const period of PERIODS)
          expect(await model.board(board, period, 5, null, NOW)).toEqual({
            lines: [{ rank: 1, player: ANN, name: ANN, value: values[board] }],
            players: 1,
          });
    });
  });
}
