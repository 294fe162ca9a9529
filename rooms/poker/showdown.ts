import { chips, type Ms } from "../game.ts";
import { later } from "../kit/time.ts";
import { CATEGORIES, categoryOf, evaluate, type Strength } from "./evaluate.ts";
import type { EventOf } from "./events.ts";
import { awards, returned, uncontested, type Award } from "./hand.ts";
import { rakeOf } from "./rake.ts";
import type { Hand, State } from "./state.ts";
import type { Stake } from "./street.ts";
import type { AwardView } from "./types.ts";

/** The end of a hand: who has to show, who wins what, and the house's part. [P7] [P8] [P9] [P16] */
export function showdown(state: State, hand: Hand, now: Ms): EventOf<"won"> {
  const { betting, back } = returned(hand.betting);
  const { stakes } = betting;
  const last = uncontested({ stakes });
  const boards = [hand.board, ...(hand.board2 === null ? [] : [hand.board2])];
  const strengths =
    last !== null ? [] : boards.map((board) => stakes.map((stake, i) => strengthOf(hand, i, stake, board)));
  const rake = rakeOf(state.config, hand.board.length > 0, stakes);
  const shares = awards(stakes, strengths, rake);
  const shows = last !== null ? [] : toShow(hand, stakes, strengths, shares);
  const won = shares.map(({ pot, board, wins }): AwardView => {
    const [winner] = wins;
    const strength = winner === undefined ? null : (strengths[board]?.[winner.player] ?? null);
    return {
      pot,
      board: board === 0 ? 1 : 2,
      wins: wins.map(({ player, chips: amount }) => ({ seat: hand.players[player]?.seat ?? 0, chips: chips(amount) })),
      with: strength === null ? null : (CATEGORIES[categoryOf(strength)] ?? null),
    };
  });
  return {
    type: "won",
    end: { awards: won, rake: rake.reduce((sum, part) => sum + part, 0), back },
    shows,
    nextAt: later(now, state.config.pauseMs),
  };
}

function strengthOf({ players }: Hand, place: number, { folded }: Stake, board: Hand["board"]): Strength | null {
  const cards = players[place]?.cards ?? [];
  return folded ? null : evaluate([...cards, ...board].map(({ card }) => card));
}

/**
 * The order in which players show: the last to bet or raise on the river, without one the first left of the button, then clockwise; after the
 * first, only who can still win something or beats all that was shown (TR 72). With somebody all-in everybody does (TR 70). [P9]
 */
function toShow(
  hand: Hand,
  stakes: readonly Stake[],
  strengths: readonly (readonly (Strength | null)[])[],
  shares: readonly Award[],
): number[] {
  const winners = new Set(shares.flatMap(({ wins }) => wins.map(({ player }) => player)));
  const from = hand.aggressor ?? 0;
  const order = stakes.map((_, i) => (from + i) % stakes.length).filter((place) => stakes[place]?.folded === false);
  const best = (place: number): number => Math.max(...strengths.map((board) => board[place] ?? -1));
  if (order.some((place) => hand.betting.stakes[place]?.stack === 0)) return order;
  let shown = -1;
  return order.filter((place, i) => {
    const shows = i === 0 || winners.has(place) || best(place) >= shown;
    if (shows) shown = Math.max(shown, best(place));
    return shows;
  });
}
