import type { AnyGame } from "./game.ts";
import { entry as crash } from "./crash/entry.ts";
import { entry as dice } from "./dice/entry.ts";
import type { Entry } from "./kit/entry.ts";
import { entry as lottery } from "./lottery/entry.ts";
import { entry as poker } from "./poker/entry.ts";
import { entry as roulette } from "./roulette/entry.ts";

/** The registry, in display order. A new game adds one line here. */
const registry = [roulette, crash, dice, poker, lottery] as const satisfies readonly Entry[];

/** Every game with its own types. */
export type Registered = (typeof registry)[number]["game"];
export type GameName = Registered["name"];

export const entries: ReadonlyMap<string, Entry> = new Map(registry.map((entry) => [entry.game.name, entry]));

export const games: ReadonlyMap<string, AnyGame> = new Map(registry.map(({ game }) => [game.name, game]));

/** Games whose rooms only the house creates. */
export const HOUSE_GAMES: ReadonlySet<string> = new Set(
  registry.filter(({ game }) => game.kind === "draw").map(({ game }) => game.name),
);

/** The entry of the game of a room (`<game>:<id>`); undefined for an unknown game. */
export function entryOf(room: string): Entry | undefined {
  return entries.get(room.slice(0, room.indexOf(":")));
}

/** The game of a room (`<game>:<id>`); undefined for an unknown game. */
export function gameOf(room: string): AnyGame | undefined {
  return games.get(room.slice(0, room.indexOf(":")));
}

/** The config of a room that nobody created: the `main` options for `<game>:main`, otherwise `{}`, the defaults. */
export function firstConfig(room: string): object {
  return room.endsWith(":main") ? (gameOf(room)?.lobby.main ?? {}) : {};
}
