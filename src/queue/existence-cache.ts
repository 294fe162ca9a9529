import type { PlayerId } from "../../rooms/game.ts";
import { isPlayerId } from "../api/auth/random.ts";
import type { Env } from "../env.ts";
import { directoryStub, playerStub } from "../objects/stubs.ts";

/**
 * Whether a room or player exists. Neither is ever deleted, so a positive answer is cached for the life of the isolate; a
 * negative one is not.
 */

const KNOWN_MAX = 10_000;
const knownRooms = new Set<string>();
const knownPlayers = new Set<string>();

async function ask(known: Set<string>, name: string, find: () => Promise<boolean>): Promise<boolean> {
  if (known.has(name)) return true;
  const found = await find();
  if (found && known.size < KNOWN_MAX) known.add(name);
  return found;
}

export function isRoom(env: Env, room: string): Promise<boolean> {
  return ask(knownRooms, room, async () => (await directoryStub(env).find(room, null)) !== null);
}

/** A text that cannot be a player id reaches no object. */
export async function isPlayer(env: Env, player: string): Promise<boolean> {
  if (!isPlayerId(player)) return false;
  const id: PlayerId = player;
  return ask(knownPlayers, player, async () => (await playerStub(env, id).standing()) !== null);
}
