import { times } from "../../../rooms/fair/check.ts";
import type { Bet, Outcome } from "../../../rooms/crash/due.ts";
import { curveAt } from "../../../rooms/crash/curve.ts";
import { amount } from "../../ui/format.ts";
import { CopyLink, Judged, useNames } from "../../rounds/parts.tsx";
import type { Claim } from "../../rounds/record.ts";
import { useFaults } from "./bets.tsx";

/** One bet, recomputed step by step: the target of its own link. [C11] */
export function OneBet({ claim, outcome, id }: { claim: Claim; outcome: Outcome; id: string }) {
  const nameOf = useNames();
  const faults = useFaults(claim, outcome);
  const bet = outcome.bets.find((one) => String(one.id) === id);
  if (bet === undefined) {
    return (
      <section className="bet-card" data-testid="one-bet">
        <p>There is no bet {id} in this round.</p>
      </section>
    );
  }
  const fault = faults.get(bet.id) ?? null;
  const mine = nameOf(bet.player) === "You";
  return (
    <section className="bet-card" data-testid="one-bet" aria-label={`Bet ${id}`}>
      <h2>
        {mine ? "Your bet" : `The bet of ${nameOf(bet.player)}`} <span className="label numerals">#{id}</span>
      </h2>
      <dl className="bet-facts numerals">
        <dt>Chips</dt>
        <dd>{amount(bet.amount)}</dd>
        <dt>Target</dt>
        <dd>{bet.targetX100 === null ? "none" : <>{times(bet.targetX100)}&times;</>}</dd>
        {workings(outcome, bet).map(([what, value]) => (
          <div key={what} className="contents">
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Judged ok={fault === null} testId="one-bet-verdict">
        {fault === null ? "Recomputed: this is what was due, to the chip." : `This does not fit: ${fault}.`}
      </Judged>
      <CopyLink query={`?bet=${bet.id}`}>Copy the link to this bet</CopyLink>
    </section>
  );
}

function workings(outcome: Outcome, { amount: chips, targetX100, out }: Bet): readonly (readonly [string, string])[] {
  const { startedAt, endX100 } = outcome;
  if (out === null) {
    if (outcome.void !== null) return [["Given back", amount(chips)]];
    const end = endX100 === null ? "" : `${times(endX100)}\u00d7`;
    return [
      ["The flight ended at", targetX100 === null ? `${end}, before it was cashed out` : `${end}, below the target`],
      ["Paid", "0"],
    ];
  }
  const elapsed = startedAt === null ? 0 : out.at - startedAt;
  const seconds = `${(elapsed / 1_000).toFixed(3)} s after the start`;
  const how = { hand: "Your command came in", target: "The curve met the target", force: "The flight was ended" }[
    out.by
  ];
  return [
    [out.by === "hand" ? "The cash-out came in" : how, seconds],
    [
      "The curve was then at",
      `\u230a100 \u00b7 e^(0.00006 \u00b7 ${amount(elapsed)})\u230b = ${times(curveAt(elapsed))}\u00d7`,
    ],
    ["Granted", `${times(out.x100)}\u00d7`],
    ["Paid", `${amount(chips)} \u00d7 ${times(out.x100)} = ${amount(out.paid)}`],
  ];
}
