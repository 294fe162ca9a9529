import { graceOf } from "./turn.ts";
import { chips, type Decision, type Facts, type Ms, type PlayerId, type Refusal } from "../game.ts";
import type { DealtCard } from "../fair/deck.ts";
import { later } from "../kit/time.ts";
import { lineup, type Lineup } from "./blinds.ts";
import { canBuyButton } from "./button.ts";
import { HOLE_CARDS } from "./cards.ts";
import type { Event, Flags } from "./events.ts";
import { evolve } from "./evolve.ts";
import { begin, runsOut } from "./hand.ts";
import { over } from "./run.ts";
import { showdown } from "./showdown.ts";
import {
  BOARD_AFTER,
  inHand,
  placeIn,
  STREETS,
  type ActBy,
  type Dealt,
  type Hand,
  type LogLine,
  type State,
} from "./state.ts";
import { legal, verify, type Action } from "./street.ts";
import type { ActView, Command, PreAction } from "./types.ts";

/** The course of a hand: the deal, acts, streets, the run-out. Legal acts are in street.ts, the showdown in showdown.ts. */

const NO_HAND: Refusal = { refused: "no_hand", message: "You have no cards in a hand that is on." };

// ---- the deal ----

/** Deals two cards to each player, from the deck that the client seeds have picked; with too few players, waits again. */
export function deal(state: State, facts: Facts): readonly Event[] {
  const out: Event[] = [];
  let now = state;
  for (;;) {
    const next = lineup(now);
    if (next === null) return [...out, { type: "starting", dealAt: null }];
    const big = now.seats[next.blinds.big];
    if (big?.outNext !== true) {
      const dealt: Event = { type: "dealt", hand: handOf(now, next, facts), counted: next.counted };
      return [...out, ...andOn(now, [...passedBy(now, next), dealt], facts)];
    }
    // The big blind has come to a player who wanted to sit out then. [P13]
    const flagged: Event = { type: "flagged", seat: next.blinds.big, why: "round", set: { out: true, outNext: false } };
    out.push(flagged);
    now = evolve(now, flagged);
  }
}

/** For players who wanted to buy the button, and cannot any more: they choose again how to come in. */
function passedBy(state: State, { seats, counted }: Lineup): readonly Event[] {
  return state.seats.flatMap((one, seat): Event[] => {
    if (one?.buys !== true || seats.includes(seat) || canBuyButton({ ...state, blinds: counted }, seat)) return [];
    return [{ type: "flagged", seat, why: "round", set: { buys: false } }];
  });
}

function handOf(state: State, next: Lineup, facts: Facts): Hand {
  const stacks = next.seats.map((seat) => state.seats[seat]?.stack ?? 0);
  const { bigBlind } = state.config;
  const { price, raise, first, posts } = next;
  const betting = begin(stacks, posts, { bigBlind, price, raise, first });
  const players = next.seats.map((seat, place): Dealt => {
    const sitting = state.seats[seat];
    const cards = Array.from({ length: HOLE_CARDS }, (_, n) => facts.deck.card(n * next.seats.length + place));
    const start = stacks[place] ?? 0;
    const live = betting.stakes[place]?.bet ?? 0;
    const last: ActView | null =
      live === 0
        ? null
        : {
            type: posts[place]?.what === "straddle" ? "straddle" : "post",
            amount: chips(live),
            allIn: start === betting.stakes[place]?.put,
          };
    return {
      seat,
      player: sitting?.player ?? ("" as PlayerId),
      bot: sitting?.bot ?? false,
      cards,
      start,
      shown: false,
      last,
    };
  });
  const log = posts.flatMap(({ ante, dead, live, what }, player): LogLine[] => {
    const lines: LogLine[] = ante === 0 ? [] : [{ type: "post", player, what: "ante", live: 0, dead: ante }];
    return what === null ? lines : [...lines, { type: "post", player, what, live, dead }];
  });
  return {
    players,
    blinds: next.blinds,
    smallPosted: next.smallPosted,
    betting,
    street: 0,
    board: [],
    board2: null,
    aggressor: null,
    faceUp: false,
    at: facts.now,
    startedAt: facts.now,
    log,
    end: null,
  };
}

// ---- acts ----

type ActCommand = Extract<Command, { type: "fold" | "check" | "call" | "raise" }>;

/**
 * A player's own act, in turn. Refused when it is meant for another price, when a `check` is not free, and when there is nothing
 * to `call`.
 */
