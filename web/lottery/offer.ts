import { Signal, useSignal } from "../ui/store.ts";
import { freshClientSeed, hasGiven, markGiven, unmarkGiven } from "../table/client-seed.ts";
import type { LotteryLink } from "./context.tsx";

/** Sends a client seed to a draw that has started, once, from every page whose player has a ticket in it. [L6] */

export type Given = { readonly draw: number; readonly value: string; readonly taken: boolean };

const given = new WeakMap<LotteryLink, Given>();
const changed = new Signal();

export function offerWords(link: LotteryLink): void {
  const { known, connection } = link.get();
  const draw = known?.view.started?.draw;
  if (connection !== "live" || draw === undefined || known?.seat?.started == null || hasGiven(link, draw)) return;
  markGiven(link, draw);
  const value = freshClientSeed();
  note(link, { draw, value, taken: false });
  void link.send({ type: "clientSeed", value }).then((answer) => {
    if (answer.ok) note(link, { draw, value, taken: true });
    else if (answer.code === "not_ready") unmarkGiven(link, draw);
    // Given already, by another window or before a reload.
    else if (answer.code === "entropy_given") note(link, { draw, value: "", taken: true });
  });
}

function note(link: LotteryLink, next: Given): void {
  given.set(link, next);
  changed.tell();
}

/** The client seed that this page gave to the draw; null: none. */
export function useGiven(link: LotteryLink, draw: number): Given | null {
  const last = useSignal(changed, () => given.get(link) ?? null);
  return last?.draw === draw ? last : null;
}
