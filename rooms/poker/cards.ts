/** Cards as integers 0 to 51: 4 times the rank (0 is the two, 12 the ace) plus the suit (clubs, diamonds, hearts, spades). */
export type Card = number;

export const RANKS = "23456789TJQKA";
export const SUITS = "cdhs";
export const DECK: readonly Card[] = Array.from({ length: 52 }, (_, card) => card);

/** Numbers of cards in a player's hand, and on a board. */
export const HOLE_CARDS = 2;
export const BOARD_CARDS = 5;

export const rankOf = (card: Card): number => card >> 2;
export const suitOf = (card: Card): number => card & 3;

/** "As", "Td", "2c". */
export function cardText(card: Card): string {
  return `${RANKS[rankOf(card)]}${SUITS[suitOf(card)]}`;
}

/** Throws when it is not a card as `cardText` writes it. */
export function cardOf(text: string): Card {
  const rank = RANKS.indexOf(text.charAt(0));
  const suit = SUITS.indexOf(text.charAt(1));
  if (text.length !== 2 || rank < 0 || suit < 0) throw new RangeError(`not a card: ${text}`);
  return 4 * rank + suit;
}

/** "AsKd" or "As Kd": throws on anything that is not a run of cards. */
export function cardsOf(text: string): Card[] {
  return (text.replaceAll(/\s+/g, "").match(/.{1,2}/g) ?? []).map(cardOf);
}
