import { useState } from "react";
import type { Board } from "../../../rooms/crash/types.ts";
import { useYou } from "../../table/context.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { amount } from "../../ui/format.ts";
import { useView } from "../context.tsx";
import { AllBets } from "./all-bets.tsx";
import { Lines } from "./lines.tsx";

/** Everyone's bets of the flight and their cash-outs, the largest first, with totals. */
export function BetsTab() {
  const phase = useView((view) => view.phase);
  const round = useView((view) => view.round);
  const now = useView((view) => view.board);
  const last = useView((view) => view.last);
  const you = useYou();
  const [all, setAll] = useState(false);
  const crashed = phase.name === "crashed";
  const shown = crashed && last !== null ? last : { round, board: now };
  const { board } = shown;
  if (board.bets === 0) {
    return (
      <div className="flex flex-col gap-6">
        <p className="empty">No bet on round {amount(round)} yet. Yours may be the first.</p>
        {last !== null && (
          <section>
            <h3 className="panel-sub">Round {amount(last.round)}, as it ended</h3>
            <Sums board={last.board} />
            <Lines lines={last.board.top} over />
          </section>
        )}
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <Sums board={board} />
      <Lines lines={board.top} over={crashed} />
      {!crashed && you !== null && board.bets > board.top.length && (
        <button type="button" className="btn" onClick={() => setAll(true)} data-testid="all-bets">
          All {amount(board.bets)} bets
        </button>
      )}
      <Dialog open={all && !crashed} onClose={() => setAll(false)} title={`All bets of round ${amount(round)}`}>
        <AllBets />
      </Dialog>
    </div>
  );
}

function Sums({ board }: { readonly board: Board }) {
  return (
    <dl className="sums numerals" data-testid="sums">
      <div>
        <dt>{board.players === 1 ? "1 player" : `${amount(board.players)} players`}</dt>
        <dd>{amount(board.staked)}</dd>
      </div>
      <div>
        <dt>
          {amount(board.out)} of {amount(board.bets)} out
        </dt>
        <dd>{board.paid === 0 ? "\u2013" : `${amount(board.paid)} paid`}</dd>
      </div>
    </dl>
  );
}
