import type { PlayerId } from "../../rooms/game.ts";
import { isHouseRoom } from "../../rooms/kernel/settlement.ts";
import { readEvent } from "../events.ts";
import { settingsOf, type Env } from "../env.ts";
import { playerStub } from "../objects/stubs.ts";
import type { Boards, Named } from "./project.ts";

/**
 * What a projection needs besides the events: whether guests are on the boards of this deployment, and, for poker hands at the
 * house's own tables, since when each player is registered. That instant never changes, so a rebuild gives the same model.
 */

/** Cache, per isolate: a registered name is permanent, so each player is asked once. */
const known = new Map<PlayerId, number>();
const KNOWN_MAX = 10_000;

export async function boardsFor(env: Env, bodies: readonly unknown[]): Promise<Boards> {
  if (settingsOf(env).BOARDS_INCLUDE_GUESTS === "on") return { guests: true };
  const players = new Set(bodies.flatMap(inHouseHand));
  const named = new Map<PlayerId, number>();
  await Promise.all(
    [...players].map(async (player) => {
      const since = known.get(player) ?? (await playerStub(env, player).namedSince());
      if (since === null) return;
      if (known.size >= KNOWN_MAX) known.clear();
      known.set(player, since);
      named.set(player, since);
    }),
  );
  return { guests: false, named: named satisfies Named };
}

function inHouseHand(body: unknown): PlayerId[] {
  const read = readEvent("settled", body);
  if (!read.ok || read.event.type !== "handFinished" || !isHouseRoom(read.event.source)) return [];
  return read.event.payload.players.map(({ player }) => player as PlayerId);
}