export function decideAct(state: State, player: PlayerId, command: ActCommand, facts: Facts): Decision<Event> {
  const late = refusalOf(state, player, command);
  if (late !== null) return late;
  const { hand } = state;
  const place = placeIn(state, player);
  if (hand === null || place === null) return NO_HAND;
  const may = legal(hand.betting, place);
  if (may === null) return { refused: "not_your_turn", message: "It is not your turn." };
  // A check is meant for a price of 0.
  const meant = command.type === "check" ? 0 : (command.amount ?? may.toCall);
  if (meant !== may.toCall) return { refused: "price_changed", message: `There is ${may.toCall} to call.` };
  if (command.type === "call" && may.toCall === 0)
    return { refused: "nothing_to_call", message: "There is nothing to call: check." };
  const action: Action =
    command.type === "raise"
      ? { type: "raise", to: command.to }
      : command.type === "fold"
        ? { type: "fold" }
        : { type: "call" };
  const refusal = verify(hand.betting, place, action);
  if (refusal !== null) return refusal;
  return {
    events: andOn(
      state,
      [...bankUsed(state, hand, place, facts.now), actOf(hand, place, action, "player", facts.now)],
      facts,
    ),
  };
}

/** A house player's act. One that the rules do not allow is a bug of the policy: then it folds. */
export function actAs(state: State, hand: Hand, place: number, wanted: Action, facts: Facts): readonly Event[] {
  const action: Action = verify(hand.betting, place, wanted) === null ? wanted : { type: "fold" };
  return andOn(state, [actOf(hand, place, action, "player", facts.now)], facts);
}

/** Why this player can do nothing in this hand; null when they can, in turn. */
function refusalOf(state: State, player: PlayerId, wanted: Pick<ActCommand, "hand" | "street">): Refusal | null {
  if (wanted.hand !== undefined && wanted.hand !== state.round)
    return { refused: "old_hand", message: "That was meant for another hand." };
  if (!inHand(state, player)) return NO_HAND;
  if (wanted.street !== undefined && state.hand !== null && wanted.street !== STREETS[state.hand.street])
    return { refused: "old_street", message: "That was meant for an earlier street of this hand." };
  return null;
}

function actOf(hand: Hand, player: number, action: Action, by: ActBy, at: Ms): Event {
  const { betting } = hand;
  const stake = betting.stakes[player];
  if (stake === undefined) throw new RangeError(`no player ${player} in this hand`);
  const all = stake.bet + stake.stack;
  if (action.type === "fold") return { type: "acted", player, act: { type: "fold" }, to: stake.bet, by, at };
  if (action.type === "call") {
    const to = Math.min(betting.price, all);
    const paid = to - stake.bet;
    const act: ActView = paid === 0 ? { type: "check" } : { type: "call", amount: chips(paid), allIn: to === all };
    return { type: "acted", player, act, to, by, at };
  }
  const type = betting.price === 0 ? "bet" : "raise";
  return {
    type: "acted",
    player,
    act: { type, amount: chips(action.to), allIn: action.to === all },
    to: action.to,
    by,
    at,
  };
}

/** Takes what was used beyond the clock from the time bank, and ends a row of time-outs. [P12] */
function bankUsed(state: State, hand: Hand, place: number, now: Ms): readonly Event[] {
  const seat = hand.players[place]?.seat ?? -1;
  const sitting = state.seats[seat];
  if (sitting == null) return [];
  const over = Math.max(0, now - hand.at - state.config.actionMs - graceOf(state, hand, place));
  if (over === 0 && sitting.strikes === 0) return [];
  return [{ type: "flagged", seat, why: "clock", set: { bankMs: Math.max(0, sitting.bankMs - over), strikes: 0 } }];
}

/**
 * The clock and the time bank ran out: checks when it is free, otherwise folds. After three in a row the player sits out when the
 * hand is over. A player without a connection sits out after this hand, and keeps the time bank. [P12]
 */
export function timeOut(state: State, facts: Facts): readonly Event[] {
  const { hand } = state;
  const place = hand?.betting.turn ?? null;
  if (hand === null || place === null) return [];
  const seat = hand.players[place]?.seat ?? -1;
  const sitting = state.seats[seat];
  const free = legal(hand.betting, place)?.toCall === 0;
  const acted = actOf(hand, place, free ? { type: "call" } : { type: "fold" }, "clock", facts.now);
  if (sitting == null) return andOn(state, [acted], facts);
  const strikes = sitting.strikes + 1;
  const set: Flags =
    sitting.awaySince === null
      ? { bankMs: 0, strikes }
      : { strikes, out: true, outNext: false, posts: false, buys: false };
  return andOn(state, [{ type: "flagged", seat, why: "clock", set }, acted], facts);
}

