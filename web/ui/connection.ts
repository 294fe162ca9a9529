import { useSyncExternalStore } from "react";

/** How the visitor is connected: by the table they sit at, else by whether there is a network at all. */
export type Connection = "online" | "connecting" | "lost" | "offline" | "ended";

let table: Connection | null = null;
const listeners = new Set<() => void>();

export function reportConnection(next: Connection | null): void {
  table = next;
  for (const listener of listeners) listener();
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        listeners.delete(listener);
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
    () => table ?? (navigator.onLine ? "online" : "offline"),
  );
}
