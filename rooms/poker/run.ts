import { BOARD_CARDS, HOLE_CARDS, type Card } from "./cards.ts";
import { evaluate, type Strength } from "./evaluate.ts";
import { awards, returned, uncontested, type Award } from "./hand.ts";
import { rakeOf, type Rake } from "./rake.ts";
import { nextStreet, type Betting } from "./street.ts";

/**
 * A hand from its blinds to its pay-out: betting and boards together. The table, the verifier, the replayer and the oracle run every
 * hand by this. A board's cards may be with what proves them, or without.
 */
export type Run<C = unknown> = {
  readonly betting: Betting;
  /** 0 before the flop, 3 on the river. */
  readonly street: number;
  readonly board: readonly C[];
  readonly board2: readonly C[] | null;
};

/** The next street is on the (first) board, and betting begins anew. */
export const opened = <C, R extends Run<C>>(run: R, cards: readonly C[]): R => ({
  ...run,
  betting: nextStreet(run.betting),
  street: run.street + 1,
  board: [...run.board, ...cards],
});

/** Whether nothing is left to be done but to pay. */
export function over({ betting, street, board2 }: Run): boolean {
  if (uncontested(betting) !== null) return true;
  return betting.turn === null && street === 3 && (board2 === null || board2.length === BOARD_CARDS);
}

export type Settled = {
  readonly stacks: readonly number[];
  readonly awards: readonly Award[];
  readonly back: ReturnType<typeof returned>["back"];
  readonly rake: number;
  /** What each had on each board; null: folded, or not shown. With one player left, of no board. */
  readonly strengths: readonly (readonly (Strength | null)[])[];
};

/** Who wins what. A player without cards here has not shown them, and wins only when nobody else is left. */
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
