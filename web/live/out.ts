import { useSyncExternalStore } from "react";

/** Lines of this window that the house closed because too many windows are open: they stay closed until the visitor asks. */

const out = new Set<() => void>();
const listeners = new Set<() => void>();

function told(): void {
  for (const listener of listeners) listener();
}

/** `again`: opens the line anew. */
export function putOut(again: () => void): void {
  out.add(again);
  told();
}

/** The line is not wanted any more. */
export function forgetOut(again: () => void): void {
  if (out.delete(again)) told();
}

/** "Use here". */
export function comeIn(): void {
  const waiting = [...out];
  out.clear();
  for (const again of waiting) again();
  told();
}

export function useOut(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => out.size > 0,
  );
}
