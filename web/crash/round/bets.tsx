import { Check, X } from "lucide-react";
import { useMemo, useState } from "react";
import { Link } from "react-router";
import { times } from "../../../rooms/fair/check.ts";
import { faultOf, flightOf, type Bet, type Outcome } from "../../../rooms/crash/due.ts";
import { usePlayer } from "../../api/session.ts";
import { amount } from "../../ui/format.ts";
import { Judged, useNames } from "../../rounds/parts.tsx";
import { okOf, saysOf, tidied } from "../../rounds/claim.ts";
import type { Claim } from "../../rounds/record.ts";
import { Name } from "../../ui/name.tsx";

/** Lines shown before "show all" is pressed. */
const LINES_MAX = 20;

type Props = { readonly claim: Claim; readonly outcome: Outcome; readonly asked: string | null };

/** Everyone's bets, each with its own link and check; the visitor's first. [C9] [C11] */
export function Bets({ claim, outcome, asked }: Props) {
  const me = usePlayer()?.id ?? null;
  const [all, setAll] = useState(false);
  const faults = useFaults(claim, outcome);
  const { bets } = outcome;
  if (bets.length === 0) return null;
  const first = ({ id, player }: Bet): number => (String(id) === asked ? 0 : player === me ? 1 : 2);
  const sorted = [...bets].sort((a, b) => first(a) - first(b) || b.amount - a.amount || a.id - b.id);
  const shown = all ? sorted : sorted.slice(0, LINES_MAX);
  return (
    <section className="round-plain">
      <h2>Who was paid what</h2>
      <Judged ok={okOf(claim.verdict, "paid") === true} testId="payouts-verdict">
        {saysOf(claim.verdict, "paid")}
      </Judged>
      <ul className="bets" aria-label="All bets of this flight">
        {shown.map((bet) => (
          <Line
            key={bet.id}
            bet={bet}
            outcome={outcome}
            fault={faults.get(bet.id) ?? null}
            chosen={String(bet.id) === asked}
          />
        ))}
      </ul>
      {shown.length < bets.length && (
        <button type="button" className="btn justify-self-start" onClick={() => setAll(true)}>
          Show all {amount(bets.length)} bets
        </button>
      )}
    </section>
  );
}

/** By bet id: what is wrong with it; null: it is right. */
export function useFaults({ round, verdict }: Claim, outcome: Outcome): ReadonlyMap<number, string | null> {
  return useMemo(() => {
    const flight = flightOf(tidied(round), outcome, okOf(verdict, "seal") === true);
    const untold = flight === null && outcome.startedAt !== null;
    return new Map(
      outcome.bets.map((bet) => [bet.id, untold ? "cannot be told without the flight" : faultOf(flight, bet)]),
    );
  }, [round, verdict, outcome]);
}

type LineProps = {
  readonly bet: Bet;
  readonly outcome: Outcome;
  readonly fault: string | null;
  readonly chosen: boolean;
};

function Line({ bet, outcome, fault, chosen }: LineProps) {
  const nameOf = useNames();
  const { id, player, out } = bet;
  return (
    <li className="bets-line" data-chosen={chosen || undefined} data-testid={`bet-${id}`}>
      <Link
        to={`?bet=${id}`}
        replace
        preventScrollReset
        className="bets-who"
        aria-current={chosen || undefined}
        title="The link to this bet"
      >
        {fault === null ? (
          <Check size={16} aria-label="right:" className="text-won" />
        ) : (
          <X size={16} aria-label="wrong:" className="text-lost" />
        )}
        <Name>{nameOf(player)}</Name>
        <span className="label numerals">#{id}</span>
      </Link>
      <span className="bets-story numerals">
        {amount(bet.amount)}
        <Story bet={bet} outcome={outcome} />
        {fault !== null && <em className="text-lost">, {fault}</em>}
      </span>
      <span className={out !== null && out.paid > bet.amount ? "bets-paid text-won numerals" : "bets-paid numerals"}>
        {out !== null ? amount(out.paid) : outcome.void !== null ? amount(bet.amount) : "0"}
      </span>
    </li>
  );
}

function Story({ bet, outcome }: Pick<LineProps, "bet" | "outcome">) {
  const { targetX100, out, by } = bet;
  const aim = targetX100 === null ? "" : `, target ${times(targetX100)}\u00d7`;
  const hand = by === "strategy" ? ", by a strategy" : "";
  if (out === null) return <>{`${aim}${hand}, ${outcome.void !== null ? "given back" : "lost"}`}</>;
  const how = { hand: "cashed out", target: "met", force: "out by force" }[out.by];
  const at = out.by === "target" ? "" : ` at ${times(out.x100)}\u00d7`;
  return <>{`${aim}${hand}, ${how}${at}${since(out.at, outcome)}`}</>;
}

/** " after 12.524 s": the receipt instant, relative to the flight's start. */
export function since(at: number, { startedAt }: Outcome): string {
  return startedAt === null ? "" : ` after ${((at - startedAt) / 1_000).toFixed(3)} s`;
}
