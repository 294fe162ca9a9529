import type { KeyWords } from "../table/keys.tsx";
import type { Acting } from "./acting.ts";

/** Keyboard shortcuts: their help text, and their actions. */

export type Actions = {
  readonly acting: Acting;
  readonly chat: () => void;
  readonly help: () => void;
  readonly show: () => void;
};

export const KEYS: KeyWords = [
  ["F", "Fold; before your turn: check or fold"],
  ["C", "Check, or call; before your turn the same"],
  ["R", "Write what to raise to"],
  ["0 to 9", "The same, beginning with this digit"],
  ["Up and down", "One big blind more or less"],
  ["Enter", "Raise to what is written"],
  ["Escape", "Out of the field"],
  ["A", "All-in, to be confirmed with Enter"],
  ["S", "Show your cards when the hand is over"],
  ["T", "To the chat"],
  ["?", "This list"],
];

export function actionFor(key: string, { acting, chat, help, show }: Actions): (() => void) | null {
  const { standing } = acting;
  const turn = standing.is === "turn" ? standing.turn : null;
  switch (key) {
    case "f":
    case "F":
      return standing.is === "pre" ? () => acting.preAct("checkFold") : acting.fold;
    case "c":
    case "C":
      if (standing.is === "pre") return () => acting.preAct(standing.price === 0 ? "check" : "call");
      return acting.call;
    case "r":
    case "R":
      return turn?.raise == null ? null : () => write();
    case "a":
    case "A": {
      const most = turn?.raise?.most;
      return most === undefined ? null : () => acting.write(String(most));
    }
    case "ArrowUp":
      return turn?.raise == null ? null : () => acting.step(1);
    case "ArrowDown":
      return turn?.raise == null ? null : () => acting.step(-1);
    case "Enter":
      return turn?.raise != null && acting.drafted ? () => acting.raise() : null;
    case "s":
    case "S":
      return show;
    case "t":
    case "T":
      return chat;
    case "?":
      return help;
    default:
      if (/^[0-9]$/.test(key) && turn?.raise != null) {
        return () => {
          acting.write(key);
          write(false);
        };
      }
      return null;
  }
}

/** Focuses the field, with its text selected or the cursor at its end. */
function write(mark = true): void {
  const field = document.querySelector<HTMLInputElement>('[data-testid="raise-to"]');
  field?.focus();
  if (mark) field?.select();
}
