import { DENOMINATIONS } from "../ui/denominations.ts";
import { kept } from "../ui/kept.ts";
import { Store, useStore } from "../ui/store.ts";

/** The chip in hand, remembered on this device, and the chips that a table has to offer. */

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
  const held = stake.get();
  if (first !== undefined && !next.includes(held)) stake.set(next.findLast((one) => one <= held) ?? first);
}
