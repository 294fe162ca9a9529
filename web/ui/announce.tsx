import { Store, useStore } from "./store.ts";

/** What screen readers hear: phases, results, and one's own money. One line at a time, politely. */

const line = new Store("");

export function announce(text: string): void {
  // The same words twice would not be read again: an invisible space makes them new.
  line.set(text === line.get() ? `${text}\u00a0` : text);
}

export function Announcer() {
  const text = useStore(line);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {text}
    </p>
  );
}
