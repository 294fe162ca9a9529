import type { Stake } from "./street.ts";

/** Main and side pots, and how they are split. */

export type Pot = {
  readonly chips: number;
  /** The players who can win it. Folded players' chips stay in it. (P7) */
  readonly eligible: readonly number[];
};

/**
 * The pots, main pot first. Pots that the same players can win are merged. Dead money is in the main pot. The uncalled bet must
 * have been returned before.
 */
export function potsOf(stakes: readonly Pick<Stake, "put" | "dead" | "folded">[]): readonly Pot[] {
  const pots: { chips: number; eligible: readonly number[] }[] = [];
  const live = stakes.map(({ put, dead = 0 }) => put - dead);
  let dead = stakes.reduce((sum, one) => sum + (one.dead ?? 0), 0);
  let below = 0;
  for (const level of [...new Set(live)].sort((a, b) => a - b)) {
    if (level === 0 && dead === 0) continue;
    const chips = live.reduce((sum, bet) => sum + Math.min(Math.max(bet - below, 0), level - below), dead);
    dead = 0;
    const eligible = stakes.flatMap(({ folded }, i) => (!folded && (live[i] ?? 0) >= level ? [i] : []));
    const last = pots.at(-1);
    if (last !== undefined && (eligible.length === 0 || eligible.length === last.eligible.length)) last.chips += chips;
    else pots.push({ chips, eligible });
    below = level;
  }
  return pots;
}

/**
 * Splits a pot among these winners, clockwise from the left of the button. Odd chips go to the first one.
 * (P8; TR 73-74, LA 148-149)
 */
export function split(
  chips: number,
  winners: readonly number[],
): readonly { readonly player: number; readonly chips: number }[] {
  const each = Math.floor(chips / winners.length);
  const odd = chips - each * winners.length;
  return winners.map((player, i) => ({ player, chips: each + (i === 0 ? odd : 0) }));
}
