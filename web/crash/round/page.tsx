import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { times, type Round } from "../../../rooms/fair/check.ts";
import { BUST_LABEL } from "../../../rooms/crash/bust.ts";
import { checker } from "../../../rooms/crash/check.ts";
import { outcomeOf, type Outcome } from "../../../rooms/crash/due.ts";
import { amount, moment } from "../../ui/format.ts";
import { Elsewhere, RoundFrame, RoundHead } from "../../rounds/frame.tsx";
import { SealStep, Verdict, WordsStep } from "../../rounds/proof.tsx";
import { mismatch } from "../../rounds/claim.ts";
import { useClaim } from "../../rounds/record.ts";
import { Arc } from "./arc.tsx";
import { Bets } from "./bets.tsx";
import { OneBet } from "./one-bet.tsx";
import { BustStep, DrawStep, EndStep } from "./steps.tsx";

/** A finished flight with its proof. `?bet=` links to one bet. */
export default function CrashPage() {
  return (
    <RoundFrame game="crash" back="To the lobby">
      {(round, path) => <Finished key={`${path} ${round.round}`} round={round} path={path} />}
    </RoundFrame>
  );
}

const WRONG = { result: "The draw gives another bust point", end: "The flight had to end elsewhere" };

function Finished({ round, path }: { readonly round: Round; readonly path: string }) {
  const claim = useClaim(round, checker);
  const [search] = useSearchParams();
  const told = useMemo(() => outcomeOf(round), [round]);
  const asked = search.get("bet");
  const end = told?.endX100 ?? null;
  const wrong = mismatch(claim.verdict, told?.void == null ? WRONG : { result: "The round cannot have been void so" });
  return (
    <>
      <RoundHead
        round={round}
        path={path}
        badge={end !== null && <p className="round-flight numerals">{times(end)}&times;</p>}
      >
        {moment(round.endedAt)}, {subtitle(told)}
      </RoundHead>
      <Verdict claim={claim} words={wrong ?? fits(told)} />
      {told !== null && asked !== null && <OneBet claim={claim} outcome={told} id={asked} />}
      {told !== null && told.startedAt !== null && <Arc round={round} outcome={told} asked={asked} />}
      <ol className="steps">
        <SealStep claim={claim} round={round} what="flight" />
        <WordsStep claim={claim} label={BUST_LABEL} />
        {told !== null && <DrawStep claim={claim} told={told} />}
        {told !== null && <BustStep claim={claim} told={told} />}
        {told !== null && told.void === null && <EndStep claim={claim} told={told} />}
      </ol>
      {told !== null && <Bets claim={claim} outcome={told} asked={asked} />}
      <section className="round-plain">
        <h2>What this proves, and what it does not</h2>
        <p>
          The secret fits the fingerprint that was there before the bets, so the bust point was not chosen afterwards.
          The players&rsquo; words are part of the draw, in the order they came, so nobody knew it before the last of
          them. Where the flight ended and what everybody was paid follows from it, from the bets and from the instants
          at which cash-outs came in.
        </p>
        <p>
          What cannot be proved: the house knows its secret all along. If whoever spoke last before the start were in
          league with it, they could have tried out words until a bust point suited them. And when your own cash-out
          came in, only you and the house know: the answer that you were given then has to say the same as this page.
        </p>
        <Elsewhere round={round} />
      </section>
    </>
  );
}

function subtitle(told: Outcome | null): string {
  if (told === null) return "void: the lobby stopped, and what was in the air was given back";
  if (told.void !== null) return `void: ${told.void}`;
  const staked = told.bets.reduce((sum, bet) => sum + bet.amount, 0);
  const bets = told.bets.length === 1 ? "one bet" : `${amount(told.bets.length)} bets`;
  return `${bets}, ${amount(staked)} in the air${told.forced ? ", ended by force" : ""}`;
}

function fits(told: Outcome | null): string {
  if (told === null || told.endX100 === null) return "The seal opens: the round was void";
  return told.forced
    ? `It fits: ended by force at ${times(told.endX100)}\u00d7`
    : `It fits: it crashed at ${times(told.endX100)}\u00d7`;
}
