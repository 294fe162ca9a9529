import type { KeyWords } from "../table/keys.tsx";
import { rackNow } from "./stake.ts";

/** Keyboard shortcuts: their help text, and their actions. */

export type Actions = {
  readonly undo: () => void;
  readonly clear: () => void;
  readonly double: () => void;
  readonly repeat: () => void;
  readonly auto: () => void;
  readonly track: () => void;
  readonly chat: () => void;
  readonly felt: () => void;
  readonly help: () => void;
  readonly chip: (value: number) => void;
};

export const KEYS: KeyWords = [
  ["Arrow keys", "Move over the felt, from box to box"],
  ["Shift + arrow keys", "Onto the lines: splits, corners, streets"],
  ["Enter", "Place the chosen chip"],
  ["1 to 6", "Choose a chip"],
  ["Backspace", "Undo the last bet"],
  ["Delete", "Clear your bets"],
  ["D", "Double your bets"],
  ["R", "Repeat the last round\u2019s bets"],
  ["A", "Auto-repeat"],
  ["T", "Racetrack or felt, where there is room for one"],
  ["F", "To the felt"],
  ["C", "To the chat"],
  ["?", "This list"],
];

export function actionFor(key: string, actions: Actions): (() => void) | null {
  const chip = rackNow()[Number(key) - 1];
  if (chip !== undefined) return () => actions.chip(chip);
  switch (key) {
    case "Backspace":
      return actions.undo;
    case "Delete":
      return actions.clear;
    case "d":
    case "D":
      return actions.double;
    case "r":
    case "R":
      return actions.repeat;
    case "a":
    case "A":
      return actions.auto;
    case "t":
    case "T":
      return actions.track;
    case "f":
    case "F":
      return actions.felt;
    case "c":
    case "C":
      return actions.chat;
    case "?":
      return actions.help;
    default:
      return null;
  }
}
