import type { Award } from "../api/shapes.ts";
import { onAwards } from "../api/wallet.ts";
import { kept } from "../ui/kept.ts";
import { Store, useStore } from "../ui/store.ts";
import { untold, type Won } from "./words.ts";

/** Tells a winner at once, on any page, and only once: the browser stores which awards were told. [L7] */

export type Toast = Won & { readonly n: number };

const TOLD_KEPT = 30;
const SHOWN_MAX = 3;
const key = (player: string): string => `croupier.awards.${player}`;

const toasts = new Store<readonly Toast[]>([]);
let count = 0;

export function useToasts(): readonly Toast[] {
  return useStore(toasts);
}

export function dismiss(n: number): void {
  toasts.set(toasts.get().filter((toast) => toast.n !== n));
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
  toasts.set([...toasts.get(), { n: count, awards, away }].slice(-SHOWN_MAX));
}

function read(player: string): readonly string[] {
  const stored = kept.json(key(player));
  return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
}

function write(player: string, told: readonly string[]): void {
  kept.set(key(player), JSON.stringify(told.slice(0, TOLD_KEPT)));
}
