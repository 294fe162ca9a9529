import { readNumber } from "../ui/number.ts";
import type { OnTurn } from "./standing.ts";

/** Amounts of raises: shares of the pot, the slider, and the number field. Pure. */

type Raising = Pick<OnTurn, "bet" | "pot"> & {
  readonly turn: { readonly toCall: number; readonly raise: { readonly least: number; readonly most: number } | null };
};

export type Share = { readonly words: string; readonly spoken: string; readonly to: number | null };

const SHARES = [
  ["1/3", "a third of the pot", 1 / 3],
  ["1/2", "half the pot", 1 / 2],
  ["2/3", "two thirds of the pot", 2 / 3],
  ["Pot", "the pot", 1],
] as const;

/** Raises by shares of the pot after calling, as totals to raise to; null where that is not a legal raise. */
export function sharesOf({ bet, pot, turn: { toCall, raise } }: Raising): readonly Share[] {
  return SHARES.map(([words, spoken, part]): Share => {
    const to = bet + toCall + Math.round(part * (pot + toCall));
    return { words, spoken, to: raise !== null && to >= raise.least && to < raise.most ? to : null };
  });
}

/** The number of slider positions. */
export const SLIDER_MAX = 200;

/** Quadratic, so that small raises have most of the slider. In whole small blinds, with exact ends. */
export function atSlider(position: number, least: number, most: number, unit: number): number {
  if (position <= 0) return least;
  if (position >= SLIDER_MAX) return most;
  const to = least + (most - least) * (position / SLIDER_MAX) ** 2;
  return Math.min(most, Math.max(least, Math.round(to / unit) * unit));
}

export function sliderOf(to: number, least: number, most: number): number {
  if (most <= least) return SLIDER_MAX;
  const part = Math.min(1, Math.max(0, (to - least) / (most - least)));
  return Math.round(Math.sqrt(part) * SLIDER_MAX);
}

/** One big blind more or less, within the legal range. */
export function stepped(to: number, by: 1 | -1, bigBlind: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, to + by * bigBlind));
}

/** Parses the field; null if it is not an amount. */
export function readTo(text: string): number | null {
  return readNumber(text, { whole: true }).value;
}

/** Why this is not a legal raise; null if it is one. */
export function faultOf(to: number | null, least: number, most: number): "none" | "low" | "high" | null {
  if (to === null) return "none";
  if (to > most) return "high";
  return to < least ? "low" : null;
}
