import { Signal, useSignal } from "../ui/store.ts";

/**
 * This page's memory of the last round that the visitor had chips in, as its own socket saw it: pages that read what was counted
 * ask for it to be in, and the page about the house follows what it caused.
 */

/** A step of the room's journal, and when this browser saw it, by the room's clock (epoch milliseconds). */
export type Sight = { readonly seq: number; readonly at: number };

export type Played = {
  /** `<game>:<id>`. */
  readonly room: string;
  readonly round: number;
  readonly player: string;
  /** The first commit that had the visitor's chips in it; null: this page came later. */
  readonly bet: Sight | null;
  /** Null: it is still on. */
  readonly settled: Sight | null;
};

let last: Played | null = null;
/** The round that was settled last: what `after` asks for. */
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

/** As `after` takes it, for this player: `roulette:main/12`. Null: they have played nothing since the page was loaded. */
export function afterNow(player: string | null): string | null {
  return done === null || done.player !== player ? null : `${done.room}/${done.round}`;
}

/** How the visitor stands at a table. */
export type Standing = {
  /** The round that has chips of theirs in it. */
  readonly open: number | null;
  /** The last round that was settled with chips of theirs in it. */
  readonly settled: number | null;
  /** The commit that this is as of. */
  readonly seq: number;
};

/**
 * From the table, with each step; `first`: this is how it was found. What is public and what is one's own travel apart, so a round
 * that had our chips is over when it is said to be, and not when the next one opens.
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
  // Bets that were taken back before the close.
  if (mine !== null && !over && open === null) last = null;
  if ((mine === null || over) && open !== null && open !== settled) {
    const known = last?.room === room && last.player === player && last.round === open;
    if (!known) last = { room, round: open, player, bet: first ? null : { seq, at }, settled: null };
  }
  if (last !== before) changed.tell();
}
