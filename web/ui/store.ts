import { useSyncExternalStore } from "react";

/** State outside React: a value that can be set from anywhere, and hooks that follow it. */

/** Notifies subscribers of changes. */
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

/** A value. Setting it notifies subscribers, unless it is the same. */
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

/** The result of `read`, updated when the signal fires. `read` must return the same value while nothing has changed. */
export const useSignal = <T>(signal: Pick<Signal, "subscribe">, read: () => T): T =>
  useSyncExternalStore(signal.subscribe, read);

export const useStore = <T>(store: Pick<Store<T>, "subscribe" | "get">): T => useSignal(store, store.get);
