import type { PlayerId } from "../../rooms/game.ts";
import type { RoomRpc } from "../../rooms/host/ports.ts";
import type { Account } from "./account.ts";
import type { Audit } from "./audit.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { Directory } from "./directory.ts";
import type { Listing } from "./directory/rooms.ts";
import type { Env } from "../env.ts";
import type { Limiter } from "./limiter.ts";
import type { Player } from "./player.ts";
import type { Promotions } from "./promotions.ts";

/** Typed stubs of every Durable Object. Only this file knows how the objects are named. */

export const playerStub = (env: Env, id: PlayerId): DurableObjectStub<Player> =>
  env.PLAYER.get(env.PLAYER.idFromName(id));

export const accountStub = (env: Env, foldedUsername: string): DurableObjectStub<Account> =>
  env.ACCOUNT.get(env.ACCOUNT.idFromName(foldedUsername));

/** The object that stores which name holds a look. Folded names have no colon, so it never collides with an account. */
export const lookStub = (env: Env, look: string): DurableObjectStub<Account> =>
  env.ACCOUNT.get(env.ACCOUNT.idFromName(`look:${look}`));

export const limiterStub = (env: Env, address: string): DurableObjectStub<Limiter> =>
  env.LIMITER.get(env.LIMITER.idFromName(address));

export const promotionsStub = (env: Env): DurableObjectStub<Promotions> =>
  env.PROMOTIONS.get(env.PROMOTIONS.idFromName("main"));

export const auditStub = (env: Env): DurableObjectStub<Audit> => env.AUDIT.get(env.AUDIT.idFromName("main"));

/** The methods of `DeadLetters` that the Worker may call. */
export type DeadLettersStub = Pick<DeadLetters, "park" | "list" | "find" | "open" | "replayed" | "missing" | "count">;

export function deadLettersStub(env: Env): DeadLettersStub {
  const stub: unknown = env.DEAD_LETTERS.get(env.DEAD_LETTERS.idFromName("main"));
  return stub as DeadLettersStub;
}

/*
 * The platform's stub type does not terminate on the recursive type `Json`, so the class's own interface is used in its place.
 */

/** The methods of `Directory` that the Worker may call. */
export type DirectoryStub = Pick<
  Directory,
  | "find"
  | "list"
  | "every"
  | "names"
  | "make"
  | "ready"
  | "join"
  | "report"
  | "backlog"
  | "bridge"
  | "bridges"
  | "ping"
  | "consumed"
  | "census"
>;

export function directoryStub(env: Env): DirectoryStub {
  const stub: unknown = env.DIRECTORY.get(env.DIRECTORY.idFromName("main"));
  return stub as DirectoryStub;
}

/** What the Worker may call on a room: its methods, and `fetch` for sockets. */
export type RoomStub = RoomRpc & Pick<Fetcher, "fetch">;

/** Only for names that the Directory lists. */
export function roomStub(env: Env, name: string): RoomStub {
  const stub: unknown = env.ROOM.get(env.ROOM.idFromName(name));
  return stub as RoomStub;
}

/**
 * The room of a listing; gives it its config first if it has none yet. So a Worker that died between listing a room and setting
 * it up does no harm: the next access to the room sets it up here.
 */
export async function openRoom(env: Env, listing: Listing): Promise<RoomStub> {
  const room = roomStub(env, listing.name);
  if (!listing.ready) {
    await room.setUp(JSON.parse(listing.config));
    await directoryStub(env).ready(listing.name);
  }
  return room;
}
