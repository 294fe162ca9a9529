import { amount } from "../../ui/format.ts";
import type { Acting } from "../acting.ts";
import { useSeatedAt, useView } from "../context.tsx";
import { faultOf } from "../raises.ts";
import type { OnTurn } from "../standing.ts";
import { useSecondsTo } from "./next-hand.tsx";
import { RaiseRow } from "./raise-row.tsx";

type Props = { readonly acting: Acting; readonly standing: OnTurn };

const UNDER_WAY = {
  fold: "Folding \u2026",
  check: "Checking \u2026",
  call: "Calling \u2026",
  raise: "Raising \u2026",
} as const;

/** The player's turn: fold, check or call, bet or raise, exactly as the table allows. */
export function Moves({ acting, standing }: Props) {
  const { busy, fold, call, raise, to } = acting;
  const { turn, bet, stack, street } = standing;
  const { toCall } = turn;
  const bigBlind = useView((view) => view.config.bigBlind);
  const bets = street !== "preflop" && toCall === 0 && bet === 0;
  const all = turn.raise !== null && to === turn.raise.most;
  const off = busy !== null;
  return (
    <>
      {turn.raise === null ? (
        <p className="act-line">
          <Clock standing={standing} />
          {toCall === stack ? "A call puts you all-in." : "Nobody can be raised: call or fold."}
        </p>
      ) : (
        <RaiseRow acting={acting} standing={standing} bigBlind={bigBlind} clock={<Clock standing={standing} />} />
      )}
      <div className="moves" role="group" aria-label="Your turn">
        <button
          type="button"
          className="move"
          aria-disabled={off}
          aria-keyshortcuts="F"
          data-testid="fold"
          data-busy={busy === "fold" || undefined}
          onClick={fold}
        >
          {busy === "fold" ? UNDER_WAY.fold : "Fold"}
        </button>
        <button
          type="button"
          className="move move-call"
          aria-disabled={off}
          aria-keyshortcuts="C"
          data-testid="call"
          data-busy={busy === "check" || busy === "call" || undefined}
          onClick={call}
        >
          {busy === "check" || busy === "call" ? (
            UNDER_WAY[busy]
          ) : toCall === 0 ? (
            "Check"
          ) : (
            <>
              {toCall === stack ? "All-in" : "Call"}{" "}
              <span className="move-sum numerals" translate="no">
                {amount(toCall)}
              </span>
            </>
          )}
        </button>
        {turn.raise !== null && (
          <button
            type="button"
            className="move move-brass"
            aria-disabled={off || faultOf(to, turn.raise.least, turn.raise.most) !== null}
            data-testid="raise"
            data-busy={busy === "raise" || undefined}
            onClick={() => raise()}
          >
            {busy === "raise" ? (
              UNDER_WAY.raise
            ) : (
              <>
                {all ? "All-in" : bets ? "Bet" : "Raise to"}{" "}
                <span className="move-sum numerals">{to === null ? "\u2013" : amount(to)}</span>
              </>
            )}
          </button>
        )}
      </div>
    </>
  );
}

/** The remaining time in words; the ring on the plate shows the same. */
function Clock({ standing: { turn } }: { readonly standing: OnTurn }) {
  const { link } = useSeatedAt();
  const left = useSecondsTo(turn.actBy, link.clock.now);
  const bank = useSecondsTo(turn.bankBy, link.clock.now);
  if (left === null || bank === null) return null;
  return (
    <span className="act-clock numerals" data-bank={left === 0 || undefined} role="timer">
      {left > 0 ? `${left} s` : `${bank} s of your time bank`}
    </span>
  );
}
