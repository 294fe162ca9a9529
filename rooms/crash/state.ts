import { chips, type Chips, type Ms, type PlayerId } from "../game.ts";
import { placeIn, type Places } from "../kit/places.ts";
import { emptyBoard } from "./board.ts";
import type { Bet, BetId, Board, Config, Flight, Phase, Plan, Result, Strategy, View, X100 } from "./types.ts";

/** The state of the lobby: plain JSON, never changed in place. Private to the server: `running` has the bust point. */
export type State = Places<Place> & {
  readonly config: Config;
  /** The round that takes bets, or that is in the air; from 1. */
  readonly round: number;
  readonly phase: Exclude<Phase, { name: "running" }> | Running;
  readonly nextBet: BetId;
  readonly board: Board;
  /** Profits of this round's bets, and of those queued for the next, at the lowest force point that is allowed. [C8] */
  readonly risk: { readonly now: number; readonly next: number };
  readonly last: View["last"];
  /** Newest first. */
  readonly history: readonly Flight[];
};

export type Running = {
  readonly name: "running";
  readonly startedAt: Ms;
  readonly bustX100: X100;
  /** Where the exposure limit or the ceiling ends the flight, as last computed. */
  readonly forceX100: X100;
  /** When the curve reaches the lower of the two. */
  readonly endAt: Ms;
  /** The distinct targets of this flight, lowest first; how many of them are met; and when the curve reaches the next. */
  readonly targets: readonly X100[];
  readonly met: number;
  readonly metAt: Ms | null;
};

/** The lobby's data about one player. */
export type Place = {
  readonly player: PlayerId;
  readonly round: number;
  /** This round's bets, with what they were paid. */
  readonly bets: readonly Bet[];
  readonly queued: readonly Bet[];
  readonly strategy: Strategy | null;
  readonly plan: Plan | null;
  readonly stopped: string | null;
  readonly last: Result | null;
};

export const HISTORY_MAX = 50;
/** Most bets of a player in one round. [C7] */
export const BETS_MAX = 2;

export function initial(config: Config): State {
  return {
    config,
    round: 1,
    phase: { name: "waiting" },
    nextBet: 1,
    places: [],
    index: {},
    board: emptyBoard,
    risk: { now: 0, next: 0 },
    last: null,
    history: [],
  };
}

export function placeOf(state: State, player: PlayerId): Place | undefined {
  return placeIn(state, player);
}

export function stranger(player: PlayerId): Place {
  return { player, round: 0, bets: [], queued: [], strategy: null, plan: null, stopped: null, last: null };
}

/** Whether bets that are placed now are for the open round, not for the next. */
export function isOpen({ phase }: State): boolean {
  return phase.name === "waiting" || phase.name === "betting";
}

/** The round of a bet that is placed now. While a crash is shown, `round` is the next one already. */
export function nextRound({ phase, round }: State): number {
  return phase.name === "running" ? round + 1 : round;
}

export function inAir(bets: readonly Bet[]): readonly Bet[] {
  return bets.filter(({ out }) => out === null);
}

export function stakeOf(bets: readonly Bet[]): number {
  return bets.reduce((sum, { amount }) => sum + amount, 0);
}

export function paidOf(bets: readonly Bet[]): number {
  return bets.reduce((sum, { out }) => sum + (out?.paid ?? 0), 0);
}

/** Chips of a player that the game holds: bets in the air or waiting for the start, and queued ones. */
export function heldOf({ bets, queued }: Place): Chips {
  return chips(stakeOf(inAir(bets)) + stakeOf(queued));
}
