import { DENOMINATIONS } from "../ui/denominations.ts";
import { kept } from "../ui/kept.ts";
import { Store, useStore } from "../ui/store.ts";

/** The selected chip, stored on this device, and the chips that a table offers. */

const KEY = "croupier.chip";
const stored = Number(kept.get(KEY));
const stake = new Store<number>(DENOMINATIONS.find((one) => one === stored) ?? 50);

export const stakeNow = stake.get;

export function setStake(next: number): void {
  kept.set(KEY, String(next));
  stake.set(next);
}

export function useStake(): number {
  return useStore(stake);
}

/** Multiples of the lowest bet, for tables whose highest bet is near or far. */
const NEAR = [1, 2, 5, 10, 20, 50];
const FAR = [1, 5, 10, 50, 100, 500];

/** At most six chips, the smallest first: the usual ones, or multiples of the lowest bet if the usual ones do not fit. */
export function rackOf({ minStake, maxPlayer }: { readonly minStake: number; readonly maxPlayer: number }): number[] {
  const usual = DENOMINATIONS.filter((one) => one >= minStake && one <= maxPlayer);
  // The usual chips fit if the lowest bet is one of them, or is too small to matter.
  if ((minStake <= 1 || usual[0] === minStake) && usual.length >= 3) return [...DENOMINATIONS];
  const steps = maxPlayer / minStake < 100 ? NEAR : FAR;
  return steps.map((step) => step * minStake).filter((one) => one <= maxPlayer);
}

let rack: readonly number[] = DENOMINATIONS;

export function rackNow(): readonly number[] {
  return rack;
}

/** Sets the rack of the shown table. If it lacks the selected chip, the nearest smaller one is selected. */
export function setRack(next: readonly number[]): void {
  rack = next;
  const [first] = next;
  const held = stake.get();
  if (first !== undefined && !next.includes(held)) stake.set(next.findLast((one) => one <= held) ?? first);
}
