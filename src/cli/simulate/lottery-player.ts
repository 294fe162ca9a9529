import type { Simulated } from "./habit.ts";
import { roulette } from "./roulette.ts";

/** Players of the lottery earn their tickets by stakes at roulette. */
export const lottery: Simulated = { ...roulette, tickets: true };
