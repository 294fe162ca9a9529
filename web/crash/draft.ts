import * as z from "zod/mini";
import { useSyncExternalStore } from "react";
import { kept } from "../ui/kept.ts";
import type { Slot } from "./slots.ts";

/** What stands in the fields of each slot, as it is written. Remembered on this device. */

export type Draft = { readonly amount: string; readonly target: string };
type Drafts = { readonly a: Draft; readonly b: Draft; readonly two: boolean };

const KEY = "croupier.crash";
const shape = z.object({ amount: z.string(), target: z.string() });
const stored = z.object({ a: shape, b: shape, two: z.boolean() });
const START: Drafts = { a: { amount: "50", target: "" }, b: { amount: "50", target: "2.00" }, two: false };

let drafts: Drafts = read();
let chosen: Slot = "a";
const listeners = new Set<() => void>();

function read(): Drafts {
  const { success, data } = stored.safeParse(kept.json(KEY));
  return success ? data : START;
}

function changed(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function keep(next: Drafts): void {
  drafts = next;
  kept.set(KEY, JSON.stringify(next));
  changed();
}

export function draftOf(slot: Slot): Draft {
  return drafts[slot];
}

export function setDraft(slot: Slot, change: Partial<Draft>): void {
  keep({ ...drafts, [slot]: { ...drafts[slot], ...change } });
}

export function useDraft(slot: Slot): Draft {
  return useSyncExternalStore(subscribe, () => drafts[slot]);
}

/** Whether a small screen shows the second slot as well. */
export function useTwo(): boolean {
  return useSyncExternalStore(subscribe, () => drafts.two);
}

export function setTwo(two: boolean): void {
  keep({ ...drafts, two });
}

/** The slot that the keyboard acts on. */
export function chosenSlot(): Slot {
  return chosen;
}

export function chooseSlot(slot: Slot): void {
  if (slot === chosen) return;
  chosen = slot;
  changed();
}

export function useChosen(): Slot {
  return useSyncExternalStore(subscribe, chosenSlot);
}
