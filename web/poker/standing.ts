import type { Chips, PlayerId } from "../../rooms/game.ts";
import type { Seat, PreAction, SeatView, Street, Turn, View } from "../../rooms/poker/types.ts";

/** The player's situation at the table, which decides what the action bar offers. Pure. */

export type OnTurn = {
  readonly is: "turn";
  readonly hand: number;
  readonly turn: Turn;
  /** Identifies this turn. */
  readonly key: string;
  /** The bet on this street, and the remaining stack. */
  readonly bet: number;
  readonly stack: number;
  /** All pots and bets together. */
  readonly pot: number;
  readonly street: Street;
};

export type Standing =
  | { readonly is: "watching" }
  /** Not seated. `line`: the position in the waiting list, from 1. */
  | { readonly is: "up"; readonly free: number; readonly line: number | null; readonly waiting: number }
  | OnTurn
  /** With cards, waiting for others to act. */
  | {
      readonly is: "pre";
      readonly hand: number;
      readonly street: Street;
      readonly price: Chips;
      readonly chosen: PreAction["action"] | null;
    }
  /** With cards, and no decisions left in this hand. */
  | { readonly is: "allIn" }
  /** With cards; the betting of this street is over, and the hand goes on. */
  | { readonly is: "between" }
  | { readonly is: "folded" }
  | { readonly is: "over"; readonly hand: number; readonly canShow: boolean; readonly out: boolean }
  | { readonly is: "out" }
  | { readonly is: "broke" }
  | {
      readonly is: "newcomer";
      readonly posts: boolean;
      readonly buysButton: boolean;
      readonly mayBuyButton: boolean;
      readonly on: boolean;
    }
  /** Will be dealt into the next hand. */
  | { readonly is: "ready"; readonly others: number };

export function standingOf(view: View, mine: Seat | null, you: PlayerId | string | null): Standing {
  if (mine === null || you === null) return { is: "watching" };
  const { hand, seats, queue } = view;
  const sitting = mine.seat === null ? null : (seats[mine.seat] ?? null);
  if (mine.seat === null || sitting === null) {
    const at = queue.findIndex((player) => player === you);
    const free = seats.filter((seat) => seat === null).length;
    return { is: "up", free, line: at < 0 ? null : at + 1, waiting: queue.length };
  }
  if (hand !== null && sitting.cards !== null) {
    if (hand.awards !== null) {
      // Folded cards stay hidden. (P17)
      const canShow = sitting.cards === "hidden" && mine.cards.length > 0;
      const out = sitting.waiting === "sittingOut";
      if (sitting.waiting === "broke" || sitting.stack === 0) return { is: "broke" };
      return { is: "over", hand: hand.hand, canShow, out };
    }
    if (sitting.cards === "folded") return { is: "folded" };
    const { turn, street } = hand;
    if (turn?.seat === mine.seat) {
      const { bet, stack } = sitting;
      const key = `${hand.hand} ${street} ${turn.toCall} ${turn.actBy}`;
      return { is: "turn", hand: hand.hand, turn, key, bet, stack, pot: potOf(view), street };
    }
    if (sitting.stack === 0) return { is: "allIn" };
    if (turn === null) return { is: mayBet(view) ? "between" : "allIn" };
    const price = Math.min(priceOf(view) - sitting.bet, sitting.stack) as Chips;
    return { is: "pre", hand: hand.hand, street, price, chosen: mine.preAction?.action ?? null };
  }
  switch (sitting.waiting) {
    case "sittingOut":
      return sitting.stack === 0 ? { is: "broke" } : { is: "out" };
    case "broke":
      return { is: "broke" };
    case "newcomer":
      return {
        is: "newcomer",
        posts: mine.posts,
        buysButton: mine.buysButton,
        mayBuyButton: mine.mayBuyButton,
        on: hand !== null,
      };
    case null:
      return { is: "ready", others: seats.filter((seat, i) => i !== mine.seat && isReady(seat)).length };
    default:
      sitting.waiting satisfies never;
      return { is: "watching" };
  }
}

/** A code for what the bar's buttons do: equal for equal actions, independent of counts and clocks. */
export function offerOf(standing: Standing): string {
  switch (standing.is) {
    case "turn":
      return `turn ${standing.key}`;
    case "pre":
      return `pre ${standing.hand} ${standing.street} ${standing.price} ${standing.chosen}`;
    case "up":
      return `up ${standing.free > 0} ${standing.line === null ? "out" : Math.min(standing.line, 2)}`;
    case "over":
      return `over ${standing.hand} ${standing.canShow} ${standing.out}`;
    case "newcomer":
      return `newcomer ${standing.posts} ${standing.buysButton} ${standing.mayBuyButton}`;
    case "watching":
    case "allIn":
    case "between":
    case "folded":
    case "out":
    case "broke":
    case "ready":
      return standing.is;
    default:
      standing satisfies never;
      return "";
  }
}

/** Whether the player will be dealt in. */
export function isReady(seat: SeatView): boolean {
  return seat !== null && seat.stack > 0 && seat.waiting !== "sittingOut" && seat.waiting !== "broke";
}

/** Whether a player can still bet, with an opponent to bet against. */
function mayBet({ seats }: View): boolean {
  return seats.filter((seat) => seat !== null && inHand(seat) && seat.stack > 0).length > 1;
}

function inHand({ cards }: NonNullable<SeatView>): boolean {
  return cards !== null && cards !== "folded";
}

/** The total cost of staying in on this street. The big blind counts in full even if it was posted short. */
export function priceOf({ hand, seats, config }: View): number {
  const bets = Math.max(0, ...seats.map((seat) => seat?.bet ?? 0));
  return hand?.street === "preflop" ? Math.max(config.bigBlind, bets) : bets;
}

export function potOf({ hand, seats }: View): number {
  const pots = hand?.pots.reduce((sum, { chips }) => sum + chips, 0) ?? 0;
  return pots + seats.reduce((sum, seat) => sum + (seat?.bet ?? 0), 0);
}
