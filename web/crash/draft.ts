import * as z from "zod/mini";
import { kept } from "../ui/kept.ts";
import { Store, useSignal, useStore } from "../ui/store.ts";
import type { Slot } from "./slots.ts";

/** The text of each slot's fields while being edited. Stored on this device. */

export type Draft = { readonly amount: string; readonly target: string };
type Drafts = { readonly a: Draft; readonly b: Draft; readonly two: boolean };

const KEY = "croupier.crash";
const shape = z.object({ amount: z.string(), target: z.string() });
const stored = z.object({ a: shape, b: shape, two: z.boolean() });
const START: Drafts = { a: { amount: "50", target: "" }, b: { amount: "50", target: "2.00" }, two: false };

const drafts = new Store(read());
const chosen = new Store<Slot>("a");

function read(): Drafts {
  const { success, data } = stored.safeParse(kept.json(KEY));
  return success ? data : START;
}

function keep(next: Drafts): void {
  kept.set(KEY, JSON.stringify(next));
  drafts.set(next);
}

export function draftOf(slot: Slot): Draft {
  return drafts.get()[slot];
}

export function setDraft(slot: Slot, change: Partial<Draft>): void {
  keep({ ...drafts.get(), [slot]: { ...draftOf(slot), ...change } });
}

export function useDraft(slot: Slot): Draft {
  return useSignal(drafts, () => draftOf(slot));
}

/** Whether a small screen shows the second slot. */
export function useTwo(): boolean {
  return useStore(drafts).two;
}

export function setTwo(two: boolean): void {
  keep({ ...drafts.get(), two });
}

/** The slot that keyboard shortcuts act on. */
export function chosenSlot(): Slot {
  return chosen.get();
}

export function chooseSlot(slot: Slot): void {
  chosen.set(slot);
}

export function useChosen(): Slot {
  return useStore(chosen);
}
