import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { faultOf, settle, type Line, type Outcome } from "../../../rooms/roulette/check.ts";
import { layoutOf } from "../../../rooms/roulette/layout.ts";
import { usePlayer } from "../../api/session.ts";
import { nameOf as betName } from "../felt/words.ts";
import { amount, signed } from "../../ui/format.ts";
import { CopyLink, Judged, useNames } from "../../rounds/parts.tsx";
import { okOf, saysOf } from "../../rounds/claim.ts";
import type { Claim } from "../../rounds/record.ts";
import { Name } from "../../ui/name.tsx";

/** Lines shown before "show all" is pressed. */
const LINES_MAX = 12;

/** Checks everyone's payouts, and shows one player's bets line by line: that of `?player=`, or the visitor's. */
export function Payouts({ claim, outcome }: { readonly claim: Claim; readonly outcome: Outcome }) {
  const me = usePlayer()?.id ?? null;
  const [search] = useSearchParams();
  const nameOf = useNames();
  const asked = search.get("player");
  const chosen = asked ?? me;
  const line = outcome.players.find(({ player }) => player === chosen);
  if (outcome.players.length === 0) return null;
  const ok = okOf(claim.verdict, "paid") === true;
  return (
    <section className="round-plain">
      <h2>Who was paid what</h2>
      <Judged ok={ok} testId="payouts-verdict">
        {saysOf(claim.verdict, "paid")}
      </Judged>
      {line !== undefined && <Bill line={line} outcome={outcome} asked={asked !== null} />}
      {line === undefined && asked !== null && (
        <p className="label">
          There were no chips of <Name>{nameOf(asked)}</Name> in this round.
        </p>
      )}
      {line === undefined && asked === null && me !== null && <p className="label">You had no chips in this round.</p>}
      <Everybody outcome={outcome} chosen={chosen} />
    </section>
  );
}

function Everybody({ outcome, chosen }: { readonly outcome: Outcome; readonly chosen: string | null }) {
  const nameOf = useNames();
  const [all, setAll] = useState(false);
  const { players } = outcome;
  const shown = all ? players : players.slice(0, LINES_MAX);
  return (
    <>
      <ul className="bets" aria-label="Everybody in this round">
        {shown.map((line) => {
          const fault = faultOf(outcome, line);
          return (
            <li key={line.player} className="bets-line" data-chosen={line.player === chosen || undefined}>
              <Link
                to={`?player=${encodeURIComponent(line.player)}`}
                replace
                preventScrollReset
                className="bets-who"
                aria-current={line.player === chosen || undefined}
              >
                <Name>{nameOf(line.player)}</Name>
              </Link>
              <span className="bets-story numerals">
                {amount(line.staked)} staked
                {fault !== null && <em className="text-lost">, {fault}</em>}
              </span>
              <span className={line.returned > line.staked ? "bets-paid text-won numerals" : "bets-paid numerals"}>
                {amount(line.returned)} back
              </span>
            </li>
          );
        })}
      </ul>
      {shown.length < players.length && (
        <button type="button" className="btn justify-self-start" onClick={() => setAll(true)}>
          Show all {amount(players.length)} players
        </button>
      )}
    </>
  );
}

type BillProps = { readonly line: Line; readonly outcome: Outcome; readonly asked: boolean };

function Bill({ line, outcome, asked }: BillProps) {
  const nameOf = useNames();
  const { wheel, result } = outcome;
  const { bets, staked, returned, player } = line;
  const { bySpot } = layoutOf(wheel);
  const net = returned - staked;
  const who = nameOf(player) === "You" ? "Your bets" : `Bets of ${nameOf(player)}`;
  return (
    <div className={asked ? "bet-card" : ""} data-testid="bill">
      <div className="overflow-x-auto">
        <table className="bill numerals">
          <caption className="sr-only">{who} in this round</caption>
          <thead>
            <tr>
              <th scope="col">{who}</th>
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
                  <th scope="row">{known === undefined ? bet.spot : betName(known)}</th>
                  <td>{amount(bet.amount)}</td>
                  <td>{result === null ? "void" : <>&times; {bet.factor}</>}</td>
                  <td>{amount(result === null ? bet.amount : bet.returned)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">In all</th>
              <td>{amount(staked)}</td>
              <td />
              <td>{amount(returned)}</td>
            </tr>
            <tr>
              <th scope="row">{net >= 0 ? "Won" : "Lost"}</th>
              <td colSpan={2} />
              <td className={net > 0 ? "text-won" : net < 0 ? "text-lost" : ""}>{signed(net)}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      <CopyLink query={`?player=${encodeURIComponent(player)}`}>Copy the link to these bets</CopyLink>
    </div>
  );
}
