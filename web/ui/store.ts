import { useSyncExternalStore } from "react";

/** What pages share beside React: a value that is set from anywhere, and parts of a page that follow it. */

/** Tells whoever listens that something has changed. */
export class Signal {
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** One value; setting it tells, unless it is the same. */
export class Store<T> extends Signal {
  #value: T;

  constructor(value: T) {
    super();
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  set(next: T): void {
    if (Object.is(next, this.#value)) return;
    this.#value = next;
    this.tell();
  }
}

/** What `read` gives, as often as the signal tells. It has to give the same thing while nothing has changed. */
export const useSignal = <T>(signal: Pick<Signal, "subscribe">, read: () => T): T =>
  useSyncExternalStore(signal.subscribe, read);

export const useStore = <T>(store: Pick<Store<T>, "subscribe" | "get">): T => useSignal(store, store.get);
