import { fold, foldSeat, VERSION } from "../../rooms/poker/fold.ts";
import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/poker/types.ts";

/**
 * The game's fold, which remembers how each view came from the one before. Whoever draws the table can so go the way that the
 * hand went, step by step, when several steps came at once.
 */

export type Step = { readonly shown: PublicDelta; readonly view: View };

const from = new WeakMap<View, { readonly before: View; readonly shown: PublicDelta }>();
/** More steps than this at once are not worth watching. */
const STEPS_MAX = 60;

export const folds = {
  version: VERSION,
  deltas: {
    fold(view: View, shown: PublicDelta): View {
      const next = fold(view, shown);
      from.set(next, { before: view, shown });
      return next;
    },
    foldSeat: (mine: Seat, told: PrivateDelta): Seat => foldSeat(mine, told),
  },
};

/** What led from one view to a later one, oldest first, and forgets it; null when there is no such way. */
export function stepsBetween(start: View, end: View): readonly Step[] | null {
  const steps: Step[] = [];
  let view = end;
  while (view !== start) {
    const step = from.get(view);
    if (step === undefined || steps.length >= STEPS_MAX) return null;
    from.delete(view);
    steps.push({ shown: step.shown, view });
    view = step.before;
  }
  return steps.reverse();
}
