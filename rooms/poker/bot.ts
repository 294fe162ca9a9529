import type { Card } from "./cards.ts";
import { chancesOf } from "./odds.ts";
import { classOf, equityAgainst, placeOf, pushed, pushes } from "./ranges.ts";
import type { Action } from "./street.ts";
import type { Seat, SeatNo, Turn, View } from "./types.ts";

/**
 * The policy of a house player [P20]. Before the flop it goes all-in or folds when stacks are short; otherwise it opens, raises
 * and calls by the value of its two cards (ranges.ts). After the flop it compares its chance to win (odds.ts) with the price.
 * Sometimes it bluffs. It decides from `View` and `Seat` alone, exactly what a person in that seat is shown, and the same
 * position always gives the same action. `test/bench/poker/house-players.ts` measures what it loses to simple strategies.
 */
export function botAct(view: View, mine: Seat, seat: SeatNo): Action {
  const spot = spotOf(view, mine, seat);
  if (spot === null) return { type: "fold" };
  return spot.board.length === 0 ? preflop(spot) : postflop(spot);
}

/** The data that the policy decides by. Amounts are chips. */
type Spot = {
  readonly turn: Turn;
  readonly bigBlind: number;
  readonly cards: readonly [Card, Card];
  readonly board: readonly Card[];
  /** All pots, and all bets on this street. */
  readonly pot: number;
  /** This seat's bet on this street, and the highest bet of anybody. */
  readonly bet: number;
  readonly price: number;
  /** The price before any raise: the big blind, or the straddle. */
  readonly open: number;
  /** The most that this seat can lose on this street, bet included: no more than some other player has too. */
  readonly reach: number;
  /** The other players who have cards. */
  readonly others: number;
  /** Pseudo-random, between 0 and 1. */
  readonly mood: number;
  readonly seed: number;
};

function spotOf(view: View, { cards }: Seat, seat: SeatNo): Spot | null {
  const { hand, seats, config } = view;
  const turn = hand?.turn ?? null;
  const [a, b] = cards;
  const me = seats[seat] ?? null;
  if (hand === null || turn === null || turn.seat !== seat || me === null || a === undefined || b === undefined)
    return null;
  const live = seats.filter((one, i) => i !== seat && one !== null && one.cards !== null && one.cards !== "folded");
  const most = Math.max(0, ...live.map((one) => (one === null ? 0 : one.stack + one.bet)));
  const pots = hand.pots.reduce((sum, { chips }) => sum + chips, 0);
  const seed = seedOf(view, [a.card, b.card], seat);
  return {
    turn,
    bigBlind: config.bigBlind,
    cards: [a.card, b.card],
    board: hand.board,
    pot: pots + seats.reduce((sum, one) => sum + (one?.bet ?? 0), 0),
    bet: me.bet,
    price: Math.max(...seats.map((one) => one?.bet ?? 0)),
    open: Math.max(config.bigBlind, ...seats.map((one) => (one?.last?.type === "straddle" ? one.bet : 0))),
    reach: Math.min(me.stack + me.bet, most),
    others: live.length,
    mood: (Math.imul(seed, 0x2c1b3c6d) >>> 0) / 2 ** 32,
    seed,
  };
}

/** From the hand's number, the seat, the cards and the board. */
function seedOf({ round, hand }: View, cards: readonly Card[], seat: SeatNo): number {
  let mix = Math.imul(round + 1, 0x9e3779b1) ^ Math.imul(seat + 1, 0x85ebca6b);
  for (const card of cards) mix = Math.imul(mix ^ (card + 1), 0xc2b2ae35);
  mix = Math.imul(mix ^ ((hand?.board.length ?? 0) + 1), 0x27d4eb2f);
  return mix ^ (mix >>> 15);
}

// ---- before the flop ----

/** With stacks of up to this many big blinds it opens all-in only. */
const SHORT = 13;
/** The share of hands that is opened when stacks are deep, by the number of other players with cards. */
const OPENS = [0.8, 0.8, 0.42, 0.3, 0.22, 0.17, 0.14, 0.12, 0.1] as const;

