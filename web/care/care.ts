import { Store, useStore } from "../ui/store.ts";

/** Responsible-play messages from the personal socket: reality checks at the interval the player chose, and limits. */

/** `minutes`: time at tables in this session. `net`: returned less staked, as reported by the tables. */
export type Reality = { readonly minutes: number; readonly staked: number; readonly net: number };

const reality = new Store<Reality | null>(null);

/** A later check replaces one that was not read yet. Null: it was read. */
export function setReality(next: Reality | null): void {
  reality.set(next);
}

export function useReality(): Reality | null {
  return useStore(reality);
}

// ---- limits ----

let onLimits: (frame: object) => void = () => {};

/** Registers the listener for changes of limits. */
export function hearLimits(listener: (frame: object) => void): void {
  onLimits = listener;
}

export function limitsChanged(frame: object): void {
  onLimits(frame);
}
