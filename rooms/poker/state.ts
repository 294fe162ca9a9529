import type { Run } from "./run.ts";
import type { DealtCard } from "../fair/deck.ts";
import type { Chips, Ms, PlayerId } from "../game.ts";
import { later } from "../kit/time.ts";
import type { Lent } from "./house.ts";
import {
  outMsOf,
  type ActView,
  type AwardView,
  type Config,
  type Phase,
  type PreAction,
  type SeatNo,
} from "./types.ts";

/** The state of the table: plain JSON, never changed in place. Private to the server: it has the hole cards. */
export type State = {
  readonly config: Config;
  /** The hand that is on, or comes next; from 1. */
  readonly round: number;
  readonly phase: Phase;
  readonly seats: readonly (Sitting | null)[];
  /** Positions in the last hand; the small blind's and the button's seats may be empty. Null before the first. [P10] */
  readonly blinds: Blinds | null;
  readonly hand: Hand | null;
  /** The values that the deal has changed besides stacks, to be restored if the hand is void. Null: no hand is on. */
  readonly before: Before | null;
  /** Players who wait for a seat. The next free one is offered to the first of them for a while. */
  readonly queue: readonly PlayerId[];
  readonly offer: { readonly player: PlayerId; readonly until: Ms } | null;
  /** Players who left, with their stack, and when. [P13] */
  readonly left: readonly { readonly player: PlayerId; readonly stack: Chips; readonly at: Ms }[];
  /** Chips that house players have brought. Missing: none came yet. */
  readonly lent?: Lent;
};

export type Before = {
  readonly blinds: Blinds | null;
  /** By seat; null: nobody sat there. */
  readonly owed: readonly (Pick<
    Sitting,
    "player" | "entering" | "posts" | "buys" | "owesSmall" | "owesBig" | "orbits"
  > | null)[];
};

export type Blinds = {
  readonly button: SeatNo;
  readonly small: SeatNo;
  readonly big: SeatNo;
  /** The seat that really had the big blind when the button was bought, while its player is there. Missing: `big`. */
  readonly had?: SeatNo;
};

/** A taken seat. */
export type Sitting = {
  readonly player: PlayerId;
  readonly bot: boolean;
  /** Chips outside the current hand: those in it are in `hand.betting`. */
  readonly stack: number;
  /** Came while a game was on, or came back: waits for the big blind unless `posts` or `buys`. */
  readonly entering: boolean;
  readonly posts: boolean;
  readonly buys: boolean;
  readonly out: boolean;
  /** Sits out when the big blind comes round. */
  readonly outNext: boolean;
  readonly owesSmall: boolean;
  readonly owesBig: boolean;
  /** Hands in which the big blind passed while sitting out. */
  readonly orbits: number;
  /** Time-outs in a row. */
  readonly strikes: number;
  readonly bankMs: number;
  readonly preAction: PreAction | null;
  readonly straddles: boolean;
  readonly twice: boolean;
  /** Since when the connection is lost. */
  readonly awaySince: Ms | null;
  /** Since when they sit out. Missing or null: they do not, or it was not noted yet. */
  readonly outSince?: Ms | null;
  /** The connection was lost in this turn, or before it: gives more time to act, also to a player who is back. */
  readonly graced: boolean;
  /** Was dealt in since sitting down: a game that is on may go on with two of these. [P19] */
  readonly played?: boolean;
};

export type Hand = Run<DealtCard> & {
  /** In the order they act after the flop; players in `betting` are indexes in this list. */
  readonly players: readonly Dealt[];
  readonly blinds: Blinds;
  /** False: the small blind is dead. */
  readonly smallPosted: boolean;
  /** The last player to bet or raise on this street. */
  readonly aggressor: number | null;
  /** Nobody can bet any more: hands are face up and the board runs out. */
  readonly faceUp: boolean;
  /** Time of the last act or card. The clock of the player to act counts from here. */
  readonly at: Ms;
  readonly startedAt: Ms;
  readonly log: readonly LogLine[];
  /** Set when it is over. */
  readonly end: End | null;
};

export type Dealt = {
  readonly seat: SeatNo;
  readonly player: PlayerId;
  readonly bot: boolean;
  readonly cards: readonly DealtCard[];
  /** The stack at the deal, before antes and blinds. */
  readonly start: number;
  readonly shown: boolean;
  readonly last: ActView | null;
};

export type End = {
  readonly awards: readonly AwardView[];
  readonly rake: number;
  readonly back: { readonly player: number; readonly chips: number } | null;
};

