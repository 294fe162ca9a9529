import { useEffect, useEffectEvent } from "react";
import { DENOMINATIONS } from "../ui/chip.tsx";
import { Dialog } from "../ui/dialog.tsx";

/** Everything by keyboard. The list is what `?` shows, and what is listened for. */

export type Deeds = {
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

const KEYS: readonly (readonly [string, string])[] = [
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

export function useKeys(deeds: Deeds): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const { target } = event;
    if (target instanceof HTMLElement && target.closest("input, textarea, select") !== null) return;
    const act = deedFor(event.key, deeds);
    if (act === null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

function deedFor(key: string, deeds: Deeds): (() => void) | null {
  const chip = DENOMINATIONS[Number(key) - 1];
  if (chip !== undefined) return () => deeds.chip(chip);
  switch (key) {
    case "Backspace":
      return deeds.undo;
    case "Delete":
      return deeds.clear;
    case "d":
    case "D":
      return deeds.double;
    case "r":
    case "R":
      return deeds.repeat;
    case "a":
    case "A":
      return deeds.auto;
    case "t":
    case "T":
      return deeds.track;
    case "f":
    case "F":
      return deeds.felt;
    case "c":
    case "C":
      return deeds.chat;
    case "?":
      return deeds.help;
    default:
      return null;
  }
}

export function KeysDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="By keyboard">
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-3">
        {KEYS.map(([key, words]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="key">{key}</kbd>
            </dt>
            <dd className="text-ivory-dim">{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
