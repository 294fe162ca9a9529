import { started, type Move, type Moment, type Start } from "../../../rooms/poker/course.ts";
import type { Award } from "../../../rooms/poker/hand.ts";
import { split } from "../../../rooms/poker/pots.ts";

/**
 * Where the best-known engine and the rule books differ, and the rule books win: each is one narrow case, so that nothing else
 * passes for it. A hand in which it happens goes on as it was played, and its line says which rule it is.
 */

export type Rule =
  | "P3 (LA 171, TR 96)"
  | "P6 (nobody can answer)"
  | "P8 (TR 73-74, LA 148-149)"
  | "P16 (a rake that is not told)"
  | "LA 150";

/**
 * [P3] A moment in which that engine lets somebody raise who by the books may call or fold, since they have acted and face less
 * than a full raise: the first bet or raise of the street is an all-in below the least one, and it takes that for the measure of
 * a full one, so players who have called the big blind, or have checked, have not acted any more. The same moment with the betting
 * open to them; null when it is not such a moment.
 *
 * [P5] is none any more: that all-ins one after the other add up where one of them was a full one, or was called already, was
 * said by older versions of PokerKit; 0.7.7 has it as the books have.
 */
export function reopened(moment: Moment): Moment | null {
  const { betting, street } = moment;
  const { turn, stakes, price, raise, bigBlind } = betting;
  const me = turn === null ? undefined : stakes[turn];
  if (turn === null || me === undefined || !me.acted || price - me.bet >= raise) return null;
  const before = street === 0 ? bigBlind : 0;
  const first = price > before && price - before < bigBlind && raise === bigBlind;
  if (!first) return null;
  return { ...moment, betting: { ...betting, stakes: stakes.with(turn, { ...me, acted: false }) } };
}

/**
 * [P6] A raise that nobody can answer, since all others are all-in or would be by calling: real rooms take it, and no book forbids
 * it. What is over comes back, so it is worth the same as a call. From where to where it may go; null when it is not such a moment.
 */
export function unanswerable({ betting }: Moment): { readonly least: number; readonly most: number } | null {
  const { turn, stakes, price, raise } = betting;
  const me = turn === null ? undefined : stakes[turn];
  if (me === undefined || (me.acted && price - me.bet < raise)) return null;
  const answered = stakes.some((one, i) => i !== turn && !one.folded && one.bet + one.stack > price);
  const most = me.bet + me.stack;
  return answered || most <= price ? null : { least: Math.min(price + raise, most), most };
}

/**
 * [LA 150] A big blind who is all-in for less sets the price at the full big blind. That engine prices it at what was posted: the
 * same beginning its way. Null when no blind was posted short.
 */
export function pricedShort(start: Start): Start | null {
  const { price, bigBlind, raise = bigBlind } = start.table;
  const posted = Math.max(...started(start).betting.stakes.map(({ bet }) => bet));
  return posted < price ? { ...start, table: { ...start.table, raise, price: posted } } : null;
}

/**
 * That engine asks the last who has chips for a check when all others are all-in for no more. Here nobody is asked when there is
 * nothing to decide (TR 70), which is the same: nothing to call, no raise.
 */
export function forcedCheck({ betting, street }: Moment, move: Move): boolean {
  if (move.type !== "act" || move.action.type !== "call" || betting.turn !== null || street === 3) return false;
  const me = betting.stakes[move.player];
  return me !== undefined && !me.folded && me.stack > 0 && me.bet >= betting.price;
}

/**
 * That engine makes one pot of those that the same players win, and gives one odd chip where each pot has its own. By the books
 * each is split by itself. [P8] The stacks as they would be its way.
 */
export function mergedPots(stacks: readonly number[], awards: readonly Award[]): readonly number[] {
  const merged = new Map<string, { chips: number; players: readonly number[] }>();
  const out = [...stacks];
  for (const { wins } of awards) {
    const players = wins.map(({ player }) => player);
    const one = merged.get(players.join()) ?? { chips: 0, players };
    for (const { player, chips } of wins) {
      one.chips += chips;
      out[player] = (out[player] ?? 0) - chips;
    }
    merged.set(players.join(), one);
  }
  for (const { chips, players } of merged.values()) {
    for (const win of split(chips, players)) out[win.player] = (out[win.player] ?? 0) + win.chips;
  }
  return out;
}

/**
 * Others split a chip where it does not go up. Here a chip is whole, and the odd one has its seat. [P8] The stacks as they would
 * be with each pot in equal parts.
 */
export function evenPots(stacks: readonly number[], awards: readonly Award[]): readonly number[] {
  const out = [...stacks];
  for (const { wins } of awards) {
    const each = wins.reduce((sum, { chips }) => sum + chips, 0) / wins.length;
    for (const { player, chips } of wins) out[player] = (out[player] ?? 0) - chips + each;
  }
  return out;
}
