import type { Chips, DomainEvent, Json, PlayerId, Settlement, StakeLine, Viewer } from "../game.ts";

/** The domain events of a settled round. A void round has none. */

/** Most players in one event. */
export const CHUNK_PLAYERS = 100;

/** Whether it is a main table, `<game>:main`, which nobody had to create. All others are players' own, public or private. */
export const isHouseRoom = (room: string): boolean => room.endsWith(":main");

/** `apart` marks a round that was not played at one of the house's own tables. */
export const where = (room: string): { readonly apart?: true } => (isHouseRoom(room) ? {} : { apart: true });

/**
 * The part of a stake that counts in a lottery, in whole chips: the stake that earns the house as much at a single-zero wheel
 * (edge 1/37), at most the stake itself. So rake-free poker counts for nothing, and prizes are paid out of the house's gain.
 */
export const countedOf = (stake: number, gainX10000: number): number =>
  Math.min(stake, Math.floor((gainX10000 / 10_000) * 37));

/** One event for each player's stake; and the round with all its players, in chunks. */
export function settledEvents(room: string, round: number, paid: Settlement["paid"] & object): DomainEvent[] {
  const { type = "roundSettled", result, lines } = paid;
  const game = room.slice(0, room.indexOf(":"));
  const events: DomainEvent[] = lines.map(({ player, staked, gainX10000 }) => ({
    topic: "stakes",
    type: "player.stakeCreated",
    key: player,
    payload: { player, game, room, round, stake: staked, gainX10000 },
  }));
  for (let i = 0; i < lines.length; i += CHUNK_PLAYERS) {
    const players = lines.slice(i, i + CHUNK_PLAYERS).map(lineOf);
    events.push({ topic: "settled", type, key: `round-${round}`, payload: { round, result, players, ...where(room) } });
  }
  return events;
}

type Line = { readonly player: PlayerId; readonly staked: Chips; readonly returned: Chips };
const lineOf = ({ player, staked, returned }: StakeLine): Line => ({ player, staked, returned });

type Records = { readonly rounds: { recordFor(record: Json, viewer: Viewer): Json } };

/** A finished round's record as this viewer may read it; null when nothing was kept of the round. */
export function recordFor(game: Records, kept: readonly Json[], viewer: Viewer): Json {
  const last = kept.at(-1);
  return last === undefined ? null : game.rounds.recordFor(last, viewer);
}
