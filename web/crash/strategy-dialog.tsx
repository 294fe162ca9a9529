import { useState } from "react";
import type { Strategy } from "../../rooms/crash/types.ts";
import { Dialog } from "../ui/dialog.tsx";
import { amount, signed, times } from "../ui/format.ts";
import { useRest } from "../ui/rest.ts";
import { useSeat, useSeatedAt } from "./context.tsx";
import { say } from "../table/notice.ts";
import { stopWords, wordsFor } from "./refusals.ts";
import { StrategyForm } from "./strategy-form.tsx";

/** A strategy bets for the player, flight after flight, until a stop condition. It runs on the server, even with no page open. */
export function StrategyDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const seat = useSeat();
  const strategy = seat?.strategy ?? null;
  const { attrs } = useRest(strategy === null ? "start" : "stop");
  return (
    <Dialog open={open} onClose={onClose} title="Strategy">
      <div {...attrs}>
        {strategy !== null ? (
          <Running strategy={strategy} />
        ) : (
          <div className="flex flex-col gap-4">
            {seat?.stopped != null && <p role="status">{stopWords(seat.stopped)}</p>}
            <p className="text-ivory-dim">
              {seat?.plan == null
                ? "The lobby bets for you, flight after flight, and gets out at your target. It goes on when this page is closed."
                : "Your last plan is filled in. It goes on when this page is closed."}
            </p>
            <StrategyForm plan={seat?.plan ?? null} onDone={onClose} />
          </div>
        )}
      </div>
    </Dialog>
  );
}

function Running({ strategy }: { readonly strategy: Strategy }) {
  const { link } = useSeatedAt();
  const [busy, setBusy] = useState(false);
  const { plan, net, next, left } = strategy;
  const stop = (): void => {
    setBusy(true);
    void link.send({ type: "stopStrategy" }).then((answer) => {
      setBusy(false);
      say(answer.ok ? "The strategy is off. A bet that is placed stays." : wordsFor(answer));
    });
  };
  return (
    <div className="flex flex-col gap-6">
      <p className="text-ivory-dim">The lobby bets for you. It goes on when this page is closed.</p>
      <dl className="grid grid-cols-2 gap-4" data-testid="strategy-running">
        <Fact words="Won or lost so far" value={signed(net)} tone={net > 0 ? "text-won" : net < 0 ? "text-lost" : ""} />
        <Fact words="Next bet" value={amount(next)} />
        <Fact words="Out at" value={times(plan.targetX100)} />
        <Fact words="Flights left" value={left === null ? "until stopped" : amount(left)} />
        <Fact words="After a win" value={factor(plan.onWinX100)} />
        <Fact words="After a loss" value={factor(plan.onLossX100)} />
        {plan.stopLoss !== null && <Fact words="Loses no more than" value={amount(plan.stopLoss)} />}
        {plan.stopWin !== null && <Fact words="Stops at a win of" value={amount(plan.stopWin)} />}
      </dl>
      <button type="button" className="btn btn-brass" data-testid="strategy-stop" disabled={busy} onClick={stop}>
        Stop the strategy
      </button>
    </div>
  );
}

function factor(x100: number | null): string {
  return x100 === null ? "first amount" : `${times(x100)} the bet`;
}

function Fact({ words, value, tone = "" }: { readonly words: string; readonly value: string; readonly tone?: string }) {
  return (
    <div>
      <dt className="label">{words}</dt>
      <dd className={`numerals font-display text-xl ${tone}`}>{value}</dd>
    </div>
  );
}
