import { useEffect, useEffectEvent } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { keyOf } from "../ui/key-of.ts";
import { isHeld } from "../ui/keys.ts";

/** Keyboard shortcuts; `?` shows their list. */

export type KeyWords = readonly (readonly [key: string, words: string])[];

/**
 * Listens for single keys while no text is being typed and no dialog is open. `actionFor` returns the action of a key, or null.
 * Enter and space go to the focused control, if it can be pressed. Holding a key down does not repeat its action.
 */
export function useKeys(actionFor: (key: string) => (() => void) | null): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") !== null) return;
    const { target } = event;
    const key = keyOf(event);
    if (target instanceof HTMLElement && target.closest("input, textarea, select") !== null) return;
    const presses = key === "Enter" || key === " ";
    if (
      presses &&
      target instanceof HTMLElement &&
      target.closest("button, a, summary, [role=tab], [role=button]") !== null
    )
      return;
    const act = actionFor(key);
    if (act === null) return;
    event.preventDefault();
    if (!isHeld(event)) act();
  });
  useEffect(() => {
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

type Props = { readonly open: boolean; readonly onClose: () => void; readonly keys: KeyWords };

export function KeysDialog({ open, onClose, keys }: Props) {
  return (
    <Dialog open={open} onClose={onClose} title="By keyboard">
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-6 gap-y-3">
        {keys.map(([key, words]) => (
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
