import type { RoomLine } from "../api/shapes.ts";

/** Where rooms are. How they are called: web/games.ts. */

export type Place = Pick<RoomLine, "game" | "id">;

/** Of a room's name, "roulette:main". */
export function roomOf(name: string): Place {
  const [game = "", id = ""] = name.split(":");
  return { game, id };
}

export function pathOf({ game, id }: Place): string {
  return `/rooms/${game}/${id}`;
}

/** The pages of a room that is called so, and of one of its rounds. */
export const roomPath = (name: string): string => pathOf(roomOf(name));
export const roundPath = (name: string, round: number): string => `${roomPath(name)}/rounds/${round}`;
