import { Store, useStore } from "./store.ts";
import { tellInTitle } from "./title.ts";

/** At which table it is the visitor's turn, as far as this window hears: also from a table they have walked away from. */

const turn = new Store<string | null>(null);

/** Told by the table that `at` names, and by no other, when it is over. */
export function setTurn(at: string, on: boolean): void {
  const next = on ? at : turn.get() === at ? null : turn.get();
  if (next === turn.get()) return;
  tellInTitle(next === null ? null : "Your turn");
  turn.set(next);
}

/** The room's name; null: it is not their turn anywhere. */
export function useTurn(): string | null {
  return useStore(turn);
}