// ---- pre-actions ----

/** [P15] Keeps a pre-action until the turn comes. Refused when the price is not the one it is meant for. */
export function decidePreAction(
  state: State,
  player: PlayerId,
  command: Extract<Command, { type: "preAction" }>,
): Decision<Event> {
  const late = refusalOf(state, player, command);
  if (late !== null) return late;
  const { hand } = state;
  const place = placeIn(state, player);
  const seat = place === null ? undefined : hand?.players[place]?.seat;
  if (hand === null || place === null || seat === undefined) return NO_HAND;
  if (hand.betting.turn === place) return { refused: "your_turn", message: "It is your turn: act." };
  const stake = hand.betting.stakes[place];
  if (hand.faceUp || hand.betting.turn === null || stake?.stack === 0)
    return { refused: "nothing_to_decide", message: "There is nothing left to decide." };
  const price = chips(Math.min(hand.betting.price - (stake?.bet ?? 0), stake?.stack ?? 0));
  const { action, amount } = command;
  if ((action === "check" && price > 0) || (action === "call" && amount !== price)) {
    return { refused: "price_changed", message: `There is ${price} to call now.` };
  }
  const preAction: PreAction | null = action === null ? null : { action, price };
  return { events: [{ type: "flagged", seat, why: "player", set: { preAction } }] };
}

function preActed(state: State, hand: Hand, place: number, now: Ms): Event | null {
  const pre = state.seats[hand.players[place]?.seat ?? -1]?.preAction ?? null;
  const may = legal(hand.betting, place);
  if (pre === null || may === null) return null;
  const free = may.toCall === 0;
  switch (pre.action) {
    case "checkFold":
      return actOf(hand, place, free ? { type: "call" } : { type: "fold" }, "preAction", now);
    case "check":
      return free ? actOf(hand, place, { type: "call" }, "preAction", now) : null;
    case "call":
      return may.toCall === pre.price ? actOf(hand, place, { type: "call" }, "preAction", now) : null;
    case "callAny":
      return actOf(hand, place, { type: "call" }, "preAction", now);
    default:
      pre.action satisfies never;
      return null;
  }
}

// ---- automatic events ----

/** These events and all that follows from them at once: pre-actions, the next street, the end of the hand at the latest. */
export function andOn(start: State, first: readonly Event[], facts: Facts): readonly Event[] {
  const events = [...first];
  let state = first.reduce(evolve, start);
  for (;;) {
    const more = following(state, facts);
    if (more.length === 0) return events;
    events.push(...more);
    state = more.reduce(evolve, state);
  }
}

function following(state: State, facts: Facts): readonly Event[] {
  const { hand } = state;
  if (hand === null || hand.end !== null) return [];
  const { turn } = hand.betting;
  if (turn !== null) {
    const acted = preActed(state, hand, turn, facts.now);
    return acted === null ? [] : [acted];
  }
  if (over(hand)) return [showdown(state, hand, facts.now)];
  if (!runsOut(hand.betting)) return nextCards(hand, facts);
  if (hand.faceUp) return []; // a deadline deals the next street
  return [{ type: "facedUp", twice: consent(state, hand), at: facts.now }];
}

/** The board's next cards, from the deck's next position. Run twice, the first board comes whole, then the second. (LA 219) */
export function nextCards(hand: Hand, facts: Facts): readonly Event[] {
  const board = hand.street === 3 && hand.board2 !== null ? 2 : 1;
  const there = (board === 1 ? hand.board : (hand.board2 ?? [])).length;
  const n = (BOARD_AFTER.find((cards) => cards > there) ?? there) - there;
  const dealt = HOLE_CARDS * hand.players.length + drawn(hand);
  const cards = Array.from({ length: n }, (_, i): DealtCard => facts.deck.card(dealt + i));
  return [{ type: "street", board, cards, at: facts.now }];
}

/** How many cards the boards took from the deck. Those there when a second board began are on both, and were dealt once. */
function drawn({ board, board2, log }: Hand): number {
  if (board2 === null) return board.length;
  return log.reduce((sum, line) => sum + (line.type === "board" ? line.cards.length : 0), 0);
}

/** [P16] Whether everyone left in the hand agrees to run it twice. */
function consent({ config, seats }: State, hand: Hand): boolean {
  if (!config.runItTwice) return false;
  return hand.players.every(({ seat }, i) => hand.betting.stakes[i]?.folded === true || seats[seat]?.twice === true);
}

/** When the run-out's next street is due. */
export function runOutAt(state: State, hand: Hand): Ms {
  return later(hand.at, state.config.runOutMs);
}
