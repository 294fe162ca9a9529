import type { PlayerId } from "../../rooms/game.ts";
import { isPlayerId } from "../api/auth/random.ts";
import type { Env } from "../env.ts";
import { directoryStub, playerStub } from "../objects/stubs.ts";

/**
 * Which rooms and players there are. What was there once stays, so what was found is not asked for again in this isolate; what was
 * not found is, each time.
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

/** No object is touched for what cannot be a player's id. */
export async function isPlayer(env: Env, player: string): Promise<boolean> {
  if (!isPlayerId(player)) return false;
  const id: PlayerId = player;
  return ask(knownPlayers, player, async () => (await playerStub(env, id).standing()) !== null);
}
