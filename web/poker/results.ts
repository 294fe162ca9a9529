import type { AwardView, View } from "../../rooms/poker/types.ts";
import { amount } from "../ui/format.ts";
import type { NameOf } from "./names.ts";
import { holdingName, listed } from "./words.ts";

/** "Ann wins 1,250 with two pair, aces and sixes. You win 300." */
export function resultWords(view: View, names: NameOf): string {
  const sums = new Map<number, { chips: number; hands: Set<string> }>();
  for (const award of view.hand?.awards ?? []) {
    for (const { seat, chips } of award.wins) {
      const sum = sums.get(seat) ?? { chips: 0, hands: new Set<string>() };
      sum.chips += chips;
      const held = heldBy(view, award, seat);
      if (held !== null) sum.hands.add(held);
      sums.set(seat, sum);
    }
  }
  return [...sums]
    .map(([seat, { chips, hands }]) => {
      const name = names(view.seats[seat]?.player ?? "");
      const held = hands.size === 0 ? "" : ` with ${listed([...hands].map(withArticle))}`;
      return `${name} win${name === "You" ? "" : "s"} ${amount(chips)}${held}.`;
    })
    .join(" ");
}

/** What a pot was won with, as far as it was shown; null when nobody had to show. */
function heldBy({ hand, seats }: View, award: AwardView, seat: number): string | null {
  if (award.with === null || hand === null) return null;
  const cards = seats[seat]?.cards;
  const board = award.board === 2 ? (hand.board2 ?? []) : hand.board;
  return typeof cards === "object" && cards !== null ? (holdingName(cards, board) ?? award.with) : award.with;
}

function withArticle(hand: string): string {
  return /^(pair|straight|flush|full house|royal flush)/.test(hand) ? `a ${hand}` : hand;
}
