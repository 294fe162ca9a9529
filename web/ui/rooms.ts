import type { RoomLine } from "../api/shapes.ts";

/** How rooms are called and where they are. */

export type Place = Pick<RoomLine, "game" | "id">;

const GAMES: Readonly<Record<string, string>> = {
  roulette: "Roulette",
  crash: "Crash",
  poker: "Hold\u2019em",
  lottery: "Lottery",
};

export function gameName(game: string): string {
  return GAMES[game] ?? game;
}

/** "Roulette" for the house's own table, "Roulette x7k2" for others: the first letters of an id tell them apart. */
export function titleOf({ game, id }: Place): string {
  const name = gameName(game);
  return id === "main" ? name : `${name} ${id.slice(0, 4)}`;
}

/** Of a room's name, "roulette:main". */
export function roomOf(name: string): Place {
  const [game = "", id = ""] = name.split(":");
  return { game, id };
}

export function pathOf({ game, id }: Place): string {
  return `/rooms/${game}/${id}`;
}
