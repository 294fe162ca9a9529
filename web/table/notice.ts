import { useSyncExternalStore } from "react";
import { announce } from "../ui/announce.tsx";

/** What the house has to say for a moment: one line near the table, also heard. */

const NOTICE_MS = 4_500;
let notice: { readonly text: string; readonly n: number } | null = null;
let clearing: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

export function say(text: string): void {
  notice = { text, n: (notice?.n ?? 0) + 1 };
  announce(text);
  clearTimeout(clearing);
  clearing = setTimeout(() => {
    notice = null;
    for (const listener of listeners) listener();
  }, NOTICE_MS);
  for (const listener of listeners) listener();
}

export function useNotice(): { readonly text: string; readonly n: number } | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notice,
  );
}
