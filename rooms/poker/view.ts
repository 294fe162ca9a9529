import { chips, type PlayerId } from "../game.ts";
import type { DealtCard } from "../fair/deck.ts";
import { memoized } from "../kit/memo.ts";
import { canBuyButton } from "./button.ts";
import { CATEGORIES, categoryOf, evaluate } from "./evaluate.ts";
import { houseView } from "./house.ts";
import { potsOf } from "./pots.ts";
import { isBusy, keptUntil, placeIn, seatOf, STREETS, type Hand, type Sitting, type State } from "./state.ts";
import { legal } from "./street.ts";
import { turnAt } from "./turn.ts";
import type { HandView, Seat, SeatNo, SeatView, Turn, View } from "./types.ts";

/** The public view, and a player's private seat. Whitelists: no card that was not shown to the viewer, and no deck. [P17] */

export const view = memoized((state: State): View => {
  const { config, round, phase, hand, queue } = state;
  return {
    config,
    round,
    phase,
    seats: state.seats.map((sitting, seat) => (sitting === null ? null : seatView(state, sitting, seat))),
    hand: hand === null ? null : handView(state, hand),
    queue,
    house: houseView(config, state.lent),
    openings: hand === null ? [] : openings(hand),
  };
});

function seatView(state: State, sitting: Sitting, seat: SeatNo): SeatView {
  const { hand } = state;
  const place = hand?.players.findIndex((one) => one.seat === seat && one.player === sitting.player) ?? -1;
  const dealt = hand?.players[place];
  const stake = hand?.betting.stakes[place];
  const on = hand !== null && hand.end === null && stake !== undefined;
  return {
    player: sitting.player,
    bot: sitting.bot,
    stack: chips(on ? stake.stack : sitting.stack),
    bet: chips(on ? stake.bet : 0),
    put: chips(on ? stake.put : 0),
    waiting: waitingOf(sitting, on),
    away: sitting.awaySince !== null,
    cards:
      dealt === undefined || stake === undefined
        ? null
        : dealt.shown
          ? dealt.cards.map(({ card }) => card)
          : stake.folded
            ? "folded"
            : "hidden",
    last: dealt?.last ?? null,
  };
}

function waitingOf({ out, stack, entering }: Sitting, on: boolean): NonNullable<SeatView>["waiting"] {
  if (out) return "sittingOut";
  if (on) return null;
  if (stack === 0) return "broke";
  return entering ? "newcomer" : null;
}

function handView(state: State, hand: Hand): HandView {
  const { betting, blinds, players, board, board2, end } = hand;
  const inPots = betting.stakes.map((stake) => ({ ...stake, put: end === null ? stake.put - stake.bet : stake.put }));
  return {
    hand: state.round,
    street: STREETS[hand.street] ?? "river",
    button: blinds.button,
    smallBlind: hand.smallPosted ? blinds.small : null,
    bigBlind: blinds.big,
    board: board.map(({ card }) => card),
    board2: board2?.map(({ card }) => card) ?? null,
    pots: potsOf(inPots).map((pot) => ({
      chips: chips(pot.chips),
      seats: pot.eligible.map((place) => players[place]?.seat ?? 0),
    })),
    turn: end === null ? turnView(state, hand) : null,
    awards: end?.awards ?? null,
  };
}

function turnView(state: State, hand: Hand): Turn | null {
  const { turn } = hand.betting;
  const clock = turnAt(state, hand);
  const may = turn === null ? null : legal(hand.betting, turn);
  const seat = turn === null ? undefined : hand.players[turn]?.seat;
  if (clock === null || may === null || seat === undefined) return null;
  const raise = may.raise === null ? null : { least: chips(may.raise.least), most: chips(may.raise.most) };
  return { seat, toCall: chips(may.toCall), raise, actBy: clock.actBy, bankBy: clock.bankBy };
}

/** The openings of all cards that everybody has been shown. */
function openings({ board, board2, players }: Hand): readonly DealtCard[] {
  const second =
    board2?.filter((card) => !board.some(({ opening }) => opening.position === card.opening.position)) ?? [];
  return [...board, ...second, ...players.flatMap(({ shown, cards }) => (shown ? cards : []))];
}

const NOBODY: Seat = {
  seat: null,
  cards: [],
  holding: null,
  preAction: null,
  bankMs: 0,
  owes: { small: false, big: false },
  posts: false,
  buysButton: false,
  mayBuyButton: false,
  sitsOutNext: false,
  straddles: false,
  runsItTwice: false,
  ordered: chips(0),
  keptUntil: null,
  rejoin: null,
};

/** Seats already computed for a state. The state before an event is the state after the event before it. */
const ownSeats = memoized<State, Map<PlayerId, Seat>>(() => new Map());

export function ownSeat(state: State, player: PlayerId): Seat {
  const known = ownSeats(state);
  const own = known.get(player) ?? makeOwnSeat(state, player);
  known.set(player, own);
  return own;
}

function makeOwnSeat(state: State, player: PlayerId): Seat {
  const seat = seatOf(state, player);
  const sitting = seat === null ? null : (state.seats[seat] ?? null);
  const gone = state.left.find((one) => one.player === player);
  const rejoin =
    gone === undefined ? null : { stack: gone.stack, until: (gone.at + state.config.rejoinMs) as typeof gone.at };
  if (seat === null || sitting === null) return { ...NOBODY, rejoin };
  const place = placeIn(state, player);
  const cards = place === null ? [] : (state.hand?.players[place]?.cards ?? []);
  return {
    seat,
    cards,
    holding: holdingOf(state, cards),
    preAction: sitting.preAction,
    bankMs: sitting.bankMs,
    // A player who comes in at the small blind's seat owes both. (LA 154)
    owes: { small: sitting.owesSmall || (sitting.entering && seat === state.blinds?.big), big: sitting.owesBig },
    posts: sitting.posts,
    buysButton: sitting.buys,
    mayBuyButton: sitting.entering && canBuyButton(state, seat),
    sitsOutNext: sitting.outNext,
    straddles: sitting.straddles,
    runsItTwice: sitting.twice,
    ordered: chips(isBusy(state, player) ? sitting.stack : 0),
    keptUntil: sitting.out ? keptUntil(state, sitting) : null,
    rejoin: null,
  };
}

function holdingOf({ hand }: State, cards: readonly DealtCard[]): string | null {
  const all = [...cards, ...(hand?.board ?? [])].map(({ card }) => card);
  if (cards.length === 0 || hand === null) return null;
  if (all.length >= 5) return CATEGORIES[categoryOf(evaluate(all))] ?? null;
  const [a, b] = cards;
  return a !== undefined && b !== undefined && a.card >> 2 === b.card >> 2 ? "pair" : "high card";
}
