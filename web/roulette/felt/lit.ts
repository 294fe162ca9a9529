import type { Pocket } from "../../../rooms/roulette/types.ts";
import { Store, useSignal } from "../../ui/store.ts";

/** The numbers covered by the spot that is pointed at, highlighted wherever numbers are drawn. */

const NONE: ReadonlySet<Pocket> = new Set();
const lit = new Store(NONE);

export function light(pockets: readonly Pocket[] | null): void {
  lit.set(pockets === null ? NONE : new Set(pockets));
}

export function useLit(pocket: Pocket | null): boolean {
  return useSignal(lit, () => pocket !== null && lit.get().has(pocket));
}
