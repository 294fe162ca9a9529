import { commitmentOf, opens, rootOf, type DealtCard } from "../../rooms/fair/deck.ts";
import type { Commitment, Opened } from "../../rooms/kernel/table.ts";

/** What can be checked of a hand while it is played: recomputed here, from what the table has shown to this very page. Pure. */

export type Seals = {
  /** Whether the fingerprint is that of the eight decks' roots. */
  readonly sealed: boolean;
  /** Which deck is played; null before the deal. */
  readonly played: number | null;
  /** For each deck: whether what was opened is what was sealed; null for the one that is played, and before the deal. */
  readonly decks: readonly (boolean | null)[];
  /** For each card that was shown here: whether it lies in the deck that is played. */
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
 * Whether a card is anywhere in the deck with this root. At which place it has to lie follows from everybody's words, which are told
 * when the hand is over: that is checked with the proof.
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
