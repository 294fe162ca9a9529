/**
 * What this browser keeps between visits, or for one tab. A browser may keep nothing for us: reading the store can throw (all
 * cookies blocked), it can be missing (some in-app browsers), and it can be full. Then the page works all the same: what was set
 * is remembered until the page is left, and forgotten after.
 */

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Kept {
  readonly #open: () => Store | null;
  /** What the browser would not keep; null: removed. */
  readonly #here = new Map<string, string | null>();

  /** `open`: the browser's store; may throw, or give null. */
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

  /** Null: nothing is kept under this key, or it cannot be read. Never throws. */
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

  /** The JSON under this key; null: it is not there, or not JSON. */
  json(key: string): unknown {
    try {
      return JSON.parse(this.get(key) ?? "null");
    } catch {
      return null;
    }
  }
}

/** For this browser, between visits. */
export const kept = new Kept(() => localStorage);
/** For this tab alone. */
export const keptByTab = new Kept(() => sessionStorage);
