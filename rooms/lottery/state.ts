import { chips, type Chips, type Ms, type PlayerId } from "../game.ts";
import type { Config, Result, Started, Sums, Ticket, Waiting } from "./types.ts";

/** A lottery's state: the draw that takes tickets, the one that is started, and the finished ones. */

export const HISTORY_MAX = 50;
/** Shares are in parts of this: basis points. */
export const WHOLE = 10_000;

export type Gathering = {
  readonly tickets: readonly Ticket[];
  readonly players: number;
  readonly stakes: number;
  readonly weight: number;
  readonly endsAt: Ms | null;
};

export type Drawing = Omit<Gathering, "endsAt"> & {
  readonly root: string;
  readonly prize: Chips;
  readonly at: Ms;
  readonly drawsAt: Ms;
  /** The rest that earlier draws had left over when this one took it. */
  readonly carriedIn: number;
};

export type State = {
  readonly config: Config;
  readonly round: number;
  readonly waiting: Gathering;
  readonly started: Drawing | null;
  /** The rest that the draws so far left over, in ten-thousandths of a minor unit: below 10,000. */
  readonly carry: number;
  readonly history: readonly Result[];
};

export const noTickets: Gathering = { tickets: [], players: 0, stakes: 0, weight: 0, endsAt: null };

export function initial(config: Config): State {
  return { config, round: 1, waiting: noTickets, started: null, carry: 0, history: [] };
}

/** The number of the draw that takes tickets. */
export const waitingDraw = ({ round, started }: State): number => (started === null ? round : round + 1);

/**
 * A share of stakes in whole minor units, and the rest in ten-thousandths, with what was carried over. Exact for any safe
 * integer: the product of stakes and share is never formed as a whole.
 */
export function shareOf(stakes: number, share: number, carry: number): { prize: Chips; rest: number } {
  const parts = (stakes % WHOLE) * share + carry;
  return { prize: chips(Math.floor(stakes / WHOLE) * share + Math.floor(parts / WHOLE)), rest: parts % WHOLE };
}

export function prizeOf({ config, waiting, carry }: State): Chips {
  return shareOf(waiting.stakes, config.prizeShare, carry).prize;
}

const sumsOf = (draw: number, of: Omit<Gathering, "endsAt">, prize: Chips): Sums => ({
  draw,
  players: of.players,
  tickets: of.tickets.length,
  stakes: of.stakes,
  weight: of.weight,
  prize,
});

export function waitingOf(state: State): Waiting {
  return { ...sumsOf(waitingDraw(state), state.waiting, prizeOf(state)), endsAt: state.waiting.endsAt };
}

export function startedOf({ round, started }: State): Started | null {
  if (started === null) return null;
  const { root, at, drawsAt, prize } = started;
  return { ...sumsOf(round, started, prize), root, at, drawsAt };
}

/** The players who have a ticket among these. */
export function holders(tickets: readonly Ticket[]): readonly PlayerId[] {
  return [...new Set(tickets.map(({ player }) => player))];
}
