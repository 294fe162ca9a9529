import type { PlayerId } from "../../rooms/game.ts";
import type { Env } from "../env.ts";
import { directoryStub, playerStub, roomStub } from "../objects/stubs.ts";
import type { ReadModel } from "./model.ts";
import { boardsFor } from "./named.ts";
import { project } from "./project.ts";

/**
 * The read model anew from what the rooms and the players keep for good, in steps that any driver can repeat: a step's facts are taken
 * once, and what is projected by the queue meanwhile is welcome.
 */

/** A room, and the sequence of its log to go on from. */
export type RebuildCursor = { readonly room: string; readonly after: number };

export type RebuildStep = {
  /** Null: that was the last room. */
  readonly next: RebuildCursor | null;
  readonly events: number;
  /** The players in them. Their own part (`tellPlayers`) is not in the model yet. */
  readonly players: readonly PlayerId[];
};

const EVENTS = 200;

/** Empties the model and says where to begin. */
export async function startRebuild(env: Env, model: ReadModel): Promise<RebuildStep> {
  await model.clear();
  return { next: await firstAfter(env, ""), events: 0, players: [] };
}

/** Null: there is no such room. */
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

/** Their names, and what came and went outside of tables. How many events that were; players who do not exist have none. */
export async function tellPlayers(env: Env, model: ReadModel, players: readonly PlayerId[]): Promise<number> {
  const told = await Promise.all(players.map(async (player) => toldBy(env, player)));
  const { facts, judged } = project(told.flat(), await boardsFor(env, told.flat()));
  await model.project(facts, Date.now());
  return judged.length;
}

/** Everything that a player has to say, as events; nothing of one who does not exist. */
export async function toldBy(env: Env, player: PlayerId): Promise<unknown[]> {
  const stub: unknown = playerStub(env, player); // the platform's own type for it ends on `unknown`
  return (stub as { told(): Promise<unknown[]> }).told();
}

async function firstAfter(env: Env, name: string): Promise<RebuildCursor | null> {
  const [room] = await directoryStub(env).names(name, 1);
  return room === undefined ? null : { room, after: 0 };
}
