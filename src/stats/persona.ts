import type { PlayerId } from "../../rooms/game.ts";
import { isPlayerId } from "../api/auth/random.ts";
import type { Env } from "../env.ts";
import { playerStub } from "../objects/stubs.ts";

/** A player's public data, read from the player's object: a player who hides is hidden at once, even if the read side lags. */
export type Shown = { readonly id: PlayerId; readonly name: string };

/** Null: no such player, or a hidden one; callers cannot tell which. A text that is no player id reaches no object. */
export async function shownPlayer(env: Env, id: string): Promise<Shown | null> {
  if (!isPlayerId(id)) return null;
  const about = await playerStub(env, id).about();
  return about === null || about.hidden ? null : { id, name: about.name };
}
