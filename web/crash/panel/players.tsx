import { payoutOf } from "../../../rooms/crash/curve.ts";
import { useYou } from "../../table/context.tsx";
import { HereNow, useNames } from "../../table/people.tsx";
import { amount, signed, times } from "../../ui/format.ts";
import { useView } from "../context.tsx";
import { Name } from "../../ui/name.tsx";

const SHOWN = 8;

/** The players present, and the largest winners of the last flight. */
export function PlayersTab() {
  return (
    <div className="flex flex-col gap-6">
      <Winners />
      <HereNow />
    </div>
  );
}

function Winners() {
  const last = useView((view) => view.last);
  const you = useYou();
  const names = useNames();
  if (last === null) return null;
  const won = last.board.top
    .flatMap((line) =>
      line.outX100 === null
        ? []
        : [{ ...line, x100: line.outX100, net: payoutOf(line.amount, line.outX100) - line.amount }],
    )
    .sort((a, b) => b.net - a.net)
    .slice(0, SHOWN);
  if (won.length === 0) return null;
  return (
    <section>
      <h3 className="panel-sub">Out of round {amount(last.round)} with most</h3>
      <table className="sheet">
        <thead className="sr-only">
          <tr>
            <th>Player</th>
            <th>Out at</th>
            <th>Won</th>
          </tr>
        </thead>
        <tbody>
          {won.map(({ player, bet, x100, net }) => (
            <tr key={bet}>
              <th scope="row">
                <Name>{player === you ? "You" : names(player)}</Name>
              </th>
              <td className="numerals text-ivory-dim" translate="no">
                {times(x100)}
              </td>
              <td className="numerals text-won" translate="no">
                {signed(net)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
