import { useState } from "react";
import { paidTo } from "../../../rooms/crash/board.ts";
import type { Board, Entry, X100 } from "../../../rooms/crash/types.ts";
import { useYou } from "../../table/context.tsx";
import { useNames } from "../../table/people.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { amount, signed, times } from "../../ui/format.ts";
import { useView } from "../context.tsx";
import { AllBets } from "./all-bets.tsx";
import { Name } from "../../ui/name.tsx";

/** Everyone's bets of the flight and how they got out, the largest first, with the sums over all. */
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

/** Over: who is not out has lost. */
export function Lines({ lines, over }: { readonly lines: readonly Entry[]; readonly over: boolean }) {
  const you = useYou();
  const names = useNames();
  return (
    <table className="sheet live" data-testid="live-bets">
      <thead className="sr-only">
        <tr>
          <th>Player</th>
          <th>Bet</th>
          <th>Out at</th>
          <th>Won or lost</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr
            key={line.bet}
            data-mine={line.player === you || undefined}
            data-state={line.outX100 === null ? (over ? "lost" : "in") : "out"}
          >
            <th scope="row">
              <Name className="truncate">{line.player === you ? "You" : names(line.player)}</Name>
            </th>
            <td className="numerals text-ivory-dim" translate="no">
              {amount(line.amount)}
            </td>
            <td className="numerals live-out">{outOf(line.outX100, over)}</td>
            <td className="numerals live-net">{netWords(line, over)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function outOf(x100: X100 | null, over: boolean): string {
  if (x100 === null) return over ? "\u2013" : "";
  return times(x100);
}

function netWords(line: Entry, over: boolean): string {
  if (line.outX100 === null) return over ? signed(0 - line.amount) : "";
  return signed(paidTo(line) - line.amount);
}
