import { BOARD_CARDS, HOLE_CARDS, type Card } from "./cards.ts";
import { evaluate, type Strength } from "./evaluate.ts";
import { awards, returned, uncontested, type Award } from "./hand.ts";
import { rakeOf, type Rake } from "./rake.ts";
import { nextStreet, type Betting } from "./street.ts";

/**
 * A hand from its blinds to its payout: betting and boards together. The table, the verifier, the replayer and the tests' oracle
 * all run hands by this. A board's cards may come with their proofs, or without.
 */
export type Run<C = unknown> = {
  readonly betting: Betting;
  /** 0 before the flop, 3 on the river. */
  readonly street: number;
  readonly board: readonly C[];
  readonly board2: readonly C[] | null;
};

/** Deals the next street to the (first) board, and starts its betting. */
export const opened = <C, R extends Run<C>>(run: R, cards: readonly C[]): R => ({
  ...run,
  betting: nextStreet(run.betting),
  street: run.street + 1,
  board: [...run.board, ...cards],
});

/** Whether only the payout is left. */
export function over({ betting, street, board2 }: Run): boolean {
  if (uncontested(betting) !== null) return true;
  return betting.turn === null && street === 3 && (board2 === null || board2.length === BOARD_CARDS);
}

export type Settled = {
  readonly stacks: readonly number[];
  readonly awards: readonly Award[];
  readonly back: ReturnType<typeof returned>["back"];
  readonly rake: number;
  /** The strength of each player on each board; null: folded, or not shown. Empty when only one player is left. */
  readonly strengths: readonly (readonly (Strength | null)[])[];
};

/** The result of a hand. A player without cards here has not shown them, and wins only when nobody else is left. */
export function settled(
  { betting: last, board, board2 }: Run<Card>,
  holes: readonly (readonly Card[] | null)[],
  rake: Rake,
): Settled {
  const { betting, back } = returned(last);
  const { stakes } = betting;
  const boards = uncontested(betting) !== null ? [] : [board, ...(board2 === null ? [] : [board2])];
  const strengths = boards.map((cards) =>
    stakes.map(({ folded }, i) => {
      const hole = holes[i] ?? null;
      return folded || hole === null || hole.length !== HOLE_CARDS ? null : evaluate([...hole, ...cards]);
    }),
  );
  const parts = rakeOf(rake, board.length > 0, stakes);
  const shares = awards(stakes, strengths, parts);
  const stacks = stakes.map(({ stack }) => stack);
  for (const { player, chips } of shares.flatMap(({ wins }) => wins)) stacks[player] = (stacks[player] ?? 0) + chips;
  return { stacks, awards: shares, back, rake: parts.reduce((sum, part) => sum + part, 0), strengths };
}
