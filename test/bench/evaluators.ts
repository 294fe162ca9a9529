import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cardText, type Card } from "../../rooms/poker/cards.ts";
import { evaluate } from "../../rooms/poker/evaluate.ts";
import { median } from "./settle.ts";

/**
 * Seven-card hands ranked a second, beside the libraries that are used for it: each by the fastest way that it documents, with the
 * cards as it likes them, on the same hands, in turns. They are no dependencies of the house: the first run installs them into a
 * folder of their own (180 MB, most of it one table), and without a network the bench goes on without them.
 */

export type Evaluators = {
  readonly hands: number;
  /** `ratio`: our rate by theirs, the median of the rounds. */
  readonly by: Readonly<Record<string, { readonly per_s: number; readonly ratio: number }>>;
};

type Rival = {
  readonly name: string;
  /** A card as this library takes it. */
  readonly card: (card: Card) => unknown;
  /** Higher is stronger. */
  readonly rank: (hand: readonly unknown[]) => number;
};

const HANDS = 1 << 14;
const SLICE_MS = 300;
const folder = join(dirname(fileURLToPath(import.meta.url)), "evaluators");

export async function evaluators(rounds: number, say: (line: string) => void): Promise<Evaluators> {
  const hands = randomHands(HANDS);
  const rivals = [OURS, ...theirs(say)].map((rival) => ({
    ...rival,
    dealt: hands.map((hand) => hand.map(rival.card)),
  }));
  for (const { name, rank, dealt } of rivals) mustAgree(name, hands, dealt.map(rank));
  const rates = new Map<string, number[]>(rivals.map(({ name }) => [name, []]));
  for (const { rank, dealt } of rivals) rateOf(rank, dealt); // once, to warm up
  for (let round = 0; round < rounds; round++) {
    for (const { name, rank, dealt } of rivals) rates.get(name)?.push(rateOf(rank, dealt));
    // Whoever was first is last in the next round.
    rivals.push(...rivals.splice(0, 1));
  }
  const ours = rates.get(OURS.name) ?? [];
  const by = Object.fromEntries(
    [...rates].map(([name, found]) => [
      name,
      { per_s: Math.round(median(found)), ratio: median(found.map((rate, i) => (ours[i] ?? Number.NaN) / rate)) },
    ]),
  );
  for (const [name, { per_s, ratio }] of Object.entries(by)) {
    say(
      `  ${name.padEnd(38)}${per_s.toLocaleString("en").padStart(12)} hands a second, ours are ${ratio.toFixed(2)} times as many`,
    );
  }
  return { hands: HANDS, by };
}

/** Hands a second in a slice of time. The sum is used, so that none of it can be left out. */
function rateOf(rank: Rival["rank"], dealt: readonly (readonly unknown[])[]): number {
  let [done, sum] = [0, 0];
  const chunk = 256;
  const began = performance.now();
  let ended = began;
  while (ended - began < SLICE_MS) {
    for (let i = 0; i < chunk; i++) sum += rank(dealt[(done + i) % HANDS] as readonly unknown[]);
    done += chunk;
    ended = performance.now();
  }
  if (Number.isNaN(sum)) throw new Error("a hand has no strength");
  return (1_000 * done) / (ended - began);
}

const OURS: Rival = {
  name: "rooms/poker/evaluate.ts",
  card: (card) => card,
  rank: (hand) => evaluate(hand as number[]),
};

function theirs(say: (line: string) => void): readonly Rival[] {
  if (!installed(say)) return [];
  const load = createRequire(join(folder, "package.json"));
  const phe = load("phe") as Phe;
  const table = load("poker-evaluator") as PokerEvaluator;
  const { Hand } = load("pokersolver") as PokerSolver;
  const { DECK } = load("poker-evaluator/lib/constants") as { DECK: Record<string, number> };
  return [
    {
      name: "phe 0.6.0, evaluateCardCodes",
      card: (card) => phe.cardCodes([cardText(card)])[0],
      rank: (hand) => -phe.evaluateCardCodes(hand as number[]),
    },
    {
      name: "poker-evaluator 2.1.1, evalHand",
      card: (card) => DECK[cardText(card).toLowerCase()],
      rank: (hand) => table.evalHand(hand as number[]).value,
    },
    {
      // Not in its README, but exported: its table alone, without the checks and the object.
      name: "poker-evaluator 2.1.1, evalCard by hand",
      card: (card) => DECK[cardText(card).toLowerCase()],
      rank: (hand) => {
        let at = 53;
        for (let i = 0; i < 7; i++) at = table.evalCard(at + (hand[i] as number));
        return at;
      },
    },
    {
      name: "pokersolver 2.1.4, Hand.solve",
      card: cardText,
      // It gives no number; its rank and its cards' are compared by `Hand.winners`.
      rank: (hand) => strengthOf(Hand.solve(hand as string[])),
    },
  ];
}

type Phe = { cardCodes: (cards: readonly string[]) => number[]; evaluateCardCodes: (codes: number[]) => number };
type PokerEvaluator = { evalHand: (cards: number[]) => { value: number }; evalCard: (at: number) => number };
type Solved = { readonly rank: number; readonly cards: readonly { readonly rank: number }[] };
type PokerSolver = { Hand: { solve: (cards: string[]) => Solved } };

/** Its category, then its five cards in the order that decides. */
function strengthOf({ rank, cards }: Solved): number {
  let strength = rank;
  for (let i = 0; i < 5; i++) strength = 16 * strength + (cards[i]?.rank ?? 0);
  return strength;
}

function installed(say: (line: string) => void): boolean {
  if (existsSync(join(folder, "node_modules/pokersolver/package.json"))) return true;
  say("Installing the other evaluators, once (180 MB) ...");
  const args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  const done = spawnSync("npm", args, { cwd: folder, encoding: "utf8", timeout: 300_000 });
  if (done.status === 0) return true;
  say(
    `They could not be installed: ours goes alone. With a network: (cd test/bench/evaluators && npm ${args.join(" ")})`,
  );
  return false;
}

/** No two may be put in another order than ours. */
function mustAgree(name: string, hands: readonly (readonly Card[])[], ranks: readonly number[]): void {
  const ours = hands.map((hand) => evaluate(hand));
  for (let i = 1; i < hands.length; i++) {
    const [a, b] = [(ours[i] ?? 0) - (ours[i - 1] ?? 0), (ranks[i] ?? 0) - (ranks[i - 1] ?? 0)];
    if (Math.sign(a) !== Math.sign(b)) {
      throw new Error(`${name} puts ${textOf(hands[i - 1])} and ${textOf(hands[i])} in another order`);
    }
  }
}

const textOf = (hand: readonly Card[] | undefined): string => (hand ?? []).map(cardText).join(" ");

/** The same in every run. */
function randomHands(count: number): readonly (readonly Card[])[] {
  let state = 0x2545f491;
  const next = (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return Array.from({ length: count }, () => {
    const hand: Card[] = [];
    while (hand.length < 7) {
      const card = next(52);
      if (!hand.includes(card)) hand.push(card);
    }
    return hand;
  });
}
