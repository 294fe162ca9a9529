import type { Simulated } from "./habit.ts";
import { roulette } from "./roulette.ts";

/** Who is here for the lottery gets their tickets at roulette. */
export const lottery: Simulated = { ...roulette, tickets: true };
