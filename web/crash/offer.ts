import { freshClientSeed, hasGiven, markGiven, unmarkGiven } from "../table/client-seed.ts";
import type { CrashLink } from "./context.tsx";

/**
 * A bet that came into the round from the queue or from a strategy brought no words: they are given once betting is open, if this
 * page has not given any.
 */
export function offerWords(link: CrashLink): void {
  const { known, connection } = link.get();
  if (connection !== "live" || known === null || known.seat === null) return;
  const { view, seat } = known;
  const open = view.phase.name === "waiting" || view.phase.name === "betting";
  if (!open || seat.bets.length === 0 || hasGiven(link, view.round)) return;
  // A bet that is on its way has them along, or knew that they were given.
  markGiven(link, view.round);
  void link.send({ type: "clientSeed", value: freshClientSeed() }).then((answer) => {
    if (!answer.ok && answer.code === "not_ready") unmarkGiven(link, view.round);
  });
}
