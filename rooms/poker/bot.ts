import { rankOf, suitOf } from "./cards.ts";
import { categoryOf, evaluate } from "./evaluate.ts";
import type { Mine, SeatNo, View } from "./types.ts";
import type { Action } from "./street.ts";

/**
 * A house player [P20]: tight before the flop, honest after it, now and then a bluff. It decides from `View` and `Mine` alone: by
 * type the same that a person in that seat is shown, and nothing else.
 */
export function botAct(view: View, mine: Mine, seat: SeatNo): Action {
  const turn = view.hand?.turn;
  if (view.hand === null || turn == null || turn.seat !== seat) return { type: "fold" };
  const { toCall, raise } = turn;
  const pot = potOf(view);
  const strength = strengthOf(view, mine);
  const mood = moodOf(view, mine, seat);
  const price = toCall / Math.max(1, pot + toCall);
  const bets = strength + 0.12 * mood;
  if (raise !== null && bets > 0.78 && (toCall === 0 || bets > 0.85)) {
    const share = 0.5 + 0.4 * mood;
    const to = Math.round(raise.least + share * pot);
    return { type: "raise", to: Math.min(raise.most, Math.max(raise.least, to)) };
  }
  if (raise !== null && toCall === 0 && mood > 0.88) return { type: "raise", to: raise.least };
  if (toCall === 0 || strength > price + 0.18 - 0.08 * mood) return { type: "call" };
  return { type: "fold" };
}

/** Between 0 and 1, the same whenever it is asked in the same position. */
function moodOf({ round, hand }: View, { cards }: Mine, seat: SeatNo): number {
  let mix = Math.imul(round + 1, 0x9e3779b1) ^ Math.imul(seat + 1, 0x85ebca6b);
  for (const { card } of cards) mix = Math.imul(mix ^ (card + 1), 0xc2b2ae35);
  mix = Math.imul(mix ^ ((hand?.board.length ?? 0) + 1), 0x27d4eb2f);
  mix ^= mix >>> 15;
  return (mix >>> 0) / 2 ** 32;
}

function potOf({ hand, seats }: View): number {
  const pots = hand?.pots.reduce((sum, { chips }) => sum + chips, 0) ?? 0;
  return pots + seats.reduce((sum, seat) => sum + (seat?.bet ?? 0), 0);
}

/** How good it looks, from 0 to 1. */
function strengthOf({ hand }: View, { cards }: Mine): number {
  const own = cards.map(({ card }) => card);
  const board = hand?.board ?? [];
  const [a, b] = own;
  if (a === undefined || b === undefined) return 0;
  if (board.length === 0) return preflop(a, b);
  const made = categoryOf(evaluate([...own, ...board]));
  const onBoard = board.length >= 5 ? categoryOf(evaluate(board)) : 0;
  const top = Math.max(...board.map(rankOf));
  const pairs = own.filter((card) => board.some((other) => rankOf(other) === rankOf(card)));
  if (made >= 2 && made > onBoard) return Math.min(0.97, 0.72 + 0.07 * made);
  if (made === 1 && onBoard < 1) {
    if (rankOf(a) === rankOf(b)) return rankOf(a) > top ? 0.74 : 0.48;
    const paired = pairs[0];
    return paired !== undefined && rankOf(paired) === top ? 0.62 : 0.42;
  }
  const suited = [0, 1, 2, 3].some((suit) => [...own, ...board].filter((card) => suitOf(card) === suit).length === 4);
  return (suited && board.length < 5 ? 0.45 : 0.18) + 0.01 * Math.max(rankOf(a), rankOf(b));
}

/** After Chen: high cards, pairs, suits and gaps, brought to a scale from 0 to 1. */
function preflop(a: number, b: number): number {
  const [high, low] = [Math.max(rankOf(a), rankOf(b)), Math.min(rankOf(a), rankOf(b))];
  const points = [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 10];
  if (high === low) return Math.min(1, (0.35 + Math.max(5, 2 * (points[high] ?? 0))) / 20 + 0.25);
  const gap = high - low - 1;
  const penalty = [0, 1, 2, 4][gap] ?? 5;
  const score = (points[high] ?? 0) + (suitOf(a) === suitOf(b) ? 2 : 0) - penalty + (gap <= 1 && high < 10 ? 1 : 0);
  return Math.max(0.05, Math.min(0.95, (score + 3) / 15));
}
