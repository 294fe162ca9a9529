import { started, type Move, type Moment, type Start } from "../../../rooms/poker/course.ts";
import type { Award } from "../../../rooms/poker/hand.ts";
import { split } from "../../../rooms/poker/pots.ts";

/**
 * Known cases in which the best-known engine (PokerKit) differs from the rule books, which we follow. Each test is narrow, so
 * that no other difference passes for it. The replay goes on as the source played, and the output names the rule.
 */

export type Rule =
  | "P3 (LA 171, TR 96)"
  | "P6 (nobody can answer)"
  | "P8 (TR 73-74, LA 148-149)"
  | "P16 (a rake that is not told)"
  | "LA 150";

/**
 * [P3] By the books a player who has acted and faces less than a full raise may only call or fold; that engine lets them raise in
 * this case: the first bet or raise of the street is an all-in below the minimum. The engine takes it as the size of a full
 * raise, so players who called the big blind or checked count as not having acted. Returns the same moment with the betting open
 * to the player; null when the case does not apply.
 *
 * [P5] needs no ruling any more: older versions of PokerKit added up consecutive all-ins although one of them was a full raise,
 * or had been called; 0.7.7 follows the books.
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
 * [P6] A raise that nobody can answer, since all others are all-in or would be by calling. Real card rooms accept it, and no book
 * forbids it. The excess comes back, so it equals a call. Returns the limits of such a raise; null when the case does not apply.
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
 * [LA 150] A big blind posted short, all-in, still sets the price at the full big blind. That engine sets it at the amount
 * posted. Returns the start with the engine's price; null when no blind was posted short.
 */
export function pricedShort(start: Start): Start | null {
  const { price, bigBlind, raise = bigBlind } = start.table;
  const posted = Math.max(...started(start).betting.stakes.map(({ bet }) => bet));
  return posted < price ? { ...start, table: { ...start.table, raise, price: posted } } : null;
}

/**
 * When all others are all-in for no more, that engine asks the last player with chips to check. We ask nobody when there is
 * nothing to decide (TR 70). The effect is the same: nothing to call, no raise.
 */
export function forcedCheck({ betting, street }: Moment, move: Move): boolean {
  if (move.type !== "act" || move.action.type !== "call" || betting.turn !== null || street === 3) return false;
  const me = betting.stakes[move.player];
  return me !== undefined && !me.folded && me.stack > 0 && me.bet >= betting.price;
}

/**
 * That engine merges pots that the same players win, and awards one odd chip where each pot has its own. By the books each pot is
 * split on its own. [P8] Returns the stacks as that engine would have them.
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
 * Other engines split a chip when a pot does not divide evenly. Here chips are whole, and the odd one goes to a seat by rule.
 * [P8] Returns the stacks as they would be with each pot in equal parts.
 */
export function evenPots(stacks: readonly number[], awards: readonly Award[]): readonly number[] {
  const out = [...stacks];
  for (const { wins } of awards) {
    const each = wins.reduce((sum, { chips }) => sum + chips, 0) / wins.length;
    for (const { player, chips } of wins) out[player] = (out[player] ?? 0) - chips + each;
  }
  return out;
}
