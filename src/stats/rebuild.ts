import type { PlayerId } from "../../rooms/game.ts";
import type { Env } from "../env.ts";
import { directoryStub, playerStub, roomStub } from "../objects/stubs.ts";
import type { ReadModel } from "./model.ts";
import { boardsFor } from "./named.ts";
import { project } from "./project.ts";

/**
 * Rebuilds the read model from the permanent records of rooms and players, in steps that are safe to repeat: the store
 * deduplicates facts, also those that the queue projects meanwhile.
 */

/** The cursor of a rebuild: a room, and the sequence number in its log after which to continue. */
export type RebuildCursor = { readonly room: string; readonly after: number };

export type RebuildStep = {
  /** The cursor of the next step; null: that was the last room. */
  readonly next: RebuildCursor | null;
  readonly events: number;
  /** The players in these events. Their own events (`tellPlayers`) are not in the model yet. */
  readonly players: readonly PlayerId[];
};

const EVENTS = 200;

/** Empties the model. Answers the first cursor. */
export async function startRebuild(env: Env, model: ReadModel): Promise<RebuildStep> {
  await model.clear();
  return { next: await firstAfter(env, ""), events: 0, players: [] };
}

/** Projects the next events of a room. Null: there is no such room. */
export async function rebuildRoom(
  env: Env,
  model: ReadModel,
  { room, after }: RebuildCursor,
): Promise<RebuildStep | null> {
  if ((await directoryStub(env).find(room, null)) === null) return null;
  const { events, next } = await roomStub(env, room).settledSince(after, EVENTS);
  const { facts } = project(events, await boardsFor(env, events));
  await model.project(facts, Date.now());
  return {
    next: next === null ? await firstAfter(env, room) : { room, after: next },
    events: events.length,
    players: [...new Set(facts.results.map(({ player }) => player))],
  };
}

/** Projects the players' own events: profiles, and chips from outside of tables. Answers how many; unknown players have none. */
export async function tellPlayers(env: Env, model: ReadModel, players: readonly PlayerId[]): Promise<number> {
  const told = await Promise.all(players.map(async (player) => toldBy(env, player)));
  const { facts, judged } = project(told.flat(), await boardsFor(env, told.flat()));
  await model.project(facts, Date.now());
  return judged.length;
}

/** All events of a player's object for the read side; none if the player does not exist. */
export async function toldBy(env: Env, player: PlayerId): Promise<unknown[]> {
  const stub: unknown = playerStub(env, player); // the platform's stub type fails on results of `unknown`
  return (stub as { told(): Promise<unknown[]> }).told();
}

async function firstAfter(env: Env, name: string): Promise<RebuildCursor | null> {
  const [room] = await directoryStub(env).names(name, 1);
  return room === undefined ? null : { room, after: 0 };
}
