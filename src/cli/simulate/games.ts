import { crash } from "./crash.ts";
import { dice } from "./dice.ts";
import type { Simulated } from "./habit.ts";
import { lottery } from "./lottery-player.ts";
import { poker } from "./poker.ts";
import { roulette } from "./roulette.ts";

/** How simulated players play each game. A game added here is simulated. */
export const SIMULATED: ReadonlyMap<string, Simulated> = new Map(
  Object.entries({ roulette, crash, dice, poker, lottery }),
);
