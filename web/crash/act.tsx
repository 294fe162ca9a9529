import { useRef } from "react";
import { curveAt, payoutOf } from "../../rooms/crash/curve.ts";
import { amount as chips, times } from "../ui/format.ts";
import { useSeat, useSeatedAt, useView } from "./context.tsx";
import { useFrame } from "./flight/frame.ts";
import { useRest } from "../ui/rest.ts";
import { restOf, usePress } from "./press.ts";
import type { Action, Slot, Standing } from "./slots.ts";
import { NAMES, restMs } from "./slots.ts";

type Props = {
  readonly slot: Slot;
  readonly action: Action;
  /** A short code for what a press would do. */
  readonly means: string;
  /** The bet's amount; null while the field is not valid. */
  readonly amount: number | null;
  readonly ready: boolean;
};

/** The single button of a slot. */
export function Act({ slot, action, means, amount, ready }: Props) {
  const { link } = useSeatedAt();
  const press = usePress();
  const { on: resting, attrs } = useRest(means, restMs(means), restOf(link, slot));
  const bets = action.does === "bet" || action.does === "queue";
  // For a spectator the button is dim; pressing it explains why.
  const watching = useSeat() === null;
  const off = action.does === "wait" || action.does === "watch" || resting || (bets && !ready);
  return (
    <button
      type="button"
      className={`act act-${action.does}`}
      aria-disabled={off || watching}
      aria-busy={action.does === "wait"}
      aria-keyshortcuts="Space"
      {...attrs}
      data-testid={`slot-${slot}-act`}
      onClick={() => {
        if (!off) press(slot);
      }}
    >
      {action.does === "cashout" ? (
        <Climbing bet={action.bet} />
      ) : (
        <>
          <span className="act-words">{wordsFor(action)}</span>
          {bets && amount !== null && (
            <span className="act-sum numerals" translate="no">
              {chips(amount)}
            </span>
          )}
          {action.does === "watch" && (
            <span className="act-sum numerals" translate="no">
              {chips(action.next)}
            </span>
          )}
        </>
      )}
      <span className="sr-only">, {NAMES[slot].toLowerCase()}</span>
    </button>
  );
}

function wordsFor(action: Exclude<Action, { does: "cashout" }>): string {
  switch (action.does) {
    case "bet":
      return "Bet";
    case "queue":
      return "Bet on the next";
    case "watch":
      return "The strategy bets";
    case "cancel":
      return action.queued ? "Queued \u00b7 take back" : "Take back";
    case "wait":
      return { bet: "Placing \u2026", cancel: "Taking back \u2026", cashout: "Cashing out \u2026" }[action.for];
    default:
      action satisfies never;
      return "";
  }
}

/** The payout of cashing out now, updated each frame. An estimate: the server's answer counts. */
function Climbing({ bet }: { readonly bet: Standing }) {
  const { link } = useSeatedAt();
  const startedAt = useView(({ phase }) => (phase.name === "running" ? phase.startedAt : null));
  const words = useRef<HTMLSpanElement>(null);
  const sum = useRef<HTMLSpanElement>(null);
  const at = useRef<HTMLSpanElement>(null);
  useFrame(() => {
    if (startedAt === null || words.current === null || sum.current === null || at.current === null) return;
    const now = curveAt(link.clock.now() - startedAt);
    const met = bet.targetX100 !== null && now >= bet.targetX100;
    const x100 = met ? (bet.targetX100 ?? now) : now;
    words.current.textContent = met ? "At target, confirming" : "Cash out";
    sum.current.textContent = chips(payoutOf(bet.amount, x100));
    at.current.textContent = times(x100);
  }, true);
  return (
    <>
      <span ref={words} className="act-words">
        Cash out
      </span>
      <span className="act-climb" aria-hidden="true">
        <span ref={sum} className="act-sum numerals" translate="no" />
        <span ref={at} className="act-at numerals" translate="no" />
      </span>
    </>
  );
}
