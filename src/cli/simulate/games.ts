import { crash } from "./crash.ts";
import { dice } from "./dice.ts";
import type { Simulated } from "./habit.ts";
import { lottery } from "./lottery-player.ts";
import { poker } from "./poker.ts";
import { roulette } from "./roulette.ts";

/** How each game is played by simulated players: a game that is to be simulated adds its line. */
export const SIMULATED: ReadonlyMap<string, Simulated> = new Map(
  Object.entries({ roulette, crash, dice, poker, lottery }),
);
