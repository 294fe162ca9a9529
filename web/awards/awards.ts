import { useSyncExternalStore } from "react";
import type { Award } from "../api/shapes.ts";
import { onAwards } from "../api/wallet.ts";
import { kept } from "../ui/kept.ts";
import { untold, type Won } from "./words.ts";

/** The winner is told at once wherever they are, and once: this browser remembers what it has told. [L7] */

export type Toast = Won & { readonly n: number };

const TOLD_KEPT = 30;
const SHOWN_MAX = 3;
const key = (player: string): string => `croupier.awards.${player}`;

let toasts: readonly Toast[] = [];
let count = 0;
const listeners = new Set<() => void>();

export function useToasts(): readonly Toast[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => toasts,
  );
}

export function dismiss(n: number): void {
  set(toasts.filter((toast) => toast.n !== n));
}

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

onAwards((player, awards, live) => {
  const told = read(player);
  const fresh = untold(awards, told);
  if (fresh.length === 0) return;
  write(player, [...fresh.map(({ id }) => id), ...told]);
  show(fresh, !live);
});

function show(awards: readonly Award[], away: boolean): void {
  count += 1;
  set([...toasts, { n: count, awards, away }].slice(-SHOWN_MAX));
}

function read(player: string): readonly string[] {
  const stored = kept.json(key(player));
  return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
}

function write(player: string, told: readonly string[]): void {
  kept.set(key(player), JSON.stringify(told.slice(0, TOLD_KEPT)));
}
