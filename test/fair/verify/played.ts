import { crash } from "../../../rooms/crash/index.ts";
import { dice } from "../../../rooms/dice/index.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import {
  crashHabit,
  diceHabit,
  lotteryHabit,
  QUICK_CRASH,
  QUICK_LOTTERY,
  QUICK_ROULETTE,
  rouletteHabit,
} from "./habits.ts";
import { play } from "./play.ts";

/** Records of so many rounds, by game. Every game that draws from a seed has its line. */
export const PLAYED: Readonly<Record<string, (seed: number, rounds: number) => ReturnType<typeof play>>> = {
  roulette: (seed, rounds) => play(roulette, QUICK_ROULETTE, seed, rounds, rouletteHabit),
  crash: (seed, rounds) => play(crash, QUICK_CRASH, seed, rounds, crashHabit),
  dice: (seed, rounds) => play(dice, { rolls: 3 }, seed, rounds, diceHabit),
  lottery: (seed, rounds) => play(lottery, QUICK_LOTTERY, seed, rounds, lotteryHabit),
};
