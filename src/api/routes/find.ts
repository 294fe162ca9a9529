import type { PlayerId } from "../../../rooms/game.ts";
import type { Env } from "../../env.ts";
import type { Found } from "../../objects/directory/rooms.ts";
import { Refused } from "../http/refusals.ts";
import { directoryStub } from "../../objects/stubs.ts";
import { z } from "./schemas.ts";

/** Looks rooms up in the Directory, which knows every room and the members of private ones. */

export const roomParams = z.object({
  game: z.string().openapi({ param: { name: "game", in: "path" }, example: "roulette" }),
  id: z.string().openapi({ param: { name: "id", in: "path" }, example: "main" }),
});

const NAME_CHARS_MAX = 80;

/** Refused `unknown_room`: it does not exist, or it is private and this player is no member. Touches no room object. */
export async function findRoom(
  env: Env,
  { game, id }: { readonly game: string; readonly id: string },
  player: PlayerId | null,
): Promise<Found> {
  const name = `${game}:${id}`;
  const found = name.length > NAME_CHARS_MAX ? null : await directoryStub(env).find(name, player);
  if (found === null || (found.listing.private && !found.member)) throw new Refused("unknown_room");
  return found;
}
