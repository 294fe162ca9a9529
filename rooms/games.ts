import type { AnyGame } from "./game.ts";
import { crash } from "./crash/index.ts";
import { lottery } from "./lottery/index.ts";
import { poker } from "./poker/index.ts";
import { roulette } from "./roulette/index.ts";

/** The registry: the one line that a new game adds. */
const registry: Readonly<Record<string, AnyGame>> = {
  roulette,
  crash,
  poker,
  lottery,
};

export const games: ReadonlyMap<string, AnyGame> = new Map(Object.entries(registry));

/** Rooms of these are the house's own: nobody else makes one. */
export const HOUSE_GAMES: ReadonlySet<string> = new Set(["lottery"]);

/** The game of a room's name (`<game>:<id>`), or undefined. */
export function gameOf(room: string): AnyGame | undefined {
  return games.get(room.slice(0, room.indexOf(":")));
}

/** What the tables that always exist have other than their game's defaults. [P19] */
const MAIN: ReadonlyMap<string, object> = new Map([["poker:main", { minPlayers: 3 }]]);

/** The config of a room that nobody made: `<game>:main`. */
export function firstConfig(room: string): object {
  return MAIN.get(room) ?? {};
}
