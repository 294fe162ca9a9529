import { rankOf, suitOf, type Card } from "./cards.ts";

/**
 * The strength of five to seven cards, by two table look-ups. Without a flush it depends on the ranks alone: every rank has a key
 * such that no two multisets of up to seven ranks have the same sum, and the sum is looked up by displacement hashing. With a
 * flush it depends on the thirteen bits of that suit's ranks. The tables are built once, at first use, by `strengthOfRanks`,
 * which follows the definition of each category word for word.
 *
 * A strength is an integer: the category in the bits from 20 up, then the ranks that decide, four bits each, most important
 * first. Higher wins; equal ties.
 */
export type Strength = number;

export const CATEGORIES = [
  "high card",
  "pair",
  "two pair",
  "three of a kind",
  "straight",
  "flush",
  "full house",
  "four of a kind",
  "straight flush",
] as const;

const STRAIGHT = 4;
const FLUSH = 5;
const STRAIGHT_FLUSH = 8;

/** An index into `CATEGORIES`. */
export const categoryOf = (strength: Strength): number => strength >> 20;

// ---- the look-ups ----

/** The key of each rank. The sum of several cards' keys says which ranks there are, and how many of each. */
const RANK_KEYS = [
  0x2000, 0x8001, 0x11000, 0x3a000, 0x91000, 0x176005, 0x366000, 0x41a013, 0x47802e, 0x479068, 0x48c0e4, 0x48f211,
  0x494493,
];
const ROW_BITS = 12;
const ROW_MASK = (1 << ROW_BITS) - 1;

type Tables = {
  /** By card: the key of its rank, and a one in the four bits that count its suit. */
  readonly keys: Int32Array;
  readonly suits: Int32Array;
  /** By the upper bits of a sum: where its row begins in `strengths`. */
  readonly rows: Int32Array;
  readonly strengths: Int32Array;
  /** By the thirteen bits of a suit's ranks, five or more of them. */
  readonly flushes: Int32Array;
};

let built: Tables | null = null;

/** Takes five to seven different cards. For anything else the result has no meaning. */
export function evaluate(cards: ArrayLike<Card>): Strength {
  const { keys, suits, rows, strengths, flushes } = (built ??= build());
  let key = 0;
  // Each count starts at three, so that five cards of a suit set the highest of its four bits.
  let suit = 0x3333;
  for (let i = 0; i < cards.length; i++) {
    const card = cards[i] as Card;
    key += keys[card] as number;
    suit += suits[card] as number;
  }
  const flush = suit & 0x8888;
  if (flush === 0) return strengths[(rows[key >> ROW_BITS] as number) + (key & ROW_MASK)] as number;
  // With five of seven in one suit there are no four of a kind and no full house.
  return flushes[ranksIn(cards, (31 - Math.clz32(flush)) >> 2)] as number;
}

function ranksIn(cards: ArrayLike<Card>, suit: number): number {
  let bits = 0;
  for (let i = 0; i < cards.length; i++) {
    const card = cards[i] as Card;
    if (suitOf(card) === suit) bits |= 1 << rankOf(card);
  }
  return bits;
}

// ---- what the categories mean ----

/** The best five cards of these ranks when no flush is possible. `counts` is by rank, at most four each, five to seven in all. */
export function strengthOfRanks(counts: readonly number[]): Strength {
  const having = (atLeast: number, but: readonly number[] = []): number[] =>
    RANKS_DOWN.filter((rank) => (counts[rank] ?? 0) >= atLeast && !but.includes(rank));
  const kickers = (but: readonly number[], n: number): number[] => having(1, but).slice(0, n);
  const [quad] = having(4);
  if (quad !== undefined) return strength(7, [quad, ...kickers([quad], 1)]);
  const [trips] = having(3);
  const [pair, second] = having(2, trips === undefined ? [] : [trips]);
  if (trips !== undefined && pair !== undefined) return strength(6, [trips, pair]);
  const straight = straightIn(having(1).reduce((bits, rank) => bits | (1 << rank), 0));
  if (straight !== null) return strength(STRAIGHT, [straight]);
  if (trips !== undefined) return strength(3, [trips, ...kickers([trips], 2)]);
  if (pair !== undefined && second !== undefined) return strength(2, [pair, second, ...kickers([pair, second], 1)]);
  if (pair !== undefined) return strength(1, [pair, ...kickers([pair], 3)]);
  return strength(0, kickers([], 5));
}

