import type { Chips, DomainEvent, Json, PlayerId } from "../game.ts";

/** What a settled round says to the outside. Never a void one. */

/** So many players to one message. */
export const CHUNK_PLAYERS = 100;

/** The tables that nobody made: `<game>:main`. All others are players' own, public or private. */
export const isHouseRoom = (room: string): boolean => room.endsWith(":main");

/** What a settled round says of where it was played: nothing of the house's own tables. */
export const where = (room: string): { readonly apart?: true } => (isHouseRoom(room) ? {} : { apart: true });

/** Everyone's sums of a settled round. */
export type Line = { readonly player: PlayerId; readonly staked: Chips; readonly returned: Chips };
/** With what the house gets of the stake in expectation, or by its rake: ten-thousandths of a chip, rounded up. */
export type Staked = Line & { readonly gainX10000: number };

/**
 * What a stake counts for in a lottery: what would have to be staked at a wheel with one zero to bring the house as much, in whole chips,
 * and never more than itself. So rake-free poker counts for nothing, and a share of what stakes count for is paid out of the house's gain.
 */
export const countedOf = (stake: number, gainX10000: number): number =>
  Math.min(stake, Math.floor((gainX10000 / 10_000) * 37));

/** What each player really put at risk. */
export function stakeEvents(room: string, round: number, lines: readonly Staked[]): DomainEvent[] {
  const game = room.slice(0, room.indexOf(":"));
  return lines.map(({ player, staked, gainX10000 }) => ({
    topic: "stakes",
    type: "player.stakeCreated",
    key: player,
    payload: { player, game, room, round, stake: staked, gainX10000 },
  }));
}

/** One stake a player, and the round in chunks. */
export function settledEvents(room: string, round: number, result: Json, lines: readonly Staked[]): DomainEvent[] {
  const events = stakeEvents(room, round, lines);
  for (let i = 0; i < lines.length; i += CHUNK_PLAYERS) {
    const players = lines.slice(i, i + CHUNK_PLAYERS).map(lineOf);
    events.push({
      topic: "settled",
      type: "roundSettled",
      key: `round-${round}`,
      payload: { round, result, players, ...where(room) },
    });
  }
  return events;
}

export const lineOf = ({ player, staked, returned }: Line): Line => ({ player, staked, returned });
