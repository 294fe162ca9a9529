import type { GameName } from "../rooms/games.ts";
import { crash } from "./crash/index.tsx";
import { dice } from "./dice/index.tsx";
import type { WebGame } from "./game.ts";
import { lottery } from "./lottery/index.tsx";
import { poker } from "./poker/index.tsx";
import { roulette } from "./roulette/index.tsx";

/** The registry of games on the page: a new game adds one entry. A game of rooms/games.ts that is missing does not compile. */
const registry = { roulette, crash, dice, poker, lottery } satisfies Readonly<Record<GameName, WebGame>>;

export const webGames: ReadonlyMap<string, WebGame> = new Map(Object.entries(registry));

/** Games in which players bet, as options of a choice. */
export const GAME_CHOICES = (Object.keys(registry) as GameName[])
  .filter((name) => registry[name].seated)
  .map((name) => [name, registry[name].title] as const);

/** Games whose main table earns lottery tickets. */
export const TICKET_GAMES: readonly string[] = [...webGames]
  .filter(([, one]) => one.tickets !== null)
  .map(([name]) => name);

/** Games of the server that this page does not know are shown by their internal names. */
export function gameName(game: string): string {
  return webGames.get(game)?.title ?? game;
}

/** "Roulette" for the main table, "Roulette x7k2" for others, with the first letters of the id. */
export function titleOf({ game, id }: { readonly game: string; readonly id: string }): string {
  const name = gameName(game);
  return id === "main" ? name : `${name} ${id.slice(0, 4)}`;
}

/** "round", "hand", "draw". */
export function unitOf(game: string): string {
  return webGames.get(game)?.unit ?? "round";
}

/** Whether players sit down at this game. Null, any game: true. */
export function isSeated(game: string | null): boolean {
  return game === null || (webGames.get(game)?.seated ?? true);
}

/** The page that proves a player's round. `proof`: the path of the round. */
export function proofPath(game: string, proof: string, player: string): string {
  return webGames.get(game)?.proofOfPlayer === true ? `${proof}?player=${player}` : proof;
}
