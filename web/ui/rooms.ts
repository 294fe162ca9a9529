import type { RoomLine } from "../api/shapes.ts";

/** How rooms are called and where they are. */

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
export function titleOf({ game, id }: Pick<RoomLine, "game" | "id">): string {
  const name = gameName(game);
  return id === "main" ? name : `${name} ${id.slice(0, 4)}`;
}

export function pathOf({ game, id }: Pick<RoomLine, "game" | "id">): string {
  return `/rooms/${game}/${id}`;
}
