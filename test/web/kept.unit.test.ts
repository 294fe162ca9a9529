import { describe, expect, test } from "vitest";
import { Kept } from "../../web/ui/kept.ts";

const full = (): never => {
  throw new DOMException("full", "QuotaExceededError");
};

function working(): Pick<Storage, "getItem" | "setItem" | "removeItem"> {
  const items = new Map<string, string>([["old", "1"]]);
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

/** Every way in which a browser keeps nothing for a page. */
const STORES: Readonly<Record<string, () => ReturnType<typeof working> | null>> = {
  "whose store throws when it is looked at": () => {
    throw new DOMException("denied", "SecurityError");
  },
  "without a store": () => null,
  "whose store is full": () => ({ ...working(), setItem: full }),
  "whose store throws at every call": () => ({ getItem: full, setItem: full, removeItem: full }),
};

describe.each(Object.entries(STORES))("A browser %s", (_name, open) => {
  test("remembers what was set until the page is left", () => {
    const kept = new Kept(open);
    expect(kept.get("chip")).toBeNull();
    kept.set("chip", "100");
    expect(kept.get("chip")).toBe("100");
    kept.remove("chip");
    expect(kept.get("chip")).toBeNull();
    kept.set("bets", "[1]");
    expect(kept.json("bets")).toEqual([1]);
  });
});

describe("A browser that keeps things", () => {
  test("gives what was kept before, and no longer what was removed", () => {
    const store = working();
    const kept = new Kept(() => store);
    expect(kept.json("old")).toBe(1);
    kept.remove("old");
    expect(kept.get("old")).toBeNull();
    kept.set("chip", "not JSON");
    expect(kept.json("chip")).toBeNull();
    expect(store.getItem("chip")).toBe("not JSON");
  });
});
