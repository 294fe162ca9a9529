import type { View } from "../../rooms/poker/types.ts";
import { amount } from "../ui/format.ts";
import type { NameOf } from "./names.ts";
import { listed } from "./words.ts";

/** "Ann wins 1,250 with two pair. You win 300." */
export function resultWords({ hand, seats }: View, names: NameOf): string {
  const sums = new Map<number, { chips: number; hands: Set<string> }>();
  for (const { wins, with: held } of hand?.awards ?? []) {
    for (const { seat, chips } of wins) {
      const sum = sums.get(seat) ?? { chips: 0, hands: new Set<string>() };
      sum.chips += chips;
      if (held !== null) sum.hands.add(held);
      sums.set(seat, sum);
    }
  }
  return [...sums]
    .map(([seat, { chips, hands }]) => {
      const name = names(seats[seat]?.player ?? "");
      const held = hands.size === 0 ? "" : ` with ${listed([...hands].map(withArticle))}`;
      return `${name} win${name === "You" ? "" : "s"} ${amount(chips)}${held}.`;
    })
    .join(" ");
}

function withArticle(hand: string): string {
  return ["pair", "straight", "flush", "full house", "straight flush"].includes(hand) ? `a ${hand}` : hand;
}
