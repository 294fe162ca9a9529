import { freshClientSeed, hasGiven, markGiven, unmarkGiven } from "../table/client-seed.ts";
import type { CrashLink } from "./context.tsx";

/**
 * Bets from the queue or from a strategy bring no client seed. Once betting is open one is sent for them, unless this page has
 * sent one already.
 */
export function offerWords(link: CrashLink): void {
  const { known, connection } = link.get();
  if (connection !== "live" || known === null || known.seat === null) return;
  const { view, seat } = known;
  const open = view.phase.name === "waiting" || view.phase.name === "betting";
  if (!open || seat.bets.length === 0 || hasGiven(link, view.round)) return;
  // A bet under way carries a seed, or was sent knowing that one was given.
  markGiven(link, view.round);
  void link.send({ type: "clientSeed", value: freshClientSeed() }).then((answer) => {
    if (!answer.ok && answer.code === "not_ready") unmarkGiven(link, view.round);
  });
}
