import { layoutOf } from "../../../rooms/roulette/layout.ts";
import type { Seat } from "../../../rooms/roulette/types.ts";
import { useBarred, watchingWords } from "../../care/barred.ts";
import { amount, signed } from "../../ui/format.ts";
import { useSeat, useView } from "../context.tsx";
import { nameOf, oddsOf } from "../felt/words.ts";

/** The visitor's bets of this round, and their results afterwards. */
export function BetsTab() {
  const wheel = useView((view) => view.config.wheel);
  const phase = useView((view) => view.phase.name);
  const round = useView((view) => view.round);
  const seat = useSeat();
  if (seat === null) return <Watched />;
  const { bySpot } = layoutOf(wheel);
  const lines = Object.entries(seat.bets)
    .flatMap(([spot, staked]) => {
      const bet = bySpot.get(spot);
      return bet === undefined ? [] : [{ bet, staked }];
    })
    .sort((a, b) => b.staked - a.staked);
  const paid = phase === "settled" && seat.paid?.round === round - 1 ? seat.paid : null;

  return (
    <div className="flex flex-col gap-6">
      {lines.length > 0 && (
        <table className="sheet">
          <thead className="sr-only">
            <tr>
              <th>Bet</th>
              <th>Pays</th>
              <th>Chips</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ bet, staked }) => (
              <tr key={bet.spot}>
                <th scope="row">{nameOf(bet)}</th>
                <td className="text-ivory-dim">{oddsOf(bet, wheel)}</td>
                <td className="numerals" translate="no">
                  {amount(staked)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">In all</th>
              <td />
              <td className="numerals" translate="no">
                {amount(seat.staked)}
              </td>
            </tr>
          </tfoot>
        </table>
      )}
      {lines.length === 0 && paid === null && (
        <p className="empty">
          Nothing of yours is on the felt. Pick a chip below and touch a number, a line between numbers, or an outside
          box.
        </p>
      )}
      {seat.paid !== null && <LastRound paid={seat.paid} bySpot={bySpot} />}
    </div>
  );
}

function Watched() {
  useBarred();
  return <p className="empty">{watchingWords("bet here")}</p>;
}

type LastProps = { readonly paid: NonNullable<Seat["paid"]>; readonly bySpot: ReturnType<typeof layoutOf>["bySpot"] };

function LastRound({ paid, bySpot }: LastProps) {
  const net = paid.returned - paid.staked;
  return (
    <section>
      <h3 className="panel-sub">
        Round {amount(paid.round)}
        {paid.result === null ? ", void" : ` \u00b7 ${paid.result}`}
      </h3>
      <table className="sheet">
        <tbody>
          <tr>
            <th scope="row">Staked</th>
            <td className="numerals" translate="no">
              {amount(paid.staked)}
            </td>
          </tr>
          {paid.wins.map((win) => {
            const bet = bySpot.get(win.spot);
            return (
              <tr key={win.spot}>
                <th scope="row">{bet === undefined ? win.spot : nameOf(bet)} gives back</th>
                <td className="numerals" translate="no">
                  {amount(win.returned)}
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{paid.result === null ? "Given back" : net >= 0 ? "Won" : "Lost"}</th>
            <td translate="no" className={`numerals ${net > 0 ? "text-won" : net < 0 ? "text-lost" : ""}`}>
              {signed(net)}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
