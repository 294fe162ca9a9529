import type { KeyWords } from "../table/keys.tsx";
import { readNumber } from "../ui/number.ts";
import { stepAmount } from "./inputs.ts";
import type { Action, Slot } from "./slots.ts";
import { chooseSlot, chosenSlot, setDraft, draftOf } from "./draft.ts";

/** Keyboard shortcuts: their help text, and their actions. */

export type Actions = {
  readonly press: (slot: Slot, only?: readonly Action["does"][]) => void;
  readonly strategy: () => void;
  readonly chat: () => void;
  readonly help: () => void;
};

export const KEYS: KeyWords = [
  ["Space or Enter", "Bet; in the air: cash out"],
  ["1 and 2", "Choose the first or the second bet"],
  ["Backspace", "Take the chosen bet back before its flight"],
  ["Up and down", "More or less on the chosen bet"],
  ["A", "Write its amount"],
  ["T", "Write its target"],
  ["Escape", "Out of the field"],
  ["S", "Strategy"],
  ["C", "To the chat"],
  ["?", "This list"],
];

/** Wider than any room's limits, which are checked when the bet is placed. */
const ANY = { minStake: 1, maxStake: 1_000_000_000 };

export function actionFor(key: string, { press, strategy, chat, help }: Actions): (() => void) | null {
  switch (key) {
    case " ":
    case "Enter":
      return () => press(chosenSlot(), ["bet", "queue", "cashout"]);
    case "1":
      return () => chooseSlot("a");
    case "2":
      return () => chooseSlot("b");
    case "Backspace":
    case "Delete":
      return () => press(chosenSlot(), ["cancel"]);
    case "ArrowUp":
      return () => step(1);
    case "ArrowDown":
      return () => step(-1);
    case "a":
    case "A":
      return () => write("amount");
    case "t":
    case "T":
      return () => write("target");
    case "s":
    case "S":
      return strategy;
    case "c":
    case "C":
      return chat;
    case "?":
      return help;
    default:
      return null;
  }
}

function step(by: 1 | -1): void {
  const slot = chosenSlot();
  const now = readNumber(draftOf(slot).amount, { whole: true }).value ?? 0;
  setDraft(slot, { amount: String(stepAmount(now, by, ANY)) });
}

function write(field: "amount" | "target"): void {
  const input = document.querySelector<HTMLInputElement>(`[data-testid="slot-${chosenSlot()}-${field}"]`);
  input?.focus();
  input?.select();
}
