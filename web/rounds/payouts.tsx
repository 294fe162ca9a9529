import { Check, X } from "lucide-react";
import { useMemo } from "react";
import { layoutOf } from "../../rooms/roulette/layout.ts";
import { usePlayer } from "../api/session.ts";
import type { Round } from "../api/shapes.ts";
import { nameOf } from "../roulette/felt/words.ts";
import { amount, signed } from "../ui/format.ts";
import { returnedBy, settle } from "./verify.ts";

/** Whether everybody was paid what their bets came to; mine line by line. */
export function Payouts({ round }: { readonly round: Round }) {
  const me = usePlayer()?.id ?? null;
  const { wheel, players, result } = round.outcome;
  const mine = players.find((one) => one.player === me);
  const wrong = useMemo(
    () =>
      players.filter(
        ({ bets, staked, returned }) => returned !== (result === null ? staked : returnedBy(wheel, bets, result)),
      ).length,
    [players, result, wheel],
  );
  if (players.length === 0) return null;
  return (
    <section className="round-plain">
      <h2>Who was paid what</h2>
      <p className={wrong === 0 ? "text-won" : "text-lost"} data-testid="payouts-verdict">
        {wrong === 0 ? (
          <Check size={16} aria-hidden="true" className="mr-1 inline" />
        ) : (
          <X size={16} aria-hidden="true" className="mr-1 inline" />
        )}
        {wrong === 0
          ? `All ${players.length === 1 ? "of it" : `${amount(players.length)} players`} recomputed from the bets: paid to the chip.`
          : `${amount(wrong)} of ${amount(players.length)} players were paid something else than their bets came to.`}
      </p>
      {mine !== undefined && result !== null && (
        <Mine bets={mine.bets} staked={mine.staked} returned={mine.returned} round={round} />
      )}
      {mine === undefined && me !== null && <p className="label">You had no chips in this round.</p>}
    </section>
  );
}

type MineProps = Pick<Round["outcome"]["players"][number], "bets" | "staked" | "returned"> & { readonly round: Round };

function Mine({ bets, staked, returned, round }: MineProps) {
  const { wheel, result } = round.outcome;
  const { bySpot } = layoutOf(wheel);
  const net = returned - staked;
  return (
    <div className="overflow-x-auto">
      <table className="bill numerals">
        <caption className="sr-only">Your bets in this round</caption>
        <thead>
          <tr>
            <th scope="col">Your bet</th>
            <th scope="col">Chips</th>
            <th scope="col">Times</th>
            <th scope="col">Back</th>
          </tr>
        </thead>
        <tbody>
          {settle(wheel, bets, result ?? "").map((bet) => {
            const known = bySpot.get(bet.spot);
            return (
              <tr key={bet.spot} data-won={bet.returned > 0 || undefined}>
                <th scope="row">{known === undefined ? bet.spot : nameOf(known)}</th>
                <td>{amount(bet.amount)}</td>
                <td>&times; {bet.factor}</td>
                <td>{amount(bet.returned)}</td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{net >= 0 ? "Won" : "Lost"}</th>
            <td>{amount(staked)}</td>
            <td className={net > 0 ? "text-won" : net < 0 ? "text-lost" : ""}>{signed(net)}</td>
            <td>{amount(returned)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
