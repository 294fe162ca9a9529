import { announce } from "../ui/announce.tsx";
import { Store, useStore } from "../ui/store.ts";

/** A short-lived message near the table, also announced to screen readers. */

const NOTICE_MS = 4_500;
type Notice = { readonly text: string; readonly n: number };
const notice = new Store<Notice | null>(null);
let clearing: ReturnType<typeof setTimeout> | undefined;

export function say(text: string): void {
  announce(text);
  clearTimeout(clearing);
  clearing = setTimeout(() => notice.set(null), NOTICE_MS);
  notice.set({ text, n: (notice.get()?.n ?? 0) + 1 });
}

export function useNotice(): Notice | null {
  return useStore(notice);
}
