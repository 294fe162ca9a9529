import { useTable } from "./context.tsx";
import { ask } from "./ask.ts";
import { botSeats } from "./buy-in.ts";
import type { PokerLink } from "./context.tsx";

/**
 * Takes a player into a hand with one press: a seat, a posted big blind if a game is on, and bots if nobody else is there.
 * `buyIn` null: for a player who already sits in `seat`.
 */
export function playNow(link: PokerLink, buyIn: number | null, seat?: number): void {
  const view = link.get().known?.view;
  if (view === undefined) return;
  const own = seat ?? view.seats.indexOf(null);
  if (own < 0) return;
  const bots = botSeats(view, own);
  const asks = (): void => {
    for (const one of bots) void ask(link, { type: "addBot", seat: one });
  };
  if (buyIn === null) {
    asks();
    return;
  }
  void ask(link, { type: "sit", seat: own, buyIn, posts: true }).then((answer) => {
    if (answer.ok) asks();
  });
}

/** Whether the visitor is just sitting down. */
export function usePlaying(): boolean {
  return useTable(({ pending }) => pending.some(({ command }) => command.type === "sit"));
}
