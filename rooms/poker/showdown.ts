import { chips, type Ms } from "../game.ts";
import { later } from "../time.ts";
import { CATEGORIES, categoryOf, evaluate, type Strength } from "./evaluate.ts";
import type { EventOf } from "./events.ts";
import { awards, returned, uncontested } from "./hand.ts";
import { potsOf } from "./pots.ts";
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
  const gross = awards(stakes, strengths);
  const shares = raked(state, hand, stakes, gross);
  const shows = last !== null ? [] : toShow(hand, stakes, strengths, gross);
  const won = shares.awards.map(({ pot, board, wins }): AwardView => {
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
    end: { awards: won, rake: shares.rake, back },
    shows,
    nextAt: later(now, state.config.pauseMs),
  };
}

function strengthOf({ players }: Hand, place: number, { folded }: Stake, board: Hand["board"]): Strength | null {
  const cards = players[place]?.cards ?? [];
  return folded ? null : evaluate([...cards, ...board].map(({ card }) => card));
}

type Gross = ReturnType<typeof awards>;

/** The house's part of each pot, up to its cap for the hand; none when no flop was seen. [P16] */
function raked({ config }: State, hand: Hand, stakes: readonly Stake[], gross: Gross): { awards: Gross; rake: number } {
  if (config.rakeX10000 === 0 || config.rakeCap === 0 || hand.board.length === 0) return { awards: gross, rake: 0 };
  let left = config.rakeCap;
  const parts = potsOf(stakes).map((pot) => {
    const part = Math.min(left, Math.floor((pot.chips * config.rakeX10000) / 10_000));
    left -= part;
    return part;
  });
  const owed = [...parts];
  const paid = gross.map((award) => ({
    ...award,
    wins: award.wins.map((win) => {
      const take = Math.min(win.chips, owed[award.pot] ?? 0);
      owed[award.pot] = (owed[award.pot] ?? 0) - take;
      return { ...win, chips: win.chips - take };
    }),
  }));
  return { awards: paid, rake: parts.reduce((sum, part) => sum + part, 0) };
}

/**
 * Who shows, in order: the last to bet or raise on the river, without one the first left of the button, then clockwise; after the
 * first, only who can still win something or beats all that was shown. Hands that are face up already stay so. [P9] (TR 72)
 */
function toShow(
  hand: Hand,
  stakes: readonly Stake[],
  strengths: readonly (readonly (Strength | null)[])[],
  gross: Gross,
): number[] {
  const winners = new Set(gross.flatMap(({ wins }) => wins.map(({ player }) => player)));
  const from = hand.aggressor ?? 0;
  const order = stakes.map((_, i) => (from + i) % stakes.length).filter((place) => stakes[place]?.folded === false);
  const best = (place: number): number => Math.max(...strengths.map((board) => board[place] ?? -1));
  let shown = -1;
  return order.filter((place, i) => {
    const shows = i === 0 || winners.has(place) || best(place) >= shown;
    if (shows) shown = Math.max(shown, best(place));
    return shows;
  });
}
