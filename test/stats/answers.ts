import { expect } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { BOARDS, PERIODS, type Place, type ReadModel } from "../../src/stats/model.ts";
import { EVERYBODY, GAMES, NOW, PLAYERS, ROOMS, STRANGER } from "./world.ts";

/** How much to ask: every question of every player, a few of each kind, or of boards alone. */
export type Depth = "all" | "quick" | "boards";

/** Asks two read models the same questions at `now`; the answers, page by page, and the checksums must be the same. */
export async function answersMatch(model: ReadModel, oracle: ReadModel, now: number, depth: Depth): Promise<void> {
  expect(await model.checksum(), "checksum").toEqual(await oracle.checksum());
  await boardsMatch(model, oracle, now, depth === "all");
  if (depth === "boards") return;
  const players = depth === "all" ? EVERYBODY : EVERYBODY.filter((_, i) => i % 4 === 0);
  const games = depth === "all" ? [null, ...GAMES, "chess"] : [null, "poker"];
  for (const player of players) {
    for (const days of depth === "all" ? [1, 5, 40] : [20])
      expect(await model.days(player, days, now), `${days} days of ${player}`).toEqual(
        await oracle.days(player, days, now),
      );
    for (const game of games) {
      for (const period of PERIODS)
        expect(await model.stats(player, period, game, now), `${period} of ${player} at ${game}`).toEqual(
          await oracle.stats(player, period, game, now),
        );
      await historyMatches(model, oracle, player, game, depth === "all" ? 7 : 30);
    }
    if (depth === "all") await historyMatches(model, oracle, player, null, 1);
  }
  for (const player of [...PLAYERS.slice(0, 2), STRANGER])
    for (const room of ROOMS.slice(0, 2))
      for (const round of [1, 2, 3, 4, 999])
        expect(await model.has(player, room, round), `${player} in ${room}/${round}`).toBe(
          await oracle.has(player, room, round),
        );
}

async function boardsMatch(model: ReadModel, oracle: ReadModel, now: number, all: boolean): Promise<void> {
  for (const board of BOARDS)
    for (const period of PERIODS)
      for (const limit of all ? [1, 4, 100] : [4])
        for (const around of all ? [null, ...EVERYBODY] : [null, ...EVERYBODY.slice(0, 2), STRANGER])
          expect(
            await model.board(board, period, limit, around, now),
            `${limit} of ${board}, ${period}, around ${around}`,
          ).toEqual(await oracle.board(board, period, limit, around, now));
}

async function historyMatches(
  model: ReadModel,
  oracle: ReadModel,
  player: PlayerId,
  game: string | null,
  limit: number,
): Promise<void> {
  // From the top page by page, and from places that nobody was given.
  const made: Place[] = ["crash:main", "poker:mai", "zzz:z"].map((room) => ({ at: NOW - 1, room, round: 20 }));
  for (const start of [null, ...made]) {
    let before: Place | null = start;
    for (let pages = 0; pages < (start ? 1 : 100); pages += 1) {
      const expected = await oracle.history(player, game, before, limit);
      expect(await model.history(player, game, before, limit), `history of ${player} at ${game}`).toEqual(expected);
      before = expected.next;
      if (before === null) break;
    }
  }
}
