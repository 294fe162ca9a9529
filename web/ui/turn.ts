import { useSyncExternalStore } from "react";
import { tellInTitle } from "./title.ts";

/** At which table it is the visitor's turn, as far as this window hears: also from a table they have walked away from. */

let room: string | null = null;
const listeners = new Set<() => void>();

/** Told by the table that `at` names, and by no other, when it is over. */
export function setTurn(at: string, on: boolean): void {
  const next = on ? at : room === at ? null : room;
  if (next === room) return;
  room = next;
  tellInTitle(room === null ? null : "Your turn");
  for (const listener of listeners) listener();
}

/** The room's name; null: it is not their turn anywhere. */
export function useTurn(): string | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => room,
  );
}
