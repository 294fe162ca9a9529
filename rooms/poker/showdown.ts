import { chips, type Ms } from "../game.ts";
import type { DealtCard } from "../fair/deck.ts";
import { later } from "../kit/time.ts";
import { CATEGORIES, categoryOf, type Strength } from "./evaluate.ts";
import type { EventOf } from "./events.ts";
import type { Award } from "./hand.ts";
import { settled } from "./run.ts";
import type { Hand, State } from "./state.ts";
import type { AwardView } from "./types.ts";

const plain = (cards: readonly DealtCard[]) => cards.map(({ card }) => card);

/** The end of a hand: hands that are shown, awards, and the rake. [P7] [P8] [P9] [P16] */
export function showdown(state: State, hand: Hand, now: Ms): EventOf<"won"> {
  const { board, board2 } = hand;
  const run = { ...hand, board: plain(board), board2: board2 === null ? null : plain(board2) };
  const { awards, strengths, rake, back } = settled(
    run,
    hand.players.map(({ cards }) => plain(cards)),
    state.config,
  );
  const won = awards.map(({ pot, board: on, wins }): AwardView => {
    const [winner] = wins;
    const strength = winner === undefined ? null : (strengths[on]?.[winner.player] ?? null);
    return {
      pot,
      board: on === 0 ? 1 : 2,
      wins: wins.map(({ player, chips: amount }) => ({ seat: hand.players[player]?.seat ?? 0, chips: chips(amount) })),
      with: strength === null ? null : (CATEGORIES[categoryOf(strength)] ?? null),
    };
  });
  return {
    type: "won",
    end: { awards: won, rake, back },
    shows: strengths.length === 0 ? [] : toShow(hand, strengths, awards),
    nextAt: later(now, state.config.pauseMs),
  };
}

/**
 * The players who show, in order: the last to bet or raise on the river, otherwise the first left of the button, then clockwise;
 * after the first only those who win something or are not beaten so far (TR 72). If somebody is all-in, all show (TR 70). [P9]
 */
function toShow(hand: Hand, strengths: readonly (readonly (Strength | null)[])[], shares: readonly Award[]): number[] {
  const { stakes } = hand.betting;
  const winners = new Set(shares.flatMap(({ wins }) => wins.map(({ player }) => player)));
  const from = hand.aggressor ?? 0;
  const order = stakes.map((_, i) => (from + i) % stakes.length).filter((place) => stakes[place]?.folded === false);
  const best = (place: number): number => Math.max(...strengths.map((board) => board[place] ?? -1));
  if (order.some((place) => stakes[place]?.stack === 0)) return order;
  let shown = -1;
  return order.filter((place, i) => {
    const shows = i === 0 || winners.has(place) || best(place) >= shown;
    if (shows) shown = Math.max(shown, best(place));
    return shows;
  });
}
