import Ajv from "ajv";
import { expect, test } from "vitest";
import { namedView } from "../../../rooms/kit/names.ts";
import { crash } from "../../../rooms/crash/index.ts";
import { dice } from "../../../rooms/dice/index.ts";
import { games } from "../../../rooms/games.ts";
import { lottery } from "../../../rooms/lottery/index.ts";
import { roulette } from "../../../rooms/roulette/index.ts";
import { OUTCOMES } from "../../../src/api/docs/frames.gen.ts";
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
import { playHands } from "./poker-habit.ts";

/** What the OpenAPI document says of a round's outcome, held against rounds that are played. */

const PLAYED: Readonly<Record<string, () => readonly { readonly outcome: unknown }[]>> = {
  roulette: () => play(roulette, QUICK_ROULETTE, 31, 30, rouletteHabit),
  crash: () => play(crash, QUICK_CRASH, 32, 30, crashHabit),
  dice: () => play(dice, { rolls: 5 }, 35, 30, diceHabit),
  poker: () => {
    const { room, rounds } = playHands(33, 20);
    return rounds.map((round) => room.record(round, null));
  },
  lottery: () => play(lottery, QUICK_LOTTERY, 34, 10, lotteryHabit),
};

test.each([...games.keys()])("an outcome of %s is as the document has it", (name) => {
  const fits = new Ajv({ strict: false }).compile(OUTCOMES[name] ?? false);
  const records = PLAYED[name]?.() ?? [];
  expect(records.length).toBeGreaterThan(5);
  for (const { outcome } of records) expect([fits(namedView(outcome)), fits.errors]).toEqual([true, null]);
});
