import { useSyncExternalStore } from "react";
import { DENOMINATIONS } from "../ui/chip.tsx";
import { kept } from "../ui/kept.ts";

/** The chip in hand. Remembered on this device. */

const KEY = "croupier.chip";
const stored = Number(kept.get(KEY));
let stake: number = DENOMINATIONS.find((one) => one === stored) ?? 50;
const listeners = new Set<() => void>();

export function stakeNow(): number {
  return stake;
}

export function setStake(next: number): void {
  stake = next;
  kept.set(KEY, String(next));
  for (const listener of listeners) listener();
}

export function useStake(): number {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stakeNow);
}