/** A raise of a lone opponent is taken for at least this share of all hands: otherwise big raises could make it fold any hand. */
const HEADS_UP = 0.3;

function preflop(spot: Spot): Action {
  return spot.price > spot.open ? raised(spot) : unraised(spot);
}

function unraised(spot: Spot): Action {
  const { cards, bigBlind, reach, turn, others, price } = spot;
  const hand = classOf(...cards);
  const place = placeOf(hand);
  const stacks = reach / bigBlind;
  if (stacks <= SHORT) {
    // Each player who may still call adds risk, as a deeper stack would.
    const risk = stacks * (2 * others - 1);
    if (pushes(hand, turn.toCall === 0 ? 1.5 * risk : risk)) return allIn(spot);
    return passive(spot);
  }
  if (turn.toCall === 0) return place < 0.2 ? raise(spot, price + spot.pot) : { type: "call" };
  const opens = OPENS[Math.min(others, OPENS.length - 1)] ?? 0.1;
  return place < opens ? raise(spot, (stacks < 30 ? 2.2 : 2.5) * bigBlind) : passive(spot);
}

function raised(spot: Spot): Action {
  const { cards, bigBlind, reach, pot, bet, others, price, turn } = spot;
  const hand = classOf(...cards);
  const place = placeOf(hand);
  const stacks = reach / bigBlind;
  const owed = Math.min(turn.toCall, Math.max(0, reach - bet));
  const odds = owed / (pot + owed);
  const more = 0.03 * (others - 1);
  if (price >= 0.4 * reach) {
    // A call commits all of the stack.
    const share = pushed(Math.min(stacks, price / bigBlind)) / (1 + 0.6 * (others - 1));
    if (equityAgainst(hand, share) >= odds + more) return price < reach ? allIn(spot) : { type: "call" };
    return passive(spot);
  }
  // The higher the raise, the fewer hands are behind it.
  const share = Math.max(
    others === 1 ? HEADS_UP : 0.08,
    Math.min(0.65, 1.7 / (price / bigBlind)) / (1 + 0.3 * (others - 1)),
  );
  if (stacks <= 22) {
    if (place < 0.45 * share + 0.05) return allIn(spot);
  } else if (place < (price > 6 * bigBlind ? 0.025 : 0.1)) return raise(spot, 2.2 * price + pot - price);
  return equityAgainst(hand, share) * 0.92 >= odds + more + 0.01 ? { type: "call" } : passive(spot);
}

// ---- after it ----

function postflop(spot: Spot): Action {
  const { cards, board, pot, turn, others, mood, seed, reach, bet } = spot;
  const chances = chancesOf(cards, board, 0.8, seed) ** Math.max(1, 1 + 0.8 * (others - 1));
  const { toCall } = turn;
  if (toCall === 0) {
    if (chances > 0.57 || mood > 0.93) return raise(spot, pot * (reach <= 1.3 * pot ? 2 : 0.5 + 0.4 * mood));
    return { type: "call" };
  }
  const owed = Math.min(toCall, Math.max(0, reach - bet));
  const odds = owed / (pot + owed);
  // Halfway between the pot odds and the point at which a bluff of that size breaks even.
  const needed = 0.5 * odds + 0.5 * (owed / pot);
  if (chances > 0.84 && chances > needed + 0.1) return raise(spot, spot.price + 0.8 * (pot + owed));
  return chances >= needed ? { type: "call" } : { type: "fold" };
}

// ---- acts ----

/** A check where it is free, else a fold. */
const passive = ({ turn }: Spot): Action => (turn.toCall === 0 ? { type: "call" } : { type: "fold" });

function raise({ turn, reach }: Spot, to: number): Action {
  if (turn.raise === null) return { type: "call" };
  const { least, most } = turn.raise;
  const wanted = Math.max(least, Math.round(to));
  return { type: "raise", to: Math.min(most, wanted > 0.6 * reach ? Math.max(least, reach) : wanted) };
}

const allIn = (spot: Spot): Action => raise(spot, spot.reach);
