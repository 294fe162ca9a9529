import { Store, useStore } from "../ui/store.ts";

/** Lines of this window that the house closed because too many windows are open: they stay closed until the visitor asks. */

const out = new Set<() => void>();
const some = new Store(false);

/** `again`: opens the line anew. */
export function putOut(again: () => void): void {
  out.add(again);
  some.set(true);
}

/** The line is not wanted any more. */
export function forgetOut(again: () => void): void {
  out.delete(again);
  some.set(out.size > 0);
}

/** "Use here". */
export function comeIn(): void {
  const waiting = [...out];
  out.clear();
  for (const again of waiting) again();
  some.set(out.size > 0);
}

export function useOut(): boolean {
  return useStore(some);
}
