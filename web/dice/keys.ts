import type { KeyWords } from "../table/keys.tsx";
import type { Desk } from "./desk.ts";

/** Keyboard shortcuts: their help text, and their actions. */

export const KEYS: KeyWords = [
  ["Space or Enter", "Roll"],
  ["Left and right", "Move the target by one in a hundred"],
  ["U", "Under or over, at the same chance"],
  ["Up and down", "Double or half the amount"],
  ["A", "Write the amount"],
  ["T", "Write the target"],
  ["Escape", "Out of the field"],
  ["C", "To the chat"],
  ["?", "This list"],
];

const STEP = 100;

type Others = { readonly chat: () => void; readonly help: () => void };

export function deedFor(key: string, desk: Desk, { chat, help }: Others): (() => void) | null {
  switch (key) {
    case " ":
    case "Enter":
      return desk.press;
    case "ArrowLeft":
      return () => desk.aim(desk.bet.target - STEP);
    case "ArrowRight":
      return () => desk.aim(desk.bet.target + STEP);
    case "ArrowUp":
      return () => desk.scale(2);
    case "ArrowDown":
      return () => desk.scale(1 / 2);
    case "u":
    case "U":
      return desk.turn;
    case "a":
    case "A":
      return () => write("amount");
    case "t":
    case "T":
      return () => write("target");
    case "c":
    case "C":
      return chat;
    case "?":
      return help;
    default:
      return null;
  }
}

function write(field: "amount" | "target"): void {
  const input = document.querySelector<HTMLInputElement>(`[data-testid="dice-${field}"]`);
  input?.focus();
  input?.select();
}
