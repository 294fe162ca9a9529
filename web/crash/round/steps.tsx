import { useState } from "react";
import { times } from "../../../rooms/fair/check.ts";
import { drawnBy, outcomeOf, type Outcome } from "../../../rooms/crash/due.ts";
import { hundredths } from "../../../rooms/crash/target.ts";
import { amount } from "../../ui/format.ts";
import { readNumber } from "../../ui/number.ts";
import { Claimed, Step } from "../../rounds/parts.tsx";
import { okOf, saysOf, tidied } from "../../rounds/claim.ts";
import type { Claim } from "../../rounds/record.ts";

/** The steps of the proof: how the bust point is drawn, and where the flight had to end. [C3] [C8] */

type Props = { readonly claim: Claim; readonly told: Outcome };

export function DrawStep({ claim, told }: Props) {
  const opens = okOf(claim.verdict, "seal") === true;
  return (
    <Step
      title="The draw"
      ok={null}
      words={opens ? null : "Nothing is drawn from a secret that does not open the seal."}
    >
      {opens && <Drawn claim={claim} told={told} />}
    </Step>
  );
}

function Drawn({ claim, told }: Props) {
  const { block, r, bustX100 } = drawnBy(tidied(claim.round).proof);
  const raw = 99 / (1 - r / 2 ** 52);
  return (
    <>
      <p>
        HMAC-SHA-256 of the message under the secret. Its first 13 digits are 52 bits, the number{" "}
        <i className="font-display">r</i>: every value as likely as any other.
      </p>
      <p className="hash-box" translate="no">
        <span className="hash-taken">{block.slice(0, 13)}</span>
        {block.slice(13)}
      </p>
      <p className="sum numerals">
        <i>r</i> = {amount(r)}
      </p>
      <p className="sum numerals">
        99 / (1 &minus; <i>r</i> / 2<sup>52</sup>) = {raw < 1e6 ? raw.toFixed(4) : amount(Math.floor(raw))} hundredths
      </p>
      <p>
        Rounded down, and never less than 1.00: the bust point is{" "}
        <strong className="numerals">{times(bustX100)}&times;</strong>. So a flight reaches <i>x</i> with a chance of
        0.99 in <i>x</i>: 2.00 every other time, 100 once in a hundred and one.
        {told.void !== null && " In a void round it does not count."}
      </p>
    </>
  );
}

export function BustStep({ claim, told }: Props) {
  const ok = okOf(claim.verdict, "result");
  const says = saysOf(claim.verdict, "result");
  if (told.bustX100 === null) {
    return (
      <Step title="The round was void" ok={ok}>
        <p>{says}</p>
      </Step>
    );
  }
  return (
    <Step title="The bust point" ok={ok}>
      <p>
        The house said {times(told.bustX100)}&times;. {says}
      </p>
      <BustField claim={claim} told={told} />
    </Step>
  );
}

/** Keeps the typed text as it is; the claim is changed only when it is a valid multiplier. */
function BustField({ claim, told }: Props) {
  const claimed = outcomeOf(claim.round)?.bustX100 ?? null;
  const [text, setText] = useState<string | null>(null);
  const shown = claim.edited && text !== null ? text : claimed === null ? "" : times(claimed);
  const change = (value: string): void => {
    setText(value);
    const read = readNumber(value).value;
    const x100 = read === null ? null : hundredths(read);
    const bustX100 = x100 === null || x100 < 100 ? null : x100;
    // A flight ends at its bust point.
    claim.outcome(told.forced ? { bustX100 } : { bustX100, endX100: bustX100 });
  };
  return <Claimed label="What the house said" value={shown} onChange={change} short />;
}

export function EndStep({ claim, told }: Props) {
  const { limits } = told;
  return (
    <Step title="Where it ended" ok={okOf(claim.verdict, "end")}>
      <p>{saysOf(claim.verdict, "end")}</p>
      <p className="label">
        In one flight the house pays at most {amount(limits.maxProfit)} in profits; the ceiling is{" "}
        {amount(limits.maxX100 / 100)}&times;.
      </p>
    </Step>
  );
}
