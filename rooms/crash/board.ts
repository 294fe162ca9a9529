import { chips } from "../game.ts";
import { payoutOf } from "./curve.ts";
import type { Board, Entry, PublicDelta } from "./types.ts";

/** The live list: the largest bets of the round and the sums over all. The room and the page apply the same deltas to it. */

/** Most lines in everybody's view; the rest on request. [C9] */
export const TOP_MAX = 20;

export const emptyBoard: Board = { top: [], players: 0, bets: 0, staked: chips(0), out: 0, paid: chips(0) };

export type BetsStep = Extract<PublicDelta, { type: "bets" }>;
export type OutsStep = Extract<PublicDelta, { type: "outs" }>;

/** Most chips first; of equal bets the older. */
export function byAmount(a: Pick<Entry, "amount" | "bet">, b: Pick<Entry, "amount" | "bet">): number {
  return b.amount - a.amount || a.bet - b.bet;
}

export function foldBoard(board: Board, step: BetsStep | OutsStep): Board {
  if (step.type === "bets") {
    const { put, drop, players, bets, staked } = step;
    if (put.length === 0 && drop.length === 0) return { ...board, players, bets, staked };
    const stay = board.top.filter(({ bet }) => !drop.includes(bet));
    const come = put.map(([player, bet, amount]): Entry => ({ player, bet, amount, outX100: null }));
    return { ...board, top: [...stay, ...come].sort(byAmount), players, bets, staked };
  }
  const { top, out, paid } = step;
  const at = new Map(top);
  const lines =
    at.size === 0 ? board.top : board.top.map((line) => ({ ...line, outX100: at.get(line.bet) ?? line.outX100 }));
  return { ...board, top: lines, out, paid };
}

/** The payout of a bet on the list; 0 while it is in the air, and when it was lost. */
export function paidTo({ amount, outX100 }: Entry): number {
  return outX100 === null ? 0 : payoutOf(amount, outX100);
}

/** Merges two deltas of the list. */
export function mergeBets(first: BetsStep, then: BetsStep): BetsStep {
  const kept = first.put.filter(([, bet]) => !then.drop.includes(bet));
  const drop = then.drop.filter((bet) => !first.put.some(([, put]) => put === bet));
  return { ...then, put: [...kept, ...then.put], drop: [...first.drop, ...drop] };
}

export function mergeOuts(first: OutsStep, then: OutsStep): OutsStep {
  return { ...then, top: [...first.top, ...then.top] };
}
