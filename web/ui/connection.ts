import { Signal, useSignal } from "./store.ts";

/**
 * The visitor's connection state: the worse one of the table's socket and the personal socket. `slow`: an answer is overdue.
 * `resting`: this window was disconnected because too many are open. `ended`: permanently. `offline`: no network.
 */
export type Connection = "online" | "connecting" | "slow" | "lost" | "resting" | "ended" | "offline";

const RANKS: readonly Connection[] = ["online", "connecting", "slow", "lost", "resting", "ended", "offline"];
const lines: { table: Connection | null; own: Connection | null } = { table: null, own: null };
const changed = new Signal();

/** Null: there is no such socket. */
export function reportConnection(next: Connection | null, which: keyof typeof lines = "table"): void {
  if (lines[which] === next) return;
  lines[which] = next;
  changed.tell();
}

function worst(): Connection {
  const network = navigator.onLine ? "online" : "offline";
  const ranks = [lines.table ?? network, lines.own ?? network].map((line) => RANKS.indexOf(line));
  return RANKS[Math.max(...ranks)] ?? network;
}

function subscribe(listener: () => void): () => void {
  const events = ["online", "offline"] as const;
  const forget = changed.subscribe(listener);
  for (const event of events) window.addEventListener(event, listener);
  return () => {
    forget();
    for (const event of events) window.removeEventListener(event, listener);
  };
}

export function useConnection(): Connection {
  return useSignal({ subscribe }, worst);
}
