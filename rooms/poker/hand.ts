import { paid, turnFrom, uncalled, type Betting, type Stake } from "./street.ts";
import { potsOf, split, type Pot } from "./pots.ts";
import type { Strength } from "./evaluate.ts";

/** One hand from the blinds to the payout, as arithmetic: the posts, and the awards. No cards, no clocks, no seats. */

/**
 * A player's posts before the cards, in this order as far as the stack goes. The ante and the dead part go into the pot at once,
 * the live part is a bet. (LA 154-156) A player who cannot pay the whole ante can win only as much of the others'.
 */
export type Post = { readonly ante?: number; readonly dead: number; readonly live: number };

/** Players in the order they act after the flop. Nobody posts more than the stack. */
export function begin(
  stacks: readonly number[],
  posts: readonly Post[],
  table: { readonly bigBlind: number; readonly price: number; readonly first: number; readonly raise?: number },
): Betting {
  const stakes = stacks.map((stack, i): Stake => {
    const { ante = 0, dead = 0, live = 0 } = posts[i] ?? {};
    const first = Math.min(ante, stack);
    const down = Math.min(dead, stack - first);
    const put = first + down;
    const start: Stake = { stack: stack - put, bet: 0, put, folded: false, acted: false };
    return paid(down === 0 ? start : { ...start, dead: down }, Math.min(live, start.stack));
  });
  const { bigBlind, price, first } = table;
  return turnFrom({ stakes, price, raise: table.raise ?? bigBlind, bigBlind, turn: null }, first);
}

/** The one player who is left, so that the hand ends without a showdown; null: there are more. */
export function uncontested({ stakes }: Pick<Betting, "stakes">): number | null {
  const left = stakes.flatMap(({ folded }, i) => (folded ? [] : [i]));
  return left.length === 1 ? (left[0] ?? null) : null;
}

/** Whether the rest of the board is dealt without betting: nobody owes, and at most one could still bet. (TR 70) */
export function runsOut({ stakes, turn }: Betting): boolean {
  return turn === null && stakes.filter(({ folded, stack }) => !folded && stack > 0).length < 2;
}

/** Returns the uncalled part of a bet to the player who made it. (P7) */
export function returned(betting: Betting): { readonly betting: Betting; readonly back: ReturnType<typeof uncalled> } {
  const back = uncalled(betting);
  if (back === null) return { betting, back };
  const one = betting.stakes[back.player] as Stake;
  const rest = { ...one, stack: one.stack + back.chips, bet: one.bet - back.chips, put: one.put - back.chips };
  return { betting: { ...betting, stakes: betting.stakes.with(back.player, rest) }, back };
}

/** One pot on one board. */
export type Award = {
  readonly pot: number;
  readonly board: number;
  readonly wins: readonly { readonly player: number; readonly chips: number }[];
};

/**
 * The winners of each pot, the last side pot first. `boards` has, for each board, every player's strength on it (null: folded, or
 * not shown and so out of it). More than one board: each has its share of every pot, odd chips with the first. (LA 215) With one
 * player left no strength is needed. `rake`: the rake that is taken from each pot before.
 */
export function awards(
  stakes: readonly Stake[],
  boards: readonly (readonly (Strength | null)[])[],
  rake: readonly number[] = [],
): readonly Award[] {
  const pots = potsOf(stakes).map((pot, n): Pot => ({ ...pot, chips: pot.chips - (rake[n] ?? 0) }));
  const last = uncontested({ stakes });
  if (last !== null)
    return pots.map(({ chips }, pot) => ({ pot, board: 0, wins: [{ player: last, chips }] })).reverse();
  return pots
    .flatMap((pot, n) =>
      shares(pot, boards.length).map((chips, board) => award(pot, n, board, chips, boards[board] ?? [])),
    )
    .reverse();
}

function shares({ chips }: Pot, boards: number): number[] {
  const each = Math.floor(chips / boards);
  return Array.from({ length: boards }, (_, i) => (i === 0 ? chips - each * (boards - 1) : each));
}

function award(pot: Pot, n: number, board: number, chips: number, strengths: readonly (Strength | null)[]): Award {
  const best = Math.max(...pot.eligible.map((player) => strengths[player] ?? -1));
  const winners = pot.eligible.filter((player) => (strengths[player] ?? -1) === best);
  return { pot: n, board, wins: split(chips, winners) };
}
