import type { PlayerId } from "../../rooms/game.ts";
import { isPlayerId } from "../api/auth/random.ts";
import type { Env } from "../env.ts";
import { playerStub } from "../objects/stubs.ts";

/** What others may know of a player, from the player: whoever hides is hidden at once, however late the read side is. */
export type Shown = { readonly id: PlayerId; readonly name: string };

/** Null: there is no such player, or none that others may see; nobody is told which. No object is touched for what is no id. */
export async function shownPlayer(env: Env, id: string): Promise<Shown | null> {
  if (!isPlayerId(id)) return null;
  const about = await playerStub(env, id).about();
  return about === null || about.hidden ? null : { id, name: about.name };
}
