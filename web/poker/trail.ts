import { fold, foldSeat, VERSION } from "../../rooms/poker/fold.ts";
import type { Seat, PublicDelta, PrivateDelta, View } from "../../rooms/poker/types.ts";

/**
 * The game's fold, which also remembers how each view was made from the one before. The scene uses this to show the steps one by
 * one when several arrived at once.
 */

export type Step = { readonly shown: PublicDelta; readonly view: View };

const from = new WeakMap<View, { readonly before: View; readonly shown: PublicDelta }>();
/** With more steps than this at once, the scene jumps. */
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

/** The steps from one view to a later one, oldest first; they are forgotten afterwards. Null: no path is known. */
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
