import { Check, X } from "lucide-react";
import { useMemo } from "react";
import type { DeckRound, Fact, Step as Checked } from "../../../rooms/fair/check.ts";
import { seenFor } from "../../table/witness.ts";
import { moment } from "../../ui/format.ts";
import { Judged, Sign, Step } from "../../rounds/parts.tsx";
import type { HandClaim } from "./lies.tsx";

/** The verifier's result for a hand, step by step. */

export function HandVerdict({ claim: { verdict, lie } }: { readonly claim: HandClaim }) {
  const wrong = verdict.steps.find(({ ok }) => ok === false);
  return (
    <div className="verdict" data-ok={verdict.ok} role="status" data-testid="verify-verdict">
      <Sign ok={verdict.ok} />
      <div>
        <p className="verdict-words numerals">
          {verdict.ok ? `It fits: ${verdict.headline}` : (wrong?.title ?? "It does not fit")}
        </p>
        <p className="text-ivory-dim">
          {lie === null
            ? "Recomputed just now, in your browser, from what you were shown of this hand."
            : "With the lie that you have put in. The hand as it was is one touch away."}
        </p>
      </div>
    </div>
  );
}

type Props = { readonly claim: HandClaim; readonly told: DeckRound; readonly nameOf: (player: string) => string };

export function HandSteps({ claim, told, nameOf }: Props) {
  return (
    <ol className="steps">
      {claim.verdict.steps.map((step) => (
        <Step key={step.id} title={step.title} ok={step.ok}>
          <p>{step.says}</p>
          {step.id === "seal" && <Witness told={told} commitment={claim.round.proof.commitment} />}
          <Facts step={step} nameOf={nameOf} />
        </Step>
      ))}
    </ol>
  );
}

function Facts({ step: { facts, ok }, nameOf }: { readonly step: Checked; readonly nameOf: Props["nameOf"] }) {
  if (facts.length === 0) return null;
  return (
    <details className="step-facts" open={ok === false || undefined}>
      <summary>What was looked at</summary>
      <dl>
        {facts.map((fact, i) => (
          // Names are not unique, but the order is fixed, so the index is a stable key.
          <div key={`${i} ${fact.name}`} data-ok={fact.ok}>
            <dt>{named(fact.name, nameOf)}</dt>
            <dd>
              {fact.ok === true && <Check size={14} aria-label="fits:" className="text-won" />}
              {fact.ok === false && <X size={14} aria-label="does not fit:" className="text-lost" />}
              <span className="hash" translate="no">
                {valued(fact, nameOf)}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Replaces the id in "client seed of <id>" by the name. */
function named(name: string, nameOf: Props["nameOf"]): string {
  const seed = /^client seed of (.+)$/.exec(name);
  return seed?.[1] === undefined ? name : `client seed of ${nameOf(seed[1])}`;
}

function valued({ name, value }: Fact, nameOf: Props["nameOf"]): string {
  const who = /^([A-Za-z0-9:_-]{8,}|bot:\d+:\d+)(, .*)$/.exec(value);
  return name.startsWith("seat") && who?.[1] !== undefined ? `${nameOf(who[1])}${who[2] ?? ""}` : value;
}

/** The commitment that this browser saw at the time, if it was at the table. */
function Witness({ told, commitment }: { readonly told: DeckRound; readonly commitment: string }) {
  const sight = useMemo(() => seenFor(told.room, told.round), [told]);
  if (sight === null) return <p className="label">This browser was not at the table then; it can check the rest.</p>;
  return sight.hash === commitment ? (
    <Judged ok>This browser saw the same fingerprint itself, on {moment(sight.at)}.</Judged>
  ) : (
    <Judged ok={false}>This browser was shown another fingerprint then.</Judged>
  );
}
