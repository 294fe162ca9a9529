import { useCallback } from "react";
import { useSyncExternalStore } from "react";
import { say } from "../table/notice.ts";
import { chime, clack } from "../table/sound.ts";
import { cancelBet, cashOut, deskOf, onDesk, placeBet } from "./desk.ts";
import { useSeatedAt, useView, useSeat, type CrashLink } from "./context.tsx";
import { readAmount, readTarget } from "./inputs.ts";
import { deedOf, placeOf, type Deed, type Desk, type Place, type Slot } from "./slots.ts";
import { wishOf } from "./wish.ts";

/** Pressing a slot's button, by hand or by key. */

/** After a cash-out or a crash the button rests, so that a second tap does not bet by accident. */
export const REST_MS = 1_000;
const rested = new WeakMap<CrashLink, Map<Slot, number>>();

export function rest(link: CrashLink, slot: Slot): void {
  const until = rested.get(link) ?? new Map<Slot, number>();
  until.set(slot, Date.now() + REST_MS);
  rested.set(link, until);
}

export function isResting(link: CrashLink, slot: Slot): boolean {
  return Date.now() < (rested.get(link)?.get(slot) ?? 0);
}

export function useDesk(): Desk {
  const { link } = useSeatedAt();
  return useSyncExternalStore(onDesk, () => deskOf(link));
}

const NOBODY = { bets: [], queued: [], strategy: null, plan: null, stopped: null, last: null };

export function useSlot(slot: Slot): { readonly place: Place; readonly deed: Deed } {
  const phase = useView((view) => view.phase);
  const round = useView((view) => view.round);
  const place = placeOf(phase, useSeat() ?? NOBODY, round, useDesk(), slot);
  return { place, deed: deedOf(phase, place) };
}

/** `only`: the one thing that is meant, where a key means less than the button. */
export function usePress(): (slot: Slot, only?: readonly Deed["does"][]) => void {
  const { link } = useSeatedAt();
  return useCallback((slot, only) => press(link, slot, only), [link]);
}

function press(link: CrashLink, slot: Slot, only?: readonly Deed["does"][]): void {
  const { known } = link.get();
  if (known === null || isResting(link, slot)) return;
  const { view, seat } = known;
  if (seat === null) {
    say("You are watching. Log in or play as a guest to bet.");
    return;
  }
  const deed = deedOf(view.phase, placeOf(view.phase, seat, view.round, deskOf(link), slot));
  if (only !== undefined && !only.includes(deed.does)) return;
  switch (deed.does) {
    case "bet":
    case "queue": {
      const { amount, target } = wishOf(slot);
      const chips = readAmount(amount, view.config);
      const out = readTarget(target, view.config);
      const fault = chips.fault ?? out.fault;
      if (fault !== null || chips.value === null) say(fault ?? "");
      else {
        clack();
        void placeBet(link, slot, chips.value, out.value);
      }
      break;
    }
    case "cancel":
      void cancelBet(link, slot, deed.bet.id);
      break;
    case "cashout":
      void cashOut(link, slot, deed.bet.id, deed.bet.amount).then((grant) => grant !== null && chime());
      break;
    case "wait":
    case "watch":
      break;
    default:
      deed satisfies never;
  }
}
