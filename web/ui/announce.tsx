import { useSyncExternalStore } from "react";

/** What screen readers hear: phases, results, and one's own money. One line at a time, politely. */

let line = "";
const listeners = new Set<() => void>();

export function announce(text: string): void {
  // The same words twice would not be read again: an invisible space makes them new.
  line = text === line ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

export function Announcer() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => line,
  );
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
