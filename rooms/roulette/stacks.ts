import { layoutOf } from "./layout.ts";
import { payTable } from "./payout.ts";
import type { Bet, Pocket, Spot } from "./types.ts";
import type { Wheel } from "./wheel.ts";

/**
 * Chips on spots, as an array of amounts by the bet's index in the layout. It is copied and changed much faster than a record by
 * name, however many spots are covered.
 */
export type Stacks = readonly number[];

export function emptyStacks(wheel: Wheel): Stacks {
  return layoutOf(wheel).bets.map(() => 0);
}

/** A copy with these bets added (sign 1) or taken away (-1). Spots that the wheel does not have are ignored. */
export function moved(wheel: Wheel, stacks: Stacks, bets: readonly Bet[], sign: 1 | -1): Stacks {
  const { bySpot } = layoutOf(wheel);
  const copy = stacks.slice();
  for (const { spot, amount } of bets) {
    const bet = bySpot.get(spot);
    if (bet !== undefined) copy[bet.index] = (copy[bet.index] ?? 0) + sign * amount;
  }
  return copy;
}

/** The profits that the house would pay, by pocket, after these bets are added (1) or taken away (-1). */
export function repriced(
  wheel: Wheel,
  profits: readonly number[],
  bets: readonly Bet[],
  sign: 1 | -1,
): readonly number[] {
  const { bySpot } = layoutOf(wheel);
  const paid = payTable(wheel).profits;
  const copy = profits.slice();
  for (const { spot, amount } of bets) {
    const bet = bySpot.get(spot);
    if (bet === undefined) continue;
    for (const pay of paid[bet.index] ?? []) copy[pay.index] = (copy[pay.index] ?? 0) + sign * amount * pay.factor;
  }
  return copy;
}

/** The spots that have chips, in the layout's order. */
export function betsOf(wheel: Wheel, stacks: Stacks): Bet[] {
  const bets: Bet[] = [];
  for (const { spot, index } of layoutOf(wheel).bets) {
    const amount = stacks[index] ?? 0;
    if (amount !== 0) bets.push({ spot, amount });
  }
  return bets;
}

export type Win = { readonly spot: Spot; readonly staked: number; readonly returned: number };

/** The returns when the ball falls into `pocket`, by spot. */
export function winsOf(wheel: Wheel, stacks: Stacks, pocket: Pocket): Win[] {
  const { bets, pockets } = layoutOf(wheel);
  const wins: Win[] = [];
  for (const pay of payTable(wheel).ofPocket[pockets.indexOf(pocket)] ?? []) {
    const bet = bets[pay.index];
    const staked = stacks[pay.index] ?? 0;
    if (bet !== undefined && staked !== 0) wins.push({ spot: bet.spot, staked, returned: staked * pay.factor });
  }
  return wins;
}

/** The stake of a list of bets. */
export function total(bets: readonly Bet[]): number {
  let sum = 0;
  for (const { amount } of bets) sum += amount;
  return sum;
}
