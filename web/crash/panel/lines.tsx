import { paidTo } from "../../../rooms/crash/board.ts";
import type { Entry, X100 } from "../../../rooms/crash/types.ts";
import { useYou } from "../../table/context.tsx";
import { useNames } from "../../table/people.tsx";
import { amount, signed, times } from "../../ui/format.ts";
import { Name } from "../../ui/name.tsx";

/** `over`: the flight has ended, so bets that were not cashed out are lost. */
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