/** The lines of a hand's history. */
export type LogLine =
  /** The dues: a player with less puts in all of it. */
  | {
      readonly type: "post";
      readonly player: number;
      readonly dead: number;
      readonly live: number;
      readonly what: Posted;
    }
  | { readonly type: "act"; readonly player: number; readonly act: ActView; readonly to: number; readonly by: ActBy }
  | { readonly type: "board"; readonly board: 1 | 2; readonly cards: readonly number[] }
  | { readonly type: "show"; readonly player: number };
export type Posted = "ante" | "small blind" | "big blind" | "straddle" | "missed blinds";
/** The origin of an act: the player, the clock for them, or their pre-action. */
export type ActBy = "player" | "clock" | "preAction";

/** Cards in the board after each street. */
export const BOARD_AFTER = [0, 3, 4, 5] as const;
export const STREETS = ["preflop", "flop", "turn", "river"] as const;
export const STRIKES_MAX = 3;
export const QUEUE_MAX = 50;
export const LEFT_MAX = 100;

export function initial(config: Config): State {
  return {
    config,
    round: 1,
    phase: { name: "waiting" },
    seats: Array.from({ length: config.seats }, () => null),
    blinds: null,
    hand: null,
    before: null,
    queue: [],
    offer: null,
    left: [],
  };
}

export function newcomer(
  player: PlayerId,
  bot: boolean,
  stack: number,
  entering: boolean,
  { timeBankMs }: Config,
): Sitting {
  return {
    player,
    bot,
    stack,
    entering,
    posts: false,
    buys: false,
    out: false,
    outNext: false,
    owesSmall: false,
    owesBig: entering,
    orbits: 0,
    strikes: 0,
    bankMs: timeBankMs,
    preAction: null,
    straddles: false,
    twice: false,
    awaySince: null,
    graced: false,
  };
}

export function seatOf({ seats }: Pick<State, "seats">, player: PlayerId): SeatNo | null {
  const seat = seats.findIndex((sitting) => sitting?.player === player);
  return seat < 0 ? null : seat;
}

/** A player's index in the current hand, folded or not; null when not dealt in. */
export function placeIn({ hand }: Pick<State, "hand">, player: PlayerId): number | null {
  const place = hand?.players.findIndex((one) => one.player === player) ?? -1;
  return place < 0 ? null : place;
}

/** Whether this player has cards in a hand that is not over. */
export function inHand(state: State, player: PlayerId): boolean {
  const place = placeIn(state, player);
  if (place === null || state.hand === null || state.hand.end !== null) return false;
  return state.hand.betting.stakes[place]?.folded === false;
}

/** The chips of a seat that are not bet, in or outside a hand. */
export function stackOf(state: State, seat: SeatNo): number {
  const sitting = state.seats[seat];
  if (sitting === null || sitting === undefined) return 0;
  const place = placeIn(state, sitting.player);
  if (state.hand === null || state.hand.end !== null || place === null) return sitting.stack;
  return state.hand.betting.stakes[place]?.stack ?? 0;
}

/** Seats clockwise, beginning after one. */
export function clockwise(seats: number, after: SeatNo): SeatNo[] {
  return Array.from({ length: seats }, (_, i) => (after + 1 + i) % seats);
}

/** Whether the player was dealt into a hand that is not over: then the stack is in `hand.betting`. */
export function isBusy(state: Pick<State, "hand">, player: PlayerId): boolean {
  return state.hand !== null && state.hand.end === null && placeIn(state, player) !== null;
}

/** While somebody waits for a seat at a full table, a player who sits out keeps theirs no longer than this. [P13] (LA 73) */
const OUT_WHILE_WAITED_MS = 120_000;

/** When a seat is given up, since its player is away, or sits out, for too long. Null: it is not. [P12] [P13] (LA 73) */
export function keptUntil(state: State, { player, bot, awaySince, out, outSince }: Sitting): Ms | null {
  if (bot || isBusy(state, player)) return null;
  const away = awaySince === null ? [] : [later(awaySince, state.config.awayMs)];
  const wanted = state.queue.length > 0 && !state.seats.includes(null);
  const outMs = Math.min(outMsOf(state.config), wanted ? OUT_WHILE_WAITED_MS : Infinity);
  const satOut = !out || outSince == null ? [] : [later(outSince, outMs)];
  const [first] = [...away, ...satOut].sort((a, b) => a - b);
  return first ?? null;
}

/** Whether the player may be dealt in when no hand is on: has chips, and does not sit out. */
export function isCandidate(sitting: Sitting | null | undefined): sitting is Sitting {
  return sitting !== null && sitting !== undefined && !sitting.out && sitting.stack > 0;
}
