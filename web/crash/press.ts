import { useCallback } from "react";
import { watchingWords } from "../care/barred.ts";
import { say } from "../table/notice.ts";
import { chime, clack } from "../table/sound.ts";
import { cancelBet, cashOut, deskChanged, deskOf, placeBet } from "./desk.ts";
import { useSeatedAt, useView, useSeat, type CrashLink } from "./context.tsx";
import { readAmount, readTarget } from "./inputs.ts";
import { actionOf, meansOf, placeOf, restMs, type Action, type Desk, type Place, type Slot } from "./slots.ts";
import { Rest } from "../ui/resting.ts";
import { useSignal } from "../ui/store.ts";
import { draftOf } from "./draft.ts";

/** Presses a slot's button, by pointer or key. When its meaning has just changed, the button is disabled for a moment. */

const rests = new WeakMap<CrashLink, Readonly<Record<Slot, Rest>>>();

export function restOf(link: CrashLink, slot: Slot): Rest {
  const both = rests.get(link) ?? { a: new Rest(), b: new Rest() };
  rests.set(link, both);
  return both[slot];
}

export function useDesk(): Desk {
  const { link } = useSeatedAt();
  return useSignal(deskChanged, () => deskOf(link));
}

const NOBODY = { bets: [], queued: [], strategy: null, plan: null, stopped: null, last: null };

export function useSlot(slot: Slot): { readonly place: Place; readonly action: Action; readonly means: string } {
  const phase = useView((view) => view.phase);
  const round = useView((view) => view.round);
  const place = placeOf(phase, useSeat() ?? NOBODY, round, useDesk(), slot);
  const action = actionOf(phase, place);
  return { place, action, means: meansOf(action, { phase, round }) };
}

/** `only`: the actions that a key may trigger, when it does less than the button. */
export function usePress(): (slot: Slot, only?: readonly Action["does"][]) => void {
  const { link } = useSeatedAt();
  return useCallback((slot, only) => press(link, slot, only), [link]);
}

function press(link: CrashLink, slot: Slot, only?: readonly Action["does"][]): void {
  const { known } = link.get();
  if (known === null) return;
  const { view, seat } = known;
  if (seat === null) {
    say(watchingWords());
    return;
  }
  const action = actionOf(view.phase, placeOf(view.phase, seat, view.round, deskOf(link), slot));
  if (only !== undefined && !only.includes(action.does)) return;
  // The button's meaning may have changed without having been rendered yet, so it is updated here.
  const rest = restOf(link, slot);
  const means = meansOf(action, view);
  rest.tell(means, restMs(means));
  // A key that can mean only one action works also during the pause.
  if (rest.on && only?.length !== 1) return;
  switch (action.does) {
    case "bet":
    case "queue": {
      const { amount, target } = draftOf(slot);
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
      void cancelBet(link, slot, action.bet.id);
      break;
    case "cashout":
      void cashOut(link, slot, action.bet.id, action.bet.amount).then((grant) => grant !== null && chime());
      break;
    case "wait":
    case "watch":
      break;
    default:
      action satisfies never;
  }
}
