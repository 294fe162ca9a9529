import type { KeyWords } from "../table/keys.tsx";

export type Actions = {
  /** Skips the animation; null: none is running. */
  readonly land: (() => void) | null;
  readonly tickets: () => void;
  readonly past: () => void;
  readonly chat: () => void;
  readonly help: () => void;
};

export const KEYS: KeyWords = [
  ["Space, Enter or Escape", "While the ring turns: show the result"],
  ["T", "My tickets"],
  ["D", "Past draws"],
  ["C", "To the chat"],
  ["?", "This list"],
];

export function actionFor(key: string, { land, tickets, past, chat, help }: Actions): (() => void) | null {
  switch (key) {
    case " ":
    case "Enter":
    case "Escape":
      return land;
    case "t":
    case "T":
      return tickets;
    case "d":
    case "D":
      return past;
    case "c":
    case "C":
      return chat;
    case "?":
      return help;
    default:
      return null;
  }
}
