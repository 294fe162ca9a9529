import { useSyncExternalStore } from "react";
import type { Pocket } from "../../../rooms/roulette/types.ts";

/** The numbers that what is pointed at would cover: lit on the felt, on the racetrack, wherever they are drawn. */

const NONE: ReadonlySet<Pocket> = new Set();
let lit: ReadonlySet<Pocket> = NONE;
const listeners = new Set<() => void>();

export function light(pockets: readonly Pocket[] | null): void {
  lit = pockets === null ? NONE : new Set(pockets);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useLit(pocket: Pocket | null): boolean {
  return useSyncExternalStore(subscribe, () => pocket !== null && lit.has(pocket));
}
