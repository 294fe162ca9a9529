import type { Chips, DomainEvent, Json, PlayerId } from "./game.ts";

/** What a settled round of a banked game says to the outside. Never a void one. */

/** So many players to one message. */
export const CHUNK_PLAYERS = 100;

/** Everyone's sums of a settled round. */
export type Line = { readonly player: PlayerId; readonly staked: Chips; readonly returned: Chips };

/** One stake a player, and the round in chunks. */
export function settledEvents(game: string, round: number, result: Json, lines: readonly Line[]): DomainEvent[] {
  const events = lines.map(({ player, staked }): DomainEvent => ({
    topic: "stakes",
    type: "player.stakeCreated",
    key: player,
    payload: { player, game, round, stake: staked },
  }));
  for (let i = 0; i < lines.length; i += CHUNK_PLAYERS) {
    const players = lines.slice(i, i + CHUNK_PLAYERS);
    events.push({ topic: "settled", type: "roundSettled", key: `round-${round}`, payload: { round, result, players } });
  }
  return events;
}
