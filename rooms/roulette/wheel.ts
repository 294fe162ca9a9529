import type { Config, Pocket } from "./types.ts";

/** The wheels: their pockets, their colours, and their order around the rim. Only facts, and nothing computed from bets. */

/** The label of the one draw of a round. */
export const SPIN_LABEL = "spin";

export type Wheel = Config["wheel"];
export type Colour = "red" | "black" | "green";

const EUROPEAN =
  "0 32 15 19 4 21 2 25 17 34 6 27 13 36 11 30 8 23 10 5 24 16 33 1 20 14 31 9 22 18 29 7 28 12 35 3 26".split(" ");
const AMERICAN =
  "0 28 9 26 30 11 7 20 32 17 5 22 34 15 3 24 36 13 1 00 27 10 25 29 12 8 19 31 18 6 21 33 16 4 23 35 14 2".split(" ");
const RED: ReadonlySet<Pocket> = new Set("1 3 5 7 9 12 14 16 18 19 21 23 25 27 30 32 34 36".split(" "));

const SINGLE_ZERO: readonly Pocket[] = Array.from({ length: 37 }, (_, n) => String(n));
const DOUBLE_ZERO: readonly Pocket[] = [...SINGLE_ZERO, "00"];

/** Every pocket, in the order of the draw: index i is the number i, and index 37 is "00". */
export function pocketsOf(wheel: Wheel): readonly Pocket[] {
  return wheel === "american" ? DOUBLE_ZERO : SINGLE_ZERO;
}

/** Clockwise around the rim, from "0". */
export function wheelOrder(wheel: Wheel): readonly Pocket[] {
  return wheel === "american" ? AMERICAN : EUROPEAN;
}

export function colourOf(pocket: Pocket): Colour {
  if (pocket === "0" || pocket === "00") return "green";
  return RED.has(pocket) ? "red" : "black";
}

/** "0" and "00": the pockets that lose every outside bet. */
export function isZero(pocket: Pocket): boolean {
  return colourOf(pocket) === "green";
}

/** How often each pocket came up in `history`, most often first; pockets that tie are in the order of the draw. [R9] */
export function tally(wheel: Wheel, history: readonly Pocket[]): { pocket: Pocket; times: number }[] {
  const times = new Map<Pocket, number>(pocketsOf(wheel).map((pocket) => [pocket, 0]));
  for (const pocket of history) times.set(pocket, (times.get(pocket) ?? 0) + 1);
  return [...times].map(([pocket, n]) => ({ pocket, times: n })).sort((a, b) => b.times - a.times);
}
