import { rankOf, suitOf, type Card } from "../../rooms/poker/cards.ts";
import { CATEGORIES, categoryOf, evaluate } from "../../rooms/poker/evaluate.ts";
import type { ActView, Street, Waiting } from "../../rooms/poker/types.ts";
import { amount } from "../ui/format.ts";
import { SUIT_NAMES } from "./cards/suits.ts";

/** Cards, actions and hands in words. */

const RANK_NAMES = [
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "jack",
  "queen",
  "king",
  "ace",
];

export function rankName(rank: number): string {
  return RANK_NAMES[rank] ?? "";
}

function ranksName(rank: number): string {
  return rank === 4 ? "sixes" : `${rankName(rank)}s`;
}

/** "ace of spades". */
export function cardName(card: Card): string {
  return `${rankName(rankOf(card))} of ${SUIT_NAMES[suitOf(card)] ?? ""}`;
}

export function cardNames(cards: readonly Card[]): string {
  return listed(cards.map(cardName));
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** The name of a hand: "pair of kings", "flush, ace high". Null without cards. */
export function holdingName(own: readonly Card[], board: readonly Card[]): string | null {
  const [a, b] = own;
  if (a === undefined || b === undefined) return null;
  if (board.length < 3) {
    const [high, low] = [Math.max(rankOf(a), rankOf(b)), Math.min(rankOf(a), rankOf(b))];
    if (high === low) return `pair of ${ranksName(high)}`;
    return `${rankName(high)} ${rankName(low)}${suitOf(a) === suitOf(b) ? " suited" : ""}`;
  }
  const strength = evaluate([...own, ...board]);
  const category = categoryOf(strength);
  // The deciding ranks follow the category, four bits each: the first in bits 16 to 19.
  const [first, second] = [(strength >> 16) & 15, (strength >> 12) & 15];
  switch (CATEGORIES[category]) {
    case "high card":
      return `${rankName(first)} high`;
    case "pair":
      return `pair of ${ranksName(first)}`;
    case "two pair":
      return `two pair, ${ranksName(first)} and ${ranksName(second)}`;
    case "three of a kind":
      return `three ${ranksName(first)}`;
    case "straight":
      return `straight to the ${rankName(first)}`;
    case "flush":
      return `flush, ${rankName(first)} high`;
    case "full house":
      return `${ranksName(first)} full of ${ranksName(second)}`;
    case "four of a kind":
      return `four ${ranksName(first)}`;
    case "straight flush":
      return first === 12 ? "royal flush" : `straight flush to the ${rankName(first)}`;
    case undefined:
      return null;
    default:
      return CATEGORIES[category] ?? null;
  }
}

/** A short label for a plate: "Raise 400". */
export function actLabel(act: ActView, blind: "small" | "big" | null): string {
  switch (act.type) {
    case "fold":
      return "Fold";
    case "check":
      return "Check";
    case "post":
      return blind === "small" ? "Small blind" : blind === "big" ? "Big blind" : "Posts";
    case "straddle":
      return "Straddle";
    case "call":
      return `Call ${amount(act.amount)}`;
    case "bet":
      return `Bet ${amount(act.amount)}`;
    case "raise":
      return `Raise ${amount(act.amount)}`;
    default:
      act satisfies never;
      return "";
  }
}

/** A sentence: "Ann raises to 400, all-in". `who` may be "You". */
export function actWords(who: string, act: ActView): string {
  const s = who === "You" ? "" : "s";
  const all = "allIn" in act && act.allIn ? ", all-in" : "";
  switch (act.type) {
    case "fold":
      return `${who} fold${s}`;
    case "check":
      return `${who} check${s}`;
    case "post":
      return `${who} post${s} ${amount(act.amount)}${all}`;
    case "straddle":
      return `${who} straddle${s} to ${amount(act.amount)}`;
    case "call":
      return `${who} call${s} ${amount(act.amount)}${all}`;
    case "bet":
      return `${who} bet${s} ${amount(act.amount)}${all}`;
    case "raise":
      return `${who} raise${s} to ${amount(act.amount)}${all}`;
    default:
      act satisfies never;
      return "";
  }
}

export const STREET_NAMES: Readonly<Record<Street, string>> = {
  preflop: "Before the flop",
  flop: "Flop",
  turn: "Turn",
  river: "River",
};

/** Why a seated player has no cards. */
export const WAITING_WORDS: Readonly<Record<Waiting, string>> = {
  newcomer: "Waits for the blind",
  sittingOut: "Sitting out",
  broke: "Out of chips",
};
