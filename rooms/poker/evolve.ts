import { chips } from "../game.ts";
import type { Event, EventOf, Flags } from "./events.ts";
import { returned } from "./hand.ts";
import { lentAfter } from "./house.ts";
import { opened } from "./run.ts";
import { LEFT_MAX, newcomer, placeIn, type Blinds, type Dealt, type Hand, type Sitting, type State } from "./state.ts";
import { act, verify, type Action, type Stake } from "./street.ts";
import type { ActView, SeatNo } from "./types.ts";

/** The table after an event. Total. */
export function evolve(state: State, event: Event): State {
  switch (event.type) {
    case "sat": {
      const sitting = newcomer(event.player, event.bot, event.stack, event.entering, state.config);
      const queue = state.queue.filter((player) => player !== event.player);
      const left = state.left.filter(({ player }) => player !== event.player);
      const offer = state.offer?.player === event.player ? null : state.offer;
      const next = { ...withSitting(state, event.seat, sitting), queue, offer, left };
      return event.bot && event.at !== undefined
        ? { ...next, lent: lentAfter(state.lent, event.stack, event.at) }
        : next;
    }
    case "stood":
      return stood(state, event);
    case "toppedUp":
      return changed(state, event.seat, (sitting) => ({ ...sitting, stack: sitting.stack + event.amount }));
    case "flagged":
      return flagged(state, event);
    case "queued": {
      const others = state.queue.filter((player) => player !== event.player);
      const offer = state.offer?.player === event.player ? null : state.offer;
      return { ...state, offer, queue: event.on ? [...others, event.player] : others };
    }
    case "offered":
      return { ...state, offer: event.offer };
    case "starting":
      return {
        ...state,
        phase: event.dealAt === null ? { name: "waiting" } : { name: "starting", dealAt: event.dealAt },
      };
    case "dealt":
      return dealt(state, event.hand, event.counted ?? event.hand.blinds);
    case "acted":
      return acted(state, event);
    case "street":
      return street(state, event);
    case "facedUp":
      return withHand(state, (hand) => ({
        ...hand,
        at: event.at,
        faceUp: true,
        board2: event.twice ? hand.board : null,
        players: shown(hand, ({ folded }) => !folded),
      }));
    case "won":
      return won(state, event);
    case "showed":
      return withHand(state, (hand) => ({
        ...hand,
        players: hand.players.map((one, i) => (i === event.player ? { ...one, shown: true } : one)),
        log: [...hand.log, { type: "show", player: event.player }],
      }));
    case "ended":
      return { ...state, round: event.round + 1, phase: { name: "waiting" }, hand: null, before: null };
    case "voided":
      return voided(state, event);
    default:
      event satisfies never;
      return state;
  }
}

// ---- seats ----

function withSitting(state: State, seat: SeatNo, sitting: Sitting | null): State {
  return { ...state, seats: state.seats.map((one, i) => (i === seat ? sitting : one)) };
}

function changed(state: State, seat: SeatNo, change: (sitting: Sitting) => Sitting): State {
  const sitting = state.seats[seat];
  return sitting == null ? state : withSitting(state, seat, change(sitting));
}

function flagged(state: State, { seat, set }: EventOf<"flagged">): State {
  const { hand } = state;
  const acts = hand !== null && hand.betting.turn !== null && hand.players[hand.betting.turn]?.seat === seat;
  return changed(state, seat, (sitting) => {
    const next = { ...sitting, ...set };
    return { ...next, graced: next.awaySince !== null || (acts && sitting.graced) };
  });
}

function stood(state: State, { seat, at }: EventOf<"stood">): State {
  const sitting = state.seats[seat];
  if (sitting == null) return state;
  const { blinds } = state;
  const { button = 0, small = 0, big = 0, had = null } = blinds ?? {};
  const free = withSitting(had === seat ? { ...state, blinds: { button, small, big } } : state, seat, null);
  if (sitting.bot) return { ...free, lent: lentAfter(state.lent, -sitting.stack, at) };
  const others = state.left.filter(({ player }) => player !== sitting.player);
  const gone = { player: sitting.player, stack: chips(sitting.stack), at };
  const left = sitting.stack === 0 ? others : [...others, gone].slice(-LEFT_MAX);
  return { ...free, left };
}

// ---- the hand ----

function withHand(state: State, change: (hand: Hand) => Hand): State {
  return state.hand === null ? state : { ...state, hand: change(state.hand) };
}

/** Starts a hand. While it is on, its players' stacks are in `hand.betting`. */
function dealt(state: State, hand: Hand, blinds: Blinds): State {
  const seats = state.seats.map((sitting, seat): Sitting | null => {
    const place = hand.players.findIndex((one) => one.seat === seat);
    if (sitting === null || place < 0) return passed(state, sitting, seat, blinds);
    const posted: Flags = { entering: false, posts: false, buys: false, owesSmall: false, owesBig: false, orbits: 0 };
    return { ...sitting, ...posted, played: true, preAction: null, stack: 0 };
  });
  const owed = state.seats.map((sitting) => {
    if (sitting === null) return null;
    const { player, entering, posts, buys, owesSmall, owesBig, orbits } = sitting;
    return { player, entering, posts, buys, owesSmall, owesBig, orbits };
  });
  return { ...state, phase: { name: "playing" }, seats, blinds, hand, before: { blinds: state.blinds, owed } };
}

/**
 * A player who sits out while the big blind passes owes both blinds; one who has had it and sits out for the small one owes that.
 * `orbits` counts the big blinds that passed; too many cost the seat. [P11] [P13]
 */
