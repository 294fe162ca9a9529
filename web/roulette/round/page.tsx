import { Fragment, useMemo } from "react";
import type { Round } from "../../../rooms/fair/check.ts";
import { checker, outcomeOf, spinOf, type Outcome } from "../../../rooms/roulette/check.ts";
import { colourOf, SPIN_LABEL } from "../../../rooms/roulette/wheel.ts";
import { amount, moment } from "../../ui/format.ts";
import { Elsewhere, RoundFrame, RoundHead } from "../../rounds/frame.tsx";
import { Claimed, Step } from "../../rounds/parts.tsx";
import { SealStep, Verdict, WordsStep } from "../../rounds/proof.tsx";
import { mismatch, okOf, saysOf, tidied } from "../../rounds/claim.ts";
import { useClaim, type Claim } from "../../rounds/record.ts";
import { Payouts } from "./payouts.tsx";

/** A finished round of roulette with its proof. */
export default function RoulettePage() {
  return (
    <RoundFrame game="roulette" back="To the table">
      {(round, path) => <Finished key={`${path} ${round.round}`} round={round} path={path} />}
    </RoundFrame>
  );
}

const WRONG = { result: "The draw gives another number" };

function Finished({ round, path }: { readonly round: Round; readonly path: string }) {
  const claim = useClaim(round, checker);
  const told = useMemo(() => outcomeOf(round), [round]);
  const result = told?.result ?? null;
  const fits = result === null ? "The seal opens: the round was void" : `It fits: the number is ${result}`;
  return (
    <>
      <RoundHead
        round={round}
        path={path}
        badge={result !== null && <p className={`round-number round-${colourOf(result)} numerals`}>{result}</p>}
      >
        {moment(round.endedAt)}
        {told === null || told.result === null
          ? `, void: ${told?.void ?? "the table stopped, and every stake was given back"}`
          : `, ${stakedWords(told)}`}
      </RoundHead>
      <Verdict claim={claim} words={mismatch(claim.verdict, WRONG) ?? fits} />
      <ol className="steps">
        <SealStep claim={claim} round={round} what="spin" />
        <WordsStep claim={claim} label={SPIN_LABEL} />
        {told !== null && <SpinStep claim={claim} told={told} />}
        {told !== null && <NumberStep claim={claim} told={told} />}
      </ol>
      {told !== null && <Payouts claim={claim} outcome={told} />}
      <section className="round-plain">
        <h2>What this proves, and what it does not</h2>
        <p>
          The secret fits the fingerprint that was on the table before the bets, so it was not chosen afterwards. The
          players&rsquo; words are part of the draw, in the order they came, so the number could not be known before the
          last of them. Anybody can repeat these steps, with this page or without it.
        </p>
        <p>
          What cannot be proved: the house knows its secret all along. If whoever spoke last before the close were in
          league with it, they could have tried out words until a number suited them. If you spoke last, and chose your
          words yourself, nobody did.
        </p>
        <Elsewhere round={round} />
      </section>
    </>
  );
}

function stakedWords({ players }: Outcome): string {
  const staked = players.reduce((sum, player) => sum + player.staked, 0);
  return `${players.length === 1 ? "one player" : `${amount(players.length)} players`}, ${amount(staked)} on the felt`;
}

type StepProps = { readonly claim: Claim; readonly told: Outcome };

function SpinStep({ claim, told }: StepProps) {
  const opens = okOf(claim.verdict, "seal") === true;
  return (
    <Step
      title="The draw"
      ok={null}
      words={opens ? null : "Nothing is drawn from a secret that does not open the seal."}
    >
      {opens && <SpinWords claim={claim} told={told} />}
    </Step>
  );
}

function SpinWords({ claim, told }: StepProps) {
  const { words, rejected, word, limit, pockets, index, pocket } = spinOf(tidied(claim.round).proof, told.wheel);
  return (
    <>
      <p>
        HMAC-SHA-256 of the message under the secret gives {words.length} words of 32 bits. The first one below{" "}
        <span className="numerals" translate="no">
          {amount(limit)}
        </span>
        , the largest multiple of {pockets}, counts: so no number is likelier than another.
      </p>
      <p className="hash-box" translate="no">
        {words.map((one, i) => (
          <Fragment key={`${i} ${one}`}>
            <span className={i === rejected ? "hash-taken" : i < rejected ? "line-through" : ""}>{one}</span>{" "}
          </Fragment>
        ))}
      </p>
      <p className="sum numerals">
        {amount(word)} mod {pockets} = <strong>{index}</strong>
        {String(index) !== pocket && <>, which is pocket {pocket}</>}
      </p>
    </>
  );
}

function NumberStep({ claim, told }: StepProps) {
  const { result } = outcomeOf(claim.round) ?? told;
  if (result === null) {
    return (
      <Step title="The round was void" ok={okOf(claim.verdict, "result")}>
        <p>{saysOf(claim.verdict, "result")}</p>
      </Step>
    );
  }
  return (
    <Step title="The number" ok={okOf(claim.verdict, "result")}>
      <p>{saysOf(claim.verdict, "result")}</p>
      <Claimed
        label="What the table said"
        value={result}
        onChange={(value) => claim.outcome({ result: value })}
        short
      />
    </Step>
  );
}
