import { Signal, useSignal } from "../ui/store.ts";

/**
 * Remembers the last round that the visitor had chips in, as seen on this page's own socket. Statistics pages ask that it be
 * counted, and the architecture page follows its traces.
 */

/** A sequence number of the room's journal, and when this browser saw it, by the room's clock (epoch milliseconds). */
export type Sight = { readonly seq: number; readonly at: number };

export type Played = {
  /** `<game>:<id>`. */
  readonly room: string;
  readonly round: number;
  readonly player: string;
  /** The first commit with the visitor's chips; null: the page was opened later. */
  readonly bet: Sight | null;
  /** Null: not settled yet. */
  readonly settled: Sight | null;
};

let last: Played | null = null;
/** The round that was settled last, for `after`. */
let done: Played | null = null;
const changed = new Signal();

export function usePlayed(): Played | null {
  return useSignal(changed, playedNow);
}

export function playedNow(): Played | null {
  return last;
}

export function useAfter(player: string | null): string | null {
  return useSignal(changed, () => afterNow(player));
}

/** The value of `after` for this player: `roulette:main/12`. Null: they have not finished a round since page load. */
export function afterNow(player: string | null): string | null {
  return done === null || done.player !== player ? null : `${done.room}/${done.round}`;
}

/** A player's rounds at a table. */
export type Standing = {
  /** The current round with chips of the player. */
  readonly open: number | null;
  /** The last settled round with chips of the player. */
  readonly settled: number | null;
  /** The sequence number of the commit that these values are from. */
  readonly seq: number;
};

/**
 * Called by the table after each frame; `first`: for the state at page load. Public and private frames travel apart, so a round
 * with the visitor's chips counts as settled when `settled` says so, and not when the next round opens.
 */
export function notePlayed(
  room: string,
  player: string,
  { open, settled, seq }: Standing,
  at: number,
  first: boolean,
): void {
  const before = last;
  const mine = last !== null && last.room === room && last.player === player && last.settled === null ? last : null;
  const over = mine !== null && settled !== null && settled >= mine.round;
  if (mine !== null && over) {
    last = { ...mine, settled: { seq, at } };
    done = last;
  }
  // All bets were taken back before betting closed.
  if (mine !== null && !over && open === null) last = null;
  if ((mine === null || over) && open !== null && open !== settled) {
    const known = last?.room === room && last.player === player && last.round === open;
    if (!known) last = { room, round: open, player, bet: first ? null : { seq, at }, settled: null };
  }
  if (last !== before) changed.tell();
}