function passed(state: State, sitting: Sitting | null, seat: SeatNo, blinds: Blinds): Sitting | null {
  if (sitting === null || !sitting.out || state.blinds === null || blinds.big === state.blinds.big) return sitting;
  const { seats } = state.config;
  const steps = (from: SeatNo, to: SeatNo): number => (to - from + seats) % seats;
  const last = state.blinds.big;
  if (seat === last) return { ...sitting, entering: true, owesSmall: true };
  if (steps(last, seat) > steps(last, blinds.big)) return sitting;
  return { ...sitting, entering: true, owesBig: true, owesSmall: true, orbits: sitting.orbits + 1 };
}

/** The betting action that an act stands for. */
export function actionOf(act: ActView, to: number): Action {
  switch (act.type) {
    case "fold":
      return { type: "fold" };
    case "bet":
    case "raise":
      return { type: "raise", to };
    case "check":
    case "call":
    case "post":
    case "straddle":
      return { type: "call" };
    default:
      act satisfies never;
      return { type: "call" };
  }
}

function acted(state: State, event: EventOf<"acted">): State {
  const { hand } = state;
  const action = actionOf(event.act, event.to);
  if (hand === null || verify(hand.betting, event.player, action) !== null) return state;
  const { player, act: what, to, by, at } = event;
  const raises = what.type === "bet" || what.type === "raise";
  const betting = act(hand.betting, player, action);
  const next: Hand = {
    ...hand,
    betting,
    aggressor: raises ? player : hand.aggressor,
    at,
    players: hand.players.map((one, i) => (i === player ? { ...one, last: what } : one)),
    log: [...hand.log, { type: "act", player, act: what, to, by }],
  };
  const seat = hand.players[player]?.seat;
  const seats = state.seats.map((sitting, i): Sitting | null => {
    if (sitting === null) return null;
    if (i === seat) return { ...sitting, preAction: null, graced: sitting.awaySince !== null };
    if (sitting.preAction === null) return sitting;
    // The price has changed: pre-actions for the old one are dropped, but "check or fold" and "call any" still hold. [P15]
    const stale = raises && (sitting.preAction.action === "check" || sitting.preAction.action === "call");
    return stale ? { ...sitting, preAction: null } : sitting;
  });
  return { ...state, seats, hand: next };
}

function street(state: State, { board, cards, at }: EventOf<"street">): State {
  return withHand(
    { ...state, seats: state.seats.map((sitting) => (sitting === null ? null : { ...sitting, preAction: null })) },
    (hand) => {
      const log: Hand["log"] = [...hand.log, { type: "board", board, cards: cards.map(({ card }) => card) }];
      if (board === 2) return { ...hand, at, log, board2: [...(hand.board2 ?? []), ...cards] };
      const players = hand.players.map((one): Dealt => ({ ...one, last: one.last?.type === "fold" ? one.last : null }));
      return {
        ...opened(hand, cards),
        at,
        log,
        players,
        aggressor: null,
      };
    },
  );
}

function shown(hand: Hand, shows: (stake: Stake, place: number) => boolean): readonly Dealt[] {
  return hand.players.map((one, i) => {
    const stake = hand.betting.stakes[i];
    return stake !== undefined && shows(stake, i) ? { ...one, shown: true } : one;
  });
}

/** Pays the pots: stacks are back with the seats. */
function won(state: State, { end, shows, nextAt }: EventOf<"won">): State {
  const { hand } = state;
  if (hand === null) return state;
  const { betting } = returned(hand.betting);
  const stacks = stacksAfter(hand, end);
  const over: Hand = {
    ...hand,
    end,
    betting: { ...betting, turn: null },
    players: shown(hand, (_, i) => hand.players[i]?.shown === true || shows.includes(i)),
  };
  const seats = state.seats.map((sitting): Sitting | null => {
    const place = sitting === null ? null : placeIn(state, sitting.player);
    if (sitting === null || place === null) return sitting;
    return { ...sitting, stack: sitting.stack + (stacks[place] ?? 0), preAction: null };
  });
  return { ...state, phase: { name: "over", nextAt }, seats, hand: over };
}

/** The stack of each player in the hand after it has been paid. */
export function stacksAfter(hand: Hand, end: Hand["end"]): number[] {
  const stacks = returned(hand.betting).betting.stakes.map(({ stack }) => stack);
  for (const { wins } of end?.awards ?? []) {
    for (const { seat, chips: won } of wins) {
      const place = hand.players.findIndex((one) => one.seat === seat);
      stacks[place] = (stacks[place] ?? 0) + won;
    }
  }
  return stacks;
}

/** Restores stacks, blinds and dues as of the start of the hand. Its number is not used again. */
function voided(state: State, { round }: EventOf<"voided">): State {
  const { hand, before } = state;
  const seats = state.seats.map((sitting): Sitting | null => {
    if (sitting === null) return null;
    const place = hand === null || hand.end !== null ? null : placeIn(state, sitting.player);
    const start = place === null ? 0 : (hand?.players[place]?.start ?? 0);
    const { player: _, ...owed } = before?.owed.find((one) => one?.player === sitting.player) ?? sitting;
    return { ...sitting, ...owed, preAction: null, stack: sitting.stack + start };
  });
  const blinds = before === null ? state.blinds : before.blinds;
  return { ...state, round: round + 1, phase: { name: "waiting" }, seats, blinds, hand: null, before: null };
}
