import type { Seat, PublicDelta, PrivateDelta, View } from "./types.ts";

/** The client's half: applies deltas to views. Separate from the rules, which no page needs for that. */

/** The game's version. A client does not fold the deltas of another version. */
export const VERSION = 1;

export function fold(before: View, { set, seats }: PublicDelta): View {
  const next: View = { ...before, ...set };
  if (Object.keys(seats).length === 0) return next;
  return {
    ...next,
    seats: before.seats.map((seat, i) => (Object.hasOwn(seats, String(i)) ? (seats[String(i)] ?? null) : seat)),
  };
}

export function foldSeat(before: Seat, { set }: PrivateDelta): Seat {
  return { ...before, ...set };
}
