import type { Card } from "../../../rooms/poker/cards.ts";
import { evaluate } from "../../../rooms/poker/evaluate.ts";
import { Random } from "../../kit/random.ts";

/**
 * `node test/bench/poker/ranges.ts [SAMPLES]`: prints the tables of rooms/poker/ranges.ts.
 *
 * Equity: for each two of the 169 classes of hands so many deals (1,500) of two hands that share no card, and five cards of the board; a
 * tie is half. Against the best share of all hands, in the order of their equity against any hand, weighed by how many pairs of hands
 * share no card.
 *
 * Pushing and calling: heads-up with blinds of a half and one, the small blind goes all-in or folds (-0.5), the big blind calls or folds
 * (-1). Fictitious play: in round n each side's strategy moves by 1/n to the best answer to the other's, 600 rounds for each depth. A
 * hand is in the table with the deepest stack at which it pushes more often than not.
 */

const CLASSES = Array.from({ length: 169 }, (_, hand) => hand);
const TOPS = [0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1];
const STACKS = [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 60, 100];
const ROUNDS = 600;
const ALL = 1_326;

function combinations(hand: number): [Card, Card][] {
  const [a, b] = [Math.floor(hand / 13), hand % 13];
  const suits = [0, 1, 2, 3];
  if (a === b) return suits.flatMap((s) => suits.filter((t) => t > s).map((t): [Card, Card] => [4 * a + s, 4 * a + t]));
  if (a > b) return suits.map((s): [Card, Card] => [4 * a + s, 4 * b + s]);
  return suits.flatMap((s) => suits.filter((t) => t !== s).map((t): [Card, Card] => [4 * b + s, 4 * a + t]));
}

const hands = CLASSES.map(combinations);
const countOf = (hand: number): number => hands[hand]?.length ?? 0;

/** By pair of classes: how often the first wins, and how many pairs of hands there are. */
const equity = CLASSES.map(() => new Float64Array(169));
const pairs = CLASSES.map(() => new Float64Array(169));

function sample(samples: number): void {
  const random = new Random(2_026);
  const [left, right] = [new Int32Array(7), new Int32Array(7)];
  for (const i of CLASSES) {
    for (const j of CLASSES.slice(i)) {
      const both = (hands[i] ?? []).flatMap((one) =>
        (hands[j] ?? [])
          .filter((other) => !other.some((card) => one.includes(card)))
          .map((other) => [one, other] as const),
      );
      set(pairs, i, j, both.length, both.length);
      let won = 0;
      for (let n = 0; n < samples; n++) {
        const [one, other] = random.pick(both) ?? [[], []];
        left.set(one);
        right.set(other);
        const used = new Set<Card>([...one, ...other]);
        for (let place = 2; place < 7;) {
          const card = random.int(52);
          if (used.has(card)) continue;
          used.add(card);
          left[place] = right[place++] = card;
        }
        won += (Math.sign(evaluate(left) - evaluate(right)) + 1) / 2;
      }
      set(equity, i, j, won / samples, 1 - won / samples);
    }
  }
}

function set(table: readonly Float64Array[], i: number, j: number, there: number, back: number): void {
  const [row, column] = [table[i], table[j]];
  if (column !== undefined) column[i] = back;
  if (row !== undefined) row[j] = there;
}

/** Against a range: how much of each class is in it. */
function against(hand: number, range: ArrayLike<number>): number {
  let [won, all] = [0, 0];
  for (const other of CLASSES) {
    const weight = (pairs[hand]?.[other] ?? 0) * (range[other] ?? 0);
    won += weight * (equity[hand]?.[other] ?? 0);
    all += weight;
  }
  return all === 0 ? 0 : won / all;
}

/** How much of the other's hands is in a range, as this hand sees it. */
function chanceOf(hand: number, range: ArrayLike<number>): number {
  let [inside, all] = [0, 0];
  for (const other of CLASSES) {
    const weight = pairs[hand]?.[other] ?? 0;
    inside += weight * (range[other] ?? 0);
    all += weight;
  }
  return inside / all;
}

function fictitious(stack: number): { readonly push: Float64Array; readonly call: Float64Array } {
  const [push, call] = [new Float64Array(169).fill(0.5), new Float64Array(169).fill(0.5)];
  for (let round = 1; round <= ROUNDS; round++) {
    const answers = CLASSES.map((hand) => {
      const called = chanceOf(hand, call);
      const pushed = 1 - called + called * (2 * stack * against(hand, call) - stack);
      return [pushed > -0.5 ? 1 : 0, 2 * stack * against(hand, push) - stack > -1 ? 1 : 0] as const;
    });
    for (const [hand, [pushes, calls]] of answers.entries()) {
      push[hand] = (push[hand] ?? 0) + (pushes - (push[hand] ?? 0)) / (round + 1);
      call[hand] = (call[hand] ?? 0) + (calls - (call[hand] ?? 0)) / (round + 1);
    }
  }
  return { push, call };
}

/** The best share of all hands; the class at its edge is in it in part. */
function best(share: number, order: readonly number[]): Float64Array {
  const range = new Float64Array(169);
  let left = share * ALL;
  for (const hand of order) {
    range[hand] = Math.min(1, Math.max(0, left / countOf(hand)));
    left -= countOf(hand);
  }
  return range;
}

sample(Number(process.argv[2] ?? 1_500));
const any = new Float64Array(169).fill(1);
const order = CLASSES.toSorted((a, b) => against(b, any) - against(a, any));
const thousandths = (value: number): string =>
  Math.round(1_000 * value)
    .toString(36)
    .padStart(2, "0");
for (const top of TOPS) {
  const range = best(top, order);
  console.log(`EQUITY ${top} ${CLASSES.map((hand) => thousandths(against(hand, range))).join("")}`);
}
const played = STACKS.map((stack) => ({ stack, ...fictitious(stack) }));
const deepest = CLASSES.map((hand) => 1 + played.findLastIndex(({ push }) => (push[hand] ?? 0) > 0.5));
console.log(`PUSH ${deepest.map((place) => place.toString(36)).join("")}`);
const shareOf = (range: Float64Array): number =>
  CLASSES.reduce((sum, hand) => sum + countOf(hand) * (range[hand] ?? 0), 0) / ALL;
console.log(`PUSHED ${played.map(({ stack, push }) => `[${stack}, ${shareOf(push).toFixed(3)}]`).join(", ")}`);
