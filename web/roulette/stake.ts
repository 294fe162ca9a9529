import { useSyncExternalStore } from "react";
import { layoutOf } from "../../rooms/roulette/layout.ts";
import { capOf } from "../../rooms/roulette/limits.ts";
import type { Config } from "../../rooms/roulette/types.ts";
import type { Takes } from "../table/chips.ts";
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

/** What one chip may be worth: no spot takes more, and no player has more than so much on the layout. */
export function takesOf(config: Config, staked: number): Takes {
  const spots = layoutOf(config.wheel).bets.map((bet) => capOf(config, bet));
  return { least: config.minStake, most: Math.min(Math.max(...spots), config.maxPlayer - staked) };
}

export function useStake(): number {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, stakeNow);
}
