import { useSyncExternalStore } from "react";
import { DENOMINATIONS } from "../ui/denominations.ts";
import { kept } from "../ui/kept.ts";

/** The chip in hand, remembered on this device, and the chips that a table has to offer. */

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

/** Steps from the lowest bet on, where the highest is near and where it is far. */
const NEAR = [1, 2, 5, 10, 20, 50];
const FAR = [1, 5, 10, 50, 100, 500];

/** Six chips at most, the smallest first: the usual ones, or, at a table that these do not suit, chips made of its lowest bet. */
export function rackOf({ minStake, maxPlayer }: { readonly minStake: number; readonly maxPlayer: number }): number[] {
  const usual = DENOMINATIONS.filter((one) => one >= minStake && one <= maxPlayer);
  // With a chip of the lowest bet, or of the smallest that anybody would want.
  if ((minStake <= 1 || usual[0] === minStake) && usual.length >= 3) return [...DENOMINATIONS];
  const steps = maxPlayer / minStake < 100 ? NEAR : FAR;
  return steps.map((step) => step * minStake).filter((one) => one <= maxPlayer);
}

let rack: readonly number[] = DENOMINATIONS;

export function rackNow(): readonly number[] {
  return rack;
}

/** The rack of the table that is shown. A chip in hand that is not in it is laid back for the nearest that is. */
export function setRack(next: readonly number[]): void {
  rack = next;
  const [first] = next;
  if (first === undefined || next.includes(stake)) return;
  stake = next.findLast((one) => one <= stake) ?? first;
  for (const listener of listeners) listener();
}
