import type { RoomLine } from "../api/shapes.ts";

/** Addresses of rooms and rounds. Their titles are in web/games.ts. */

export type Place = Pick<RoomLine, "game" | "id">;

/** Splits a room's name, "roulette:main". */
export function roomOf(name: string): Place {
  const [game = "", id = ""] = name.split(":");
  return { game, id };
}

export function pathOf({ game, id }: Place): string {
  return `/rooms/${game}/${id}`;
}

/** The addresses of a room, given its name, and of one of its rounds. */
export const roomPath = (name: string): string => pathOf(roomOf(name));
export const roundPath = (name: string, round: number): string => `${roomPath(name)}/rounds/${round}`;
