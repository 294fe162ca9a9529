import type { DealtCard } from "../../../rooms/fair/deck.ts";
import type { PlayerId } from "../../../rooms/game.ts";

/** Who gets what at the end of a hand, worked out from the rule book and nothing else: chip by chip, card by card. */

export type Chair = {
  readonly seat: number;
  readonly player: PlayerId;
  readonly bot: boolean;
  readonly start: number;
  readonly cards: readonly DealtCard[];
  stack: number;
  /** In the hand in all; of it `bet` on this street and `dead` in the pot from the start, ante not counted. */
  put: number;
  bet: number;
  dead: number;
  folded: boolean;
  shown: boolean;
  acted: boolean;
  /** The price when this player last acted. */
  priced: number;
  won: number;
};

export type Paid = {
  /** By place, without the uncalled bet. */
  readonly won: readonly number[];
  readonly back: { readonly place: number; readonly chips: number } | null;
  readonly rake: number;
  readonly winners: ReadonlySet<number>;
};

/** Chairs in the order from the left of the button. */
export function paidOut(
  chairs: readonly Chair[],
  boards: readonly (readonly number[])[],
  { rakeX10000, rakeCap }: { readonly rakeX10000: number; readonly rakeCap: number },
): Paid {
  const bets = chairs.map(({ put, dead }) => put - dead);
  const [most = 0, second = 0] = [...bets].sort((a, b) => b - a);
  const top = bets.indexOf(most);
  const back = most > second ? { place: top, chips: most - second } : null;
  if (back !== null) bets[top] = second;
  const won = chairs.map(() => 0);
  const winners = new Set<number>();
  let dead = chairs.reduce((sum, chair) => sum + chair.dead, 0);
  let capped = (boards[0]?.length ?? 0) === 0 ? 0 : rakeCap;
  let rake = 0;
  // One pot after the other: what everybody who is still in has put in alike, and what the others have put in below it.
  for (const { pot: live, eligible } of pots(chairs, bets)) {
    let pot = live + dead;
    dead = 0;
    const cut = Math.min(capped, Number((BigInt(pot) * BigInt(rakeX10000)) / 10_000n));
    capped -= cut;
    rake += cut;
    pot -= cut;
    const each = Math.floor(pot / boards.length);
    for (const [b, board] of boards.entries()) {
      const share = b === 0 ? pot - each * (boards.length - 1) : each;
      const best = bestOf(chairs, eligible, board);
      for (const [i, place] of best.entries()) {
        winners.add(place);
        const part = Math.floor(share / best.length);
        won[place] = (won[place] ?? 0) + part + (i === 0 ? share - part * best.length : 0);
      }
    }
  }
  return { won, back, rake, winners };
}

function pots(
  chairs: readonly Chair[],
  bets: readonly number[],
): { readonly pot: number; readonly eligible: readonly number[] }[] {
  const rest = [...bets];
  const found: { pot: number; eligible: readonly number[] }[] = [];
  for (;;) {
    const eligible = chairs.flatMap(({ folded }, place) => (!folded && (rest[place] ?? 0) > 0 ? [place] : []));
    if (eligible.length === 0) break;
    const height = Math.min(...eligible.map((place) => rest[place] ?? 0));
    let pot = 0;
    for (const [place, left] of rest.entries()) {
      const part = Math.min(left, height);
      rest[place] = left - part;
      pot += part;
    }
    found.push({ pot, eligible });
  }
  // What folded players have put in beyond everybody who is left lies in the last pot.
  const over = rest.reduce((sum, left) => sum + left, 0);
  const last = found.at(-1);
  if (last !== undefined) last.pot += over;
  else found.push({ pot: over, eligible: chairs.flatMap(({ folded }, place) => (folded ? [] : [place])) });
  return found;
}

function bestOf(chairs: readonly Chair[], eligible: readonly number[], board: readonly number[]): readonly number[] {
  const [only] = eligible;
  if (eligible.length === 1 && only !== undefined) return [only];
  const scored = eligible.map((place) => {
    const cards = [...(chairs[place]?.cards ?? []).map(({ card }) => card), ...board];
    return { place, score: scoreOfSeven(cards) };
  });
  const best = scored.reduce((top, { score }) => (score > top ? score : top), "");
  return scored.filter(({ score }) => score === best).map(({ place }) => place);
}

/** The best five of seven as text that sorts as hands do. */
export function scoreOfSeven(cards: readonly number[]): string {
  let best = "";
  for (let a = 0; a < cards.length; a++) {
    for (let b = a + 1; b < cards.length; b++) {
      const score = scoreOfFive(cards.filter((_, i) => i !== a && i !== b));
      if (score > best) best = score;
    }
  }
  return best;
}

/** Five cards as they are read aloud: the category, then what decides between two of a kind, highest first. */
function scoreOfFive(cards: readonly number[]): string {
  const ranks = cards.map((card) => Math.floor(card / 4) + 2).sort((x, y) => y - x);
  const counts = new Map<number, number>();
  for (const rank of ranks) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  const groups = [...counts].sort(([r1, n1], [r2, n2]) => n2 - n1 || r2 - r1);
  const shape = groups.map(([, n]) => n).join("");
  const flush = new Set(cards.map((card) => card % 4)).size === 1;
  const wheel = ranks.join() === "14,5,4,3,2";
  const straight = shape === "11111" && (wheel || (ranks[0] ?? 0) - (ranks[4] ?? 0) === 4);
  const order = wheel ? [5] : straight ? [ranks[0] ?? 0] : groups.map(([rank]) => rank);
  const kinds: Readonly<Record<string, number>> = { "11111": 0, "2111": 1, "221": 2, "311": 3, "32": 6, "41": 7 };
  const category = straight && flush ? 8 : flush ? 5 : straight ? 4 : (kinds[shape] ?? 0);
  return String.fromCharCode(65 + category, ...order.map((rank) => 65 + rank));
}
