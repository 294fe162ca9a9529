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
