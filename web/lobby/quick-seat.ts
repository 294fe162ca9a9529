import * as z from "zod/mini";
import type { RoomLine } from "../api/shapes.ts";
import { noteOf } from "./note.ts";

/** The part of a note that tells how many seats a table has and how many are taken. */
const places = z.object({ seats: z.number(), taken: z.number() });

/**
 * The best room for a player who wants to play at once: running, with a free place and a minimum that the balance covers, and
 * with most players. `rooms`: rooms with seats. `game` null: any. `balance` null: not known yet. Returns null if there is none.
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

/** Bots give up their seats to waiting players, so a table is full only when people hold all seats. */
function hasPlace(room: RoomLine): boolean {
  const told = noteOf(places, room);
  return told === null || room.summary.players < told.seats;
}

/** Whether a player can sit down without waiting for the end of a hand. */
function atOnce(room: RoomLine): boolean {
  const told = noteOf(places, room);
  return told === null || told.taken < told.seats;
}

/** Compares rooms: a seat at once first, then more players, then more people in the room. Otherwise the first listed wins. */
function busier(room: RoomLine, best: RoomLine): boolean {
  if (atOnce(room) !== atOnce(best)) return atOnce(room);
  const { summary, online } = room;
  if (summary.players !== best.summary.players) return summary.players > best.summary.players;
  return online > best.online;
}

/** The navigation state that tells the table's page to seat the player at once. */
export const QUICK_SEAT = { seat: "quick" } as const;

/** Checks the navigation state (`location.state`) for a quick seat. */
export function isQuickSeat(state: unknown): boolean {
  return typeof state === "object" && state !== null && "seat" in state && state.seat === QUICK_SEAT.seat;
}
