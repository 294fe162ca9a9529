import { beginning } from "../../../rooms/fair/check.ts";
import { numberOf, outcomeOf, type Outcome } from "../../../rooms/lottery/check.ts";
import { drawLabel, ticketRoot } from "../../../rooms/lottery/tickets.ts";
import { rootsOf } from "../roots.ts";
import { shareWords } from "../words.ts";
import { amount } from "../../ui/format.ts";
import { okOf, saysOf, tidied } from "../../rounds/claim.ts";
import { Claimed, Out, Step } from "../../rounds/parts.tsx";
import { Witnessed } from "../../rounds/proof.tsx";
import type { Claim } from "../../rounds/record.ts";
import { WholeField } from "./whole-field.tsx";

/** The steps of the proof: how the tickets were committed to, what triggered the draw, and how its number was drawn. [L2] [L6] */

type Props = { readonly claim: Claim; readonly told: Outcome };

export function RootStep({ claim, told }: Props) {
  const now = outcomeOf(claim.round) ?? told;
  return (
    <Step title="The tickets were closed" ok={okOf(claim.verdict, "root")}>
      <p>{saysOf(claim.verdict, "root")}</p>
      <Witnessed room={rootsOf(claim.round.room)} round={claim.round.round} hash={now.root ?? ""} what="root" />
      <Claimed
        label="Root, published when the draw started"
        value={now.root ?? ""}
        onChange={(root) => claim.outcome({ root })}
      />
      <Out label="Root of the tickets below" value={now.tickets.length === 0 ? "none" : ticketRoot(now.tickets)} />
    </Step>
  );
}

export function WeightsStep({ claim, told }: Props) {
  return (
    <Step title="What each ticket weighs" ok={okOf(claim.verdict, "weights")}>
      <p>{saysOf(claim.verdict, "weights")}</p>
      <p className="label numerals">
        {amount(told.stakes)} staked, {amount(told.weight)} numbers.
      </p>
    </Step>
  );
}

export function PrizeStep({ claim, told }: Props) {
  const { rules, stakes, prize, carriedIn, carriedOut } = outcomeOf(claim.round) ?? told;
  const before = carriedIn === 0 ? "" : ` + ${carriedIn / 10_000} left over before`;
  return (
    <Step title="The prize" ok={okOf(claim.verdict, "prize")}>
      <p>{saysOf(claim.verdict, "prize")}</p>
      <p className="sum numerals">
        {shareWords(rules.prizeShare)} of {amount(stakes)}
        {before} = {amount(prize)}
        {carriedOut > 0 && `, and ${carriedOut / 10_000} for the next draw`}
      </p>
      <WholeField claim={claim} label="What it was" value={prize} onChange={(next) => claim.outcome({ prize: next })} />
    </Step>
  );
}

export function DrawStep({ claim, told }: Props) {
  const now = outcomeOf(claim.round) ?? told;
  const opens = okOf(claim.verdict, "seal") === true;
  return (
    <Step
      title="The number"
      ok={okOf(claim.verdict, "draw")}
      words={opens ? null : "Nothing is drawn from a secret that does not open the seal."}
    >
      {opens && <Drawn claim={claim} told={now} />}
      <WholeField
        claim={claim}
        label="Number that was drawn"
        value={now.number ?? 0}
        onChange={(number) => claim.outcome({ number })}
      />
    </Step>
  );
}

function Drawn({ claim, told: { root, weight } }: Props) {
  const { proof } = tidied(claim.round);
  const { block } = beginning(proof, drawLabel(root ?? ""));
  const first = Number.parseInt(block.slice(0, 13), 16);
  const limit = 2 ** 52 - (2 ** 52 % weight);
  return (
    <>
      <p>
        HMAC-SHA-256 of the message under the secret. Its first 13 digits are 52 bits, a number below 2<sup>52</sup>;
        what is left of it after division by the weight of all tickets is the number that was drawn.
      </p>
      <p className="hash-box" translate="no">
        <span className="hash-taken">{block.slice(0, 13)}</span>
        {block.slice(13)}
      </p>
      <p className="sum numerals">
        {first < limit ? (
          <>
            {amount(first)} mod {amount(weight)} = <strong>{amount(first % weight)}</strong>
          </>
        ) : (
          <>
            It passes the largest multiple of {amount(weight)}, so the next one counts:{" "}
            <strong>{amount(numberOf(proof, root ?? "", weight))}</strong>
          </>
        )}
      </p>
    </>
  );
}

export function WinnerStep({ claim, told }: Props) {
  const now = outcomeOf(claim.round) ?? told;
  return (
    <Step title="The winner" ok={okOf(claim.verdict, "winner")}>
      <p>{saysOf(claim.verdict, "winner")}</p>
      <WholeField
        claim={claim}
        label="Ticket that was named"
        value={now.ticket ?? 0}
        onChange={(ticket) => claim.outcome({ ticket })}
      />
    </Step>
  );
}
