import { Store, useStore } from "../ui/store.ts";

/** What the personal socket says for the player's own good: how it stands, every so often as they asked. */

/** `minutes` at the tables in this session; `net`: what came back less what was staked, as the tables have told. */
export type Reality = { readonly minutes: number; readonly staked: number; readonly net: number };

const reality = new Store<Reality | null>(null);

/** A later one takes the place of one that was not read. Null: it was read. */
export function setReality(next: Reality | null): void {
  reality.set(next);
}

export function useReality(): Reality | null {
  return useStore(reality);
}

// ---- limits ----

let onLimits: (frame: object) => void = () => {};

/** Whoever shows limits hears of changes as the socket tells them. */
export function hearLimits(listener: (frame: object) => void): void {
  onLimits = listener;
}

export function limitsChanged(frame: object): void {
  onLimits(frame);
}
