import { chips } from "../game.ts";
import { byAmount, foldBoard, TOP_MAX, type BetsStep, type OutsStep } from "./board.ts";
import type { EventOf } from "./events.ts";
import { paidOf, placeOf, stakeOf, type State } from "./state.ts";
import type { BetId, Board, Entry, Out, X100 } from "./types.ts";

/** How events change the live list in the state. */

/** The list after a bet or a cash-out, by the same delta that everybody gets. */
export function boardAfter(state: State, event: EventOf<"placed" | "cancelled" | "cashedOut" | "targetsMet">): Board {
  const step = event.type === "placed" || event.type === "cancelled" ? betsStep(state, event) : outsStep(state, event);
  return step === null ? state.board : foldBoard(state.board, step);
}

/** Builds the list from all bets of the round. */
export function boardOf({ places }: Pick<State, "places">): Board {
  const all = entriesOf(places);
  const bets = places.flatMap((place) => place.bets);
  return {
    top: all.sort(byAmount).slice(0, TOP_MAX),
    players: places.filter((place) => place.bets.length > 0).length,
    bets: bets.length,
    staked: chips(stakeOf(bets)),
    out: bets.filter((bet) => bet.out !== null).length,
    paid: chips(paidOf(bets)),
  };
}

export function entriesOf(places: State["places"]): Entry[] {
  return places.flatMap(({ player, bets }) =>
    bets.map(({ id, amount, out }): Entry => ({ player, bet: id, amount, outX100: out?.x100 ?? null })),
  );
}

/** Null for a queued bet: it is not on the list yet. */
export function betsStep(state: State, event: EventOf<"placed" | "cancelled">): BetsStep | null {
  const { board } = state;
  const mine = placeOf(state, event.player)?.bets ?? [];
  if (event.type === "placed") {
    const { id, amount } = event.bet;
    const lowest = board.top.at(-1);
    const fits = board.top.length < TOP_MAX || lowest === undefined || byAmount({ amount, bet: id }, lowest) < 0;
    return {
      type: "bets",
      put: fits ? [[event.player, id, amount]] : [],
      drop: fits && board.top.length >= TOP_MAX && lowest !== undefined ? [lowest.bet] : [],
      players: board.players + (mine.length === 0 ? 1 : 0),
      bets: board.bets + 1,
      staked: chips(board.staked + amount),
    };
  }
  const bet = mine.find(({ id }) => id === event.bet);
  if (bet === undefined) return null;
  const listed = board.top.some((line) => line.bet === bet.id);
  const next = listed ? successor(state) : undefined;
  return {
    type: "bets",
    put: next === undefined ? [] : [[next.player, next.bet, next.amount]],
    drop: listed ? [bet.id] : [],
    players: board.players - (mine.length === 1 ? 1 : 0),
    bets: board.bets - 1,
    staked: chips(board.staked - bet.amount),
  };
}

/** The largest bet that is not on the list. */
function successor({ places, board }: State): Entry | undefined {
  if (board.bets <= board.top.length) return undefined;
  const listed = new Set(board.top.map(({ bet }) => bet));
  let best: Entry | undefined;
  for (const entry of entriesOf(places)) {
    if (!listed.has(entry.bet) && (best === undefined || byAmount(entry, best) < 0)) best = entry;
  }
  return best;
}

/** Null when nobody was paid: targets whose bets were cashed out by hand before. */
export function outsStep({ board }: State, event: EventOf<"cashedOut" | "targetsMet">): OutsStep | null {
  const outs: readonly (readonly [BetId, Out])[] =
    event.type === "cashedOut" ? [[event.bet, event.out]] : Object.values(event.outs).flat();
  if (outs.length === 0) return null;
  const listed = new Set(board.top.map(({ bet }) => bet));
  const top = outs.filter(([bet]) => listed.has(bet)).map(([bet, { x100 }]): readonly [BetId, X100] => [bet, x100]);
  const paid = outs.reduce((sum, [, out]) => sum + out.paid, 0);
  return { type: "outs", top, out: board.out + outs.length, paid: chips(board.paid + paid) };
}
