import { DECK, type Card } from "./cards.ts";
import { evaluate } from "./evaluate.ts";
import { classOf, placeOf } from "./ranges.ts";

const SAMPLES = 160;

/**
 * How often these cards beat one other hand on this board; a tie counts half. A Monte Carlo estimate: the other hand and the
 * cards to come are drawn `SAMPLES` times by a generator seeded with `seed`, so that the same position has the same answer. Hands
 * outside the best `top` share before the flop are skipped, as if folded. It takes about a tenth of a millisecond.
 */
export function chancesOf(own: readonly Card[], board: readonly Card[], top: number, seed: number): number {
  const known = new Set([...own, ...board]);
  const rest = DECK.filter((card) => !known.has(card));
  const [mine, theirs] = [new Int32Array(7), new Int32Array(7)];
  mine.set(own, 0);
  for (const seven of [mine, theirs]) seven.set(board, 2);
  let state = seed | 0;
  /** Swaps a random card of the rest into this place, and returns it. */
  const draw = (place: number): Card => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    const from = place + Math.floor(((state >>> 0) / 2 ** 32) * (rest.length - place));
    const card = rest[from] as Card;
    rest[from] = rest[place] as Card;
    rest[place] = card;
    return card;
  };
  let won = 0;
  let n = 0;
  for (let tries = 0; n < SAMPLES && tries < 4 * SAMPLES; tries++) {
    const [a, b] = [draw(0), draw(1)];
    if (top < 1 && placeOf(classOf(a, b)) > top) continue;
    theirs[0] = a;
    theirs[1] = b;
    for (let i = 2 + board.length; i < 7; i++) mine[i] = theirs[i] = draw(i);
    const [left, right] = [evaluate(mine), evaluate(theirs)];
    if (left > right) won += 1;
    else if (left === right) won += 0.5;
    n += 1;
  }
  return n === 0 ? 0.5 : won / n;
}
