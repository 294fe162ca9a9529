import type { AnyGame } from "./game.ts";
import { crash } from "./crash/index.ts";
import { lottery } from "./lottery/index.ts";
import { poker } from "./poker/index.ts";
import { roulette } from "./roulette/index.ts";

/** The registry: the one line that a new game adds. In the order that they are shown. */
const registry = [roulette, crash, poker, lottery] as const;

/** The games' values, each with its types. */
export type Registry = typeof registry;
export type GameName = Registry[number]["name"];

export const games: ReadonlyMap<string, AnyGame> = new Map(registry.map((game) => [game.name, game]));

/** Rooms of these are the house's own: nobody else makes one. */
export const HOUSE_GAMES: ReadonlySet<string> = new Set(
  registry.filter(({ kind }) => kind === "draw").map(({ name }) => name),
);

/** The game of a room's name (`<game>:<id>`), or undefined. */
export function gameOf(room: string): AnyGame | undefined {
  return games.get(room.slice(0, room.indexOf(":")));
}

/** The config of a room that nobody made: `<game>:main`. Of any other, the defaults. */
export function firstConfig(room: string): object {
  return room.endsWith(":main") ? (gameOf(room)?.lobby.main ?? {}) : {};
}
