/**
 * Storage in the browser, between visits or for one tab. It may be unavailable: reading can throw (all cookies blocked), the
 * store can be missing (some in-app browsers), or full. The page then works with values in memory, which are lost when it is
 * closed.
 */

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Kept {
  readonly #open: () => Store | null;
  /** Values that the browser did not store; null: removed. */
  readonly #here = new Map<string, string | null>();

  /** `open` returns the browser's store; it may throw or return null. */
  constructor(open: () => Store | null) {
    this.#open = open;
  }

  #store(): Store | null {
    try {
      return this.#open();
    } catch {
      return null;
    }
  }

  /** Null: no such key, or it cannot be read. Never throws. */
  get(key: string): string | null {
    const here = this.#here.get(key);
    if (here !== undefined) return here;
    try {
      return this.#store()?.getItem(key) ?? null;
    } catch {
      return null;
    }
  }

  /** Never throws. */
  set(key: string, value: string): void {
    try {
      const store = this.#store();
      if (store === null) throw new Error("no store");
      store.setItem(key, value);
      this.#here.delete(key);
    } catch {
      this.#here.set(key, value);
    }
  }

  /** Never throws. */
  remove(key: string): void {
    this.#here.delete(key);
    try {
      this.#store()?.removeItem(key);
    } catch {
      this.#here.set(key, null);
    }
  }

  /** The JSON value of this key; null: missing or not JSON. */
  json(key: string): unknown {
    try {
      return JSON.parse(this.get(key) ?? "null");
    } catch {
      return null;
    }
  }
}

/** For this browser, kept between visits. */
export const kept = new Kept(() => localStorage);
/** For this tab only. */
export const keptByTab = new Kept(() => sessionStorage);
