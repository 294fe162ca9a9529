import { Store, useStore } from "./store.ts";
import { tellInTitle } from "./title.ts";

/** The table at which it is the visitor's turn, also while they are on another page. */

const turn = new Store<string | null>(null);

/** A table can only clear its own turn. `at`: the room's name. */
export function setTurn(at: string, on: boolean): void {
  const next = on ? at : turn.get() === at ? null : turn.get();
  if (next === turn.get()) return;
  tellInTitle(next === null ? null : "Your turn");
  turn.set(next);
}

/** The room's name; null: no table waits for the visitor. */
export function useTurn(): string | null {
  return useStore(turn);
}
