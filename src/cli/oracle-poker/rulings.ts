import type { Move, Moment } from "../../../rooms/poker/course.ts";
import type { Award } from "../../../rooms/poker/hand.ts";
import { split } from "../../../rooms/poker/pots.ts";

/**
 * Where the best-known engine and the rule books differ, and the rule books win: each is one narrow case, so that nothing else
 * passes for it. A hand in which it happens goes on as it was played, and its line says which rule it is.
 */

export type Rule = "P3 (LA 171, TR 96)" | "P5 (LA 173, TR 96a)" | "P8 (TR 73-74, LA 148-149)";

/**
 * A moment in which that engine lets somebody raise who by the books may call or fold, since they have acted and face less than a
 * full raise: the same moment with the betting open to them, and the rule. Null when it is not such a moment.
 *
 * [P3] The first bet or raise of the street is an all-in below the least one: it takes that for the measure of a full one, and
 * players who have called the big blind, or have checked, have not acted any more.
 *
 * [P5] All-ins one after the other add up to a full raise, but one of them was a full one, or was called already. `allIns` is what
 * those added since somebody with chips left has raised.
 */
export function reopened(moment: Moment, allIns: number): { readonly moment: Moment; readonly rule: Rule } | null {
  const { betting, street } = moment;
  const { turn, stakes, price, raise, bigBlind } = betting;
  const me = turn === null ? undefined : stakes[turn];
  if (turn === null || me === undefined || !me.acted || price - me.bet >= raise) return null;
  const before = street === 0 ? bigBlind : 0;
  const first = price > before && price - before < bigBlind && raise === bigBlind;
  if (!first && allIns < raise) return null;
  const open = { ...moment, betting: { ...betting, stakes: stakes.with(turn, { ...me, acted: false }) } };
  return { moment: open, rule: first ? "P3 (LA 171, TR 96)" : "P5 (LA 173, TR 96a)" };
}

/** What all-ins one after the other have added on this street, after this move. */
export function allInsAfter(allIns: number, { betting }: Moment, move: Move): number {
  if (move.type === "board") return 0;
  if (move.action.type !== "raise") return allIns;
  const { to } = move.action;
  const me = betting.stakes[move.player];
  return me !== undefined && me.bet + me.stack === to ? allIns + to - betting.price : 0;
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
