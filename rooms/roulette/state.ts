import type { PlayerId } from "../game.ts";
import { placeIn, type Places } from "../kit/places.ts";
import { emptyStacks, type Stacks } from "./stacks.ts";
import { pocketsOf } from "./wheel.ts";
import type { Auto, Bet, Config, Phase, Pocket, Seat, View } from "./types.ts";

/** The state of the table: plain JSON, never changed in place. */
export type State = Places<Place> & {
  readonly config: Config;
  /** The round that takes bets, or that is being played; from 1. */
  readonly round: number;
  readonly phase: Phase;
  readonly felt: Felt;
  /** Results, newest first. */
  readonly history: readonly Pocket[];
  readonly last: View["last"];
};

/** Everyone's chips together. */
export type Felt = {
  readonly totals: Stacks;
  /**
   * The profits that the house would pay, by pocket in the order of the draw: for each bet that wins there, the return less its
   * own stake. Losing stakes are not deducted, so a bet that is taken back can only lower them.
   */
  readonly profits: readonly number[];
  readonly players: number;
  readonly staked: number;
};

/** The table's data about one player. */
export type Place = {
  readonly player: PlayerId;
  readonly slip: Slip | null;
  /** The bets of the last settled round this player played. */
  readonly last: readonly Bet[];
  readonly auto: Auto | null;
  readonly paid: Seat["paid"];
  /** The round of this player's last bet. Those who bet longest ago are forgotten first. */
  readonly round: number;
};

/** A player's chips in this round. A player without chips has no slip. */
export type Slip = {
  readonly stacks: Stacks;
  readonly staked: number;
  /** The bets of each action that can be taken back, oldest first; at most one less than `UNDO_MAX`. */
  readonly steps: readonly (readonly Bet[])[];
  /** Chips of the actions before those; one last undo takes them all back. */
  readonly older: number;
};

export const UNDO_MAX = 50;
export const HISTORY_MAX = 500;
export const WINNERS_MAX = 10;

export function initial(config: Config): State {
  return {
    config,
    round: 1,
    phase: { name: "waiting" },
    felt: emptyFelt(config),
    index: {},
    places: [],
    history: [],
    last: null,
  };
}

export function emptyFelt({ wheel }: Config): Felt {
  return { totals: emptyStacks(wheel), profits: pocketsOf(wheel).map(() => 0), players: 0, staked: 0 };
}

/** A player's place; undefined for a player the table does not know. */
export function placeOf(state: State, player: PlayerId): Place | undefined {
  return placeIn(state, player);
}

export function slipOf(state: State, player: PlayerId): Slip | null {
  return placeOf(state, player)?.slip ?? null;
}

/** Whether bets are taken, unless the table is paused. [R4] */
export function isOpen(state: State): boolean {
  return state.phase.name === "waiting" || state.phase.name === "open";
}

/** How many steps `undo` can take back. */
export function undosOf(slip: Slip | null): number {
  return slip === null ? 0 : slip.steps.length + (slip.older > 0 ? 1 : 0);
}
