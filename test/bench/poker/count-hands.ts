import { CARDS } from "../../../rooms/fair/deck.ts";
import { CATEGORIES, categoryOf, evaluate } from "../../../rooms/poker/evaluate.ts";

/**
 * `npm run count:hands`: every hand of five and of seven cards through the evaluator, by category, against the counts that combinatorics
 * gives. Exit code 1 when one is another. The seven-card run takes a few seconds, so it is no part of `npm test`.
 */

const KNOWN = {
  5: [1_302_540, 1_098_240, 123_552, 54_912, 10_200, 5_108, 3_744, 624, 40],
  7: [23_294_460, 58_627_800, 31_433_400, 6_461_620, 6_180_020, 4_047_644, 3_473_184, 224_848, 41_584],
} as const;

const n = (value: number): string => value.toLocaleString("en").padStart(11);

/** How many hands of each category there are. Tells how far it is after each first card. */
function counts(size: 5 | 7, tell: (done: number) => void): number[] {
  const found = CATEGORIES.map(() => 0);
  const hand = new Int32Array(size);
  let done = 0;
  const from = (place: number, first: number): void => {
    if (place === size) {
      const category = categoryOf(evaluate(hand));
      found[category] = (found[category] ?? 0) + 1;
      done += 1;
      return;
    }
    for (let card = first; card <= CARDS - size + place; card++) {
      hand[place] = card;
      from(place + 1, card + 1);
      if (place === 0) tell(done);
    }
  };
  from(0, 0);
  return found;
}

let wrong = 0;
for (const size of [5, 7] as const) {
  const known = KNOWN[size];
  const all = known.reduce((sum, count) => sum + count, 0);
  const began = performance.now();
  const tell = (done: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${size} cards: ${Math.floor((100 * done) / all)} %  `);
  };
  const found = counts(size, tell);
  if (process.stderr.isTTY) process.stderr.write("\r                    \r");
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  console.log(`${n(found.reduce((sum, count) => sum + count, 0))} hands of ${size} cards in ${seconds} s`);
  for (const [i, name] of CATEGORIES.entries()) {
    const ok = found[i] === known[i];
    if (!ok) wrong += 1;
    console.log(`${n(found[i] ?? 0)}  ${name}${ok ? "" : `  WRONG: there are ${n(known[i] ?? 0).trim()}`}`);
  }
}
console.log(wrong === 0 ? "All counts are right." : `${wrong} counts are wrong.`);
process.exitCode = wrong === 0 ? 0 : 1;