/** The best five cards of one suit, of which these ranks are there. */
function strengthOfFlush(bits: number): Strength {
  const straight = straightIn(bits);
  if (straight !== null) return strength(STRAIGHT_FLUSH, [straight]);
  return strength(FLUSH, RANKS_DOWN.filter((rank) => (bits & (1 << rank)) !== 0).slice(0, 5));
}

const RANKS_DOWN: readonly number[] = Array.from({ length: 13 }, (_, i) => 12 - i);

/** The highest rank of five in a row; an ace is also below the two. */
function straightIn(bits: number): number | null {
  const withLowAce = (bits << 1) | ((bits >> 12) & 1);
  for (let high = 13; high >= 4; high--) {
    const five = 0b11111 << (high - 4);
    if ((withLowAce & five) === five) return high - 1;
  }
  return null;
}

function strength(category: number, ranks: readonly number[]): Strength {
  return ranks.reduce((sum, rank, i) => sum | (rank << (16 - 4 * i)), category << 20);
}

// ---- the tables ----

function build(): Tables {
  const keys = Int32Array.from({ length: 52 }, (_, card) => RANK_KEYS[rankOf(card)] ?? 0);
  const suits = Int32Array.from({ length: 52 }, (_, card) => 1 << (4 * suitOf(card)));
  const flushes = Int32Array.from({ length: 1 << 13 }, (_, bits) => (ones(bits) < 5 ? 0 : strengthOfFlush(bits)));
  return { keys, suits, flushes, ...displaced(strengthsByKey()) };
}

/** Every multiset of five to seven ranks, by its sum. */
function strengthsByKey(): Map<number, Strength> {
  const found = new Map<number, Strength>();
  const counts: number[] = Array.from({ length: 13 }, () => 0);
  const add = (rank: number, cards: number, key: number): void => {
    if (cards >= 5) found.set(key, strengthOfRanks(counts));
    if (cards === 7) return;
    for (let next = rank; next < 13; next++) {
      if (counts[next] === 4) continue;
      counts[next] = (counts[next] ?? 0) + 1;
      add(next, cards + 1, key + (RANK_KEYS[next] ?? 0));
      counts[next] = (counts[next] ?? 0) - 1;
    }
  };
  add(0, 0, 0);
  return found;
}

/** Slots for each entry: enough that a row soon finds a place, few enough that the table stays in the cache. */
const ROOM = 2;

/**
 * Displacement hashing: each row of 2^12 sums is shifted until its entries fall into free slots. The fullest rows come first;
 * each starts at a slot of its own.
 */
function displaced(found: ReadonlyMap<number, Strength>): Pick<Tables, "rows" | "strengths"> {
  const columns: number[][] = [];
  for (const key of found.keys()) (columns[key >> ROW_BITS] ??= []).push(key & ROW_MASK);
  const rows = new Int32Array(columns.length);
  const range = found.size * ROOM;
  const strengths = new Int32Array(range + ROW_MASK + 1);
  const order = [...columns.entries()].filter(([, cells]) => cells !== undefined);
  for (const [row, cells] of order.sort(([, a], [, b]) => b.length - a.length)) {
    let shift = (row * 7_919) % range;
    while (cells.some((cell) => strengths[shift + cell] !== 0)) shift = (shift + 1) % range;
    for (const cell of cells) strengths[shift + cell] = found.get((row << ROW_BITS) + cell) ?? 0;
    rows[row] = shift;
  }
  return { rows, strengths };
}

function ones(bits: number): number {
  let n = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) n += 1;
  return n;
}
