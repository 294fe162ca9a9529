import * as z from "zod/mini";
import type { RoomLine } from "../api/shapes.ts";
import { noteOf } from "./note.ts";

/** A table with a number of places says in its note how many, and how many are taken. */
const places = z.object({ seats: z.number(), taken: z.number() });

/**
 * The best open room for a player who wants to play at once: one with a free place that the balance is enough for, where most people
 * play. `rooms`: those that one can sit down at; `game` null: of any game; `balance` null: not known yet. Null: there is none.
 */
export function bestRoom(rooms: readonly RoomLine[], game: string | null, balance: number | null): RoomLine | null {
  const open = rooms.filter(
    (room) =>
      (game === null || room.game === game) &&
      room.status === "running" &&
      hasPlace(room) &&
      (balance === null || room.summary.minStake <= balance),
  );
  return open.reduce<RoomLine | null>((best, room) => (best === null || busier(room, best) ? room : best), null);
}

/** A house player makes room for whoever waits, so only people fill a table. */
function hasPlace(room: RoomLine): boolean {
  const told = noteOf(places, room);
  return told === null || room.summary.players < told.seats;
}

/** Whether one can sit down without waiting for the end of a hand. */
function atOnce(room: RoomLine): boolean {
  const told = noteOf(places, room);
  return told === null || told.taken < told.seats;
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
