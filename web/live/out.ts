import { Store, useStore } from "../ui/store.ts";

/** Connections that the server closed because too many windows are open. They stay closed until the visitor asks. */

const out = new Set<() => void>();
const some = new Store(false);

/** `again` reopens the connection. */
export function putOut(again: () => void): void {
  out.add(again);
  some.set(true);
}

/** The connection is not needed any more. */
export function forgetOut(again: () => void): void {
  out.delete(again);
  some.set(out.size > 0);
}

/** The action of "Use here": reopens all of them. */
export function comeIn(): void {
  const waiting = [...out];
  out.clear();
  for (const again of waiting) again();
  some.set(out.size > 0);
}

export function useOut(): boolean {
  return useStore(some);
}
