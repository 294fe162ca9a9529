import { commitmentOf, opens, rootOf, type DealtCard } from "../../rooms/fair/deck.ts";
import type { Commitment, Opened } from "../../rooms/kernel/table.ts";

/** Checks of a hand in progress, recomputed from what the table has shown to this page. Pure. */

export type Seals = {
  /** Whether the commitment is the hash of the eight decks' roots. */
  readonly sealed: boolean;
  /** The deck in play; null before the deal. */
  readonly played: number | null;
  /** For each deck: whether its revealed seed matches its root. Null for the deck in play, and before the deal. */
  readonly decks: readonly (boolean | null)[];
  /** For each card shown here: whether it is in the deck in play. */
  readonly cards: readonly { readonly card: number; readonly ok: boolean }[];
};

export function sealsOf(
  { hash, roots = [], round }: Commitment,
  opened: Opened | null,
  shown: readonly DealtCard[],
): Seals {
  const now = opened?.round === round ? opened : null;
  const root = now === null ? undefined : roots[now.deck];
  return {
    sealed: isHex(roots) && commitmentOf(roots) === hash,
    played: now?.deck ?? null,
    decks: roots.map((one, deck) => {
      const seed = now?.seeds[deck] ?? null;
      if (now === null || deck === now.deck) return null;
      return seed !== null && isHex([seed]) && rootOf(seed) === one;
    }),
    cards: root === undefined ? [] : shown.map((dealt) => ({ card: dealt.card, ok: liesIn(dealt, root) })),
  };
}

/**
 * Whether a card is in the deck with this root, at any place. Its right place depends on all client seeds, which are published
 * after the hand, and is checked with the proof.
 */
export function liesIn(dealt: DealtCard, root: string): boolean {
  const order = Array.from<number>({ length: dealt.opening.position + 1 });
  for (let leaf = 0; leaf < 52; leaf++) {
    order[dealt.opening.position] = leaf;
    if (opens(dealt, root, { deck: 0, order })) return true;
  }
  return false;
}

function isHex(texts: readonly string[]): boolean {
  return texts.every((text) => /^[0-9a-f]{64}$/.test(text));
}
