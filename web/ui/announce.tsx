import { Store, useStore } from "./store.ts";

/** The live region for screen readers: phases, results, and the visitor's money. One text at a time, politely. */

const line = new Store("");

export function announce(text: string): void {
  // An identical text would not be read again, so an invisible space is added.
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
