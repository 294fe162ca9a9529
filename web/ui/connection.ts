import { useSyncExternalStore } from "react";

/**
 * How the visitor is connected: the table they sit at and their own line, whichever is worse, else whether there is a network at
 * all. `slow`: an answer is overdue. `resting`: this window was put out for being one too many. `ended`: for good.
 */
export type Connection = "online" | "connecting" | "slow" | "lost" | "resting" | "ended" | "offline";

const RANKS: readonly Connection[] = ["online", "connecting", "slow", "lost", "resting", "ended", "offline"];
const lines: { table: Connection | null; own: Connection | null } = { table: null, own: null };
const listeners = new Set<() => void>();

/** Null: there is no such line. */
export function reportConnection(next: Connection | null, which: keyof typeof lines = "table"): void {
  if (lines[which] === next) return;
  lines[which] = next;
  for (const listener of listeners) listener();
}

function worst(): Connection {
  const network = navigator.onLine ? "online" : "offline";
  const ranks = [lines.table ?? network, lines.own ?? network].map((line) => RANKS.indexOf(line));
  return RANKS[Math.max(...ranks)] ?? network;
}

export function useConnection(): Connection {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    window.addEventListener("online", listener);
    window.addEventListener("offline", listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("online", listener);
      window.removeEventListener("offline", listener);
    };
  }, worst);
}
