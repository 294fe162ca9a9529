import type { AwardView, View } from "../../rooms/poker/types.ts";
import { amount } from "../ui/format.ts";
import type { NameOf } from "./house-names.ts";
import { holdingName, listed } from "./words.ts";

type Win = { readonly seat: number; readonly chips: number; readonly hands: readonly string[] };

/** All winners, the largest sum first. */
function winsOf(view: View): readonly Win[] {
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
    .map(([seat, { chips, hands }]) => ({ seat, chips, hands: [...hands] }))
    .sort((a, b) => b.chips - a.chips);
}

/** "Ann wins 1,250 with two pair, aces and sixes. You win 300." */
export function resultWords(view: View, names: NameOf): string {
  return winsOf(view)
    .map(({ seat, chips, hands }) => {
      const held = hands.length === 0 ? "" : ` with ${listed(hands.map(withArticle))}`;
      return `${winner(view, seat, names)} ${amount(chips)}${held}.`;
    })
    .join(" ");
}

/** Short enough for the middle of the table; the plates show each player's winnings. */
export function resultLine(view: View, names: NameOf): string {
  const wins = winsOf(view);
  const [first, second] = wins;
  if (first === undefined) return "";
  if (second === undefined) return resultWords(view, names);
  if (wins.length > 2) return `The pots go to ${wins.length} players.`;
  const [a, b] = [called(view, first.seat, names), called(view, second.seat, names)];
  const even = first.chips === second.chips;
  return even
    ? `${a} and ${b} split ${amount(first.chips * 2)}.`
    : `${a} ${amount(first.chips)}, ${b} ${amount(second.chips)}.`;
}

/** Players who left before the page loaded are not known by name. */
function called({ seats }: View, seat: number, names: NameOf): string {
  const sitting = seats[seat] ?? null;
  return sitting === null || sitting.cards === null ? "Somebody who has left" : names(sitting.player);
}

function winner(view: View, seat: number, names: NameOf): string {
  const name = called(view, seat, names);
  return `${name} win${name === "You" ? "" : "s"}`;
}

/** The seats as the hand ended, with cards shown since. */
export function seatsThen(then: View["seats"], now: View["seats"]): View["seats"] {
  return then.map((one, seat) => {
    const same = now[seat] ?? null;
    return one !== null && same?.player === one.player ? same : one;
  });
}

/** The hand that won a pot, as far as it was shown; null if no showdown was needed. */
function heldBy({ hand, seats }: View, award: AwardView, seat: number): string | null {
  if (award.with === null || hand === null) return null;
  const cards = seats[seat]?.cards;
  const board = award.board === 2 ? (hand.board2 ?? []) : hand.board;
  return typeof cards === "object" && cards !== null ? (holdingName(cards, board) ?? award.with) : award.with;
}

function withArticle(hand: string): string {
  return /^(pair|straight|flush|full house|royal flush)/.test(hand) ? `a ${hand}` : hand;
}
