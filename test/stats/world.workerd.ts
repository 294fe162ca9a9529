import { env } from "cloudflare:workers";
import type { PlayerId } from "../../rooms/game.ts";
import type { EventOf } from "../../src/events.ts";
import { readModelOf, type ReadModel } from "../../src/stats/index.ts";

/** Settled events as rooms and players send them. */

export type SettledEvent = EventOf<"settled">;
export type Line = { readonly player: string; readonly staked: number; readonly returned: number };

let made = 0;

const envelope = (source: string, id: string, at: number) => ({
  id,
  version: 1 as const,
  source,
  sequence: (made += 1),
  correlation: `${source}@1`,
  key: "x",
  at,
});

/** A settled round of `roulette:main`, or of another room. */
export function settled(
  round: number,
  players: readonly Line[],
  { room = "roulette:main", at = Date.now() }: { room?: string; at?: number } = {},
): SettledEvent {
  const payload = { round, result: { pocket: "17" }, players: [...players] };
  return { ...envelope(room, `${room}:3f2a91bc:${(made += 1)}`, at), type: "roundSettled", payload };
}

export function came(player: string, entry: number, amount: number, at = Date.now()): SettledEvent {
  const payload = { player, entry, kind: "grant", amount, balance: Math.max(0, amount) };
  return { ...envelope(`player:${player}`, `player:${player}:0:${entry}`, at), type: "balanceChanged", payload };
}

export function known(player: string, name: string, hidden = false, version = 1): SettledEvent {
  const payload = { player, name, hidden, version };
  return { ...envelope(`player:${player}`, `player:${player}:1:${version}`, 0), type: "profileChanged", payload };
}

export const model = (): ReadModel => readModelOf(env);

/** What a player's sums are, of all time and all games. */
export async function totalOf(player: string): Promise<{ rounds: number; wagered: number; returned: number }> {
  const { total } = await model().stats(player as PlayerId, "all", null, Date.now());
  const { rounds, wagered, returned } = total;
  return { rounds, wagered, returned };
}
