import type { RoomLine } from "../api/shapes.ts";

/** Nobody sits down at these: what is staked elsewhere plays here. */
const SEATLESS: ReadonlySet<string> = new Set(["lottery"]);

/**
 * The best open room for who wants to play at once: one with a free place that the balance is enough for, where most people
 * play. `game` null: of any game; `balance` null: not known yet. Null: there is none.
 */
export function bestRoom(rooms: readonly RoomLine[], game: string | null, balance: number | null): RoomLine | null {
  const open = rooms.filter(
    (room) =>
      !SEATLESS.has(room.game) &&
      (game === null || room.game === game) &&
      room.status === "running" &&
      hasPlace(room) &&
      (balance === null || room.summary.minStake <= balance),
  );
  return open.reduce<RoomLine | null>((best, room) => (best === null || busier(room, best) ? room : best), null);
}

/** Whether there is anything to sit down at. */
export function isSeated(game: string | null): boolean {
  return game === null || !SEATLESS.has(game);
}

/** A house player makes room for whoever waits, so only people fill a table. */
function hasPlace({ summary: { note, players } }: RoomLine): boolean {
  return note?.seats === undefined || players < note.seats;
}

/** Whether one can sit down without waiting for the end of a hand. */
function atOnce({ summary: { note } }: RoomLine): boolean {
  return note?.seats === undefined || (note.taken ?? 0) < note.seats;
}

/** A seat at once first, then players, then who is in the room at all; of equals the one that is listed first. */
function busier(room: RoomLine, best: RoomLine): boolean {
  if (atOnce(room) !== atOnce(best)) return atOnce(room);
  const { summary, online } = room;
  if (summary.players !== best.summary.players) return summary.players > best.summary.players;
  return online > best.online;
}

/** Told to a table by the way that leads there: who comes by the quick seat is seated at once. */
export const QUICK_SEAT = { seat: "quick" } as const;

/** Reads the state of a visit (`location.state`). */
export function isQuickSeat(state: unknown): boolean {
  return typeof state === "object" && state !== null && "seat" in state && state.seat === QUICK_SEAT.seat;
}
