import { Check, RotateCcw, X } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { usePlayer } from "../api/session.ts";
import type { Round } from "../api/shapes.ts";
import { seenFor } from "../roulette/witness.ts";
import { amount, moment } from "../ui/format.ts";
import { verify, type Claim, type Steps } from "./verify.ts";

/** The claim can be edited, so that one sees it fail. */
export function Proof({ round }: { readonly round: Round }) {
  const told = useMemo(() => claimOf(round), [round]);
  const [claim, setClaim] = useState(told);
  const steps = useMemo(() => verify(claim), [claim]);
  const edited = claim !== told;
  const change = (part: Partial<Claim>): void => setClaim((before) => ({ ...before, ...part }));
  return (
    <>
      <Verdict steps={steps} claim={claim} edited={edited} onReset={() => setClaim(told)} />
      <ol className="steps">
        <Step
          title="The seal opens"
          ok={steps.opens}
          words={steps.fingerprint === null ? "A secret is 64 hexadecimal digits." : null}
        >
          <p>
            Before the first chip, the table showed this fingerprint. After the spin the house showed the secret behind
            it. Its SHA-256 has to be the same.
          </p>
          <Witness round={round} commitment={claim.commitment} />
          <Field
            label="Fingerprint, published before the bets"
            value={claim.commitment}
            onChange={(commitment) => change({ commitment })}
          />
          <Field label="Secret, shown after the spin" value={claim.seed} onChange={(seed) => change({ seed })} />
          <Out label="SHA-256 of the secret" value={steps.fingerprint ?? "not a secret"} />
        </Step>
        <Step title="Everybody&rsquo;s words go in" ok={null}>
          <p>
            The message is made of these fields, each with its length before it: the scheme, the table, the round, what
            is drawn, then every player and their words, in the order in which they came.
          </p>
          <Words claim={claim} onChange={(entropy) => change({ entropy })} />
          <Out label="Fields of the message" value={steps.fields.map((field) => `\u201c${field}\u201d`).join("  ")} />
        </Step>
        <Step title="The draw" ok={null}>
          <p>
            HMAC-SHA-256 of the message under the secret gives {steps.words.length} words of 32 bits. The first one
            below <span className="numerals">{amount(steps.limit)}</span>, the largest multiple of {steps.pockets},
            counts: so no number is likelier than another.
          </p>
          <p className="hash-box">
            {steps.words.map((word, i) => (
              <span
                key={`${i} ${word}`}
                className={i === steps.rejected ? "hash-taken" : i < steps.rejected ? "line-through" : ""}
              >
                {word}{" "}
              </span>
            ))}
          </p>
          {steps.word !== null && steps.index !== null && (
            <p className="sum numerals">
              {amount(steps.word)} mod {steps.pockets} = <strong>{steps.index}</strong>
              {steps.pocket !== null && String(steps.index) !== steps.pocket ? (
                <>, which is pocket {steps.pocket}</>
              ) : null}
            </p>
          )}
        </Step>
        <Step title="The number" ok={claim.result === null ? null : steps.agrees}>
          {claim.result === null ? (
            <p>
              The round was void: no number was told. Had it been played, it would have been {steps.pocket ?? "nothing"}
              .
            </p>
          ) : (
            <>
              <p>
                The table said {round.outcome.result}. The draw gives {steps.pocket ?? "nothing"}.
              </p>
              <Field label="What the table said" value={claim.result} onChange={(result) => change({ result })} short />
            </>
          )}
        </Step>
      </ol>
    </>
  );
}

function claimOf({ room, round, proof, outcome }: Round): Claim {
  const { commitment, seed, entropy } = proof;
  return { room, round, wheel: outcome.wheel, commitment, seed, entropy, result: outcome.result };
}

type VerdictProps = {
  readonly steps: Steps;
  readonly claim: Claim;
  readonly edited: boolean;
  readonly onReset: () => void;
};

function Verdict({ steps, claim, edited, onReset }: VerdictProps) {
  const ok = steps.opens && steps.agrees;
  const words = ok
    ? claim.result === null
      ? "The seal opens"
      : `It fits: the number is ${claim.result}`
    : steps.opens
      ? "The draw gives another number"
      : "The secret does not open the seal";
  return (
    <div className="verdict" data-ok={ok} role="status" data-testid="verify-verdict">
      <Sign ok={ok} />
      <div>
        <p className="verdict-words">{words}</p>
        <p className="text-ivory-dim">
          {edited
            ? "With what you have changed below. The round as it was played is one touch away."
            : "Recomputed just now, in your browser, from public data alone. Change anything below and see it fail."}
        </p>
      </div>
      {edited && (
        <button type="button" className="btn ml-auto" onClick={onReset}>
          <RotateCcw size={16} aria-hidden="true" /> As it was
        </button>
      )}
    </div>
  );
}

function Sign({ ok }: { readonly ok: boolean }) {
  return (
    <span className={ok ? "sign sign-ok" : "sign sign-no"}>
      {ok ? <Check size={22} aria-hidden="true" /> : <X size={22} aria-hidden="true" />}
    </span>
  );
}

type StepProps = {
  readonly title: ReactNode;
  /** Null: nothing to judge here. */
  readonly ok: boolean | null;
  readonly words?: string | null;
  readonly children: ReactNode;
};

function Step({ title, ok, words, children }: StepProps) {
  return (
    <li className="step">
      <h2>
        {title}
        {ok !== null && (
          <span className={ok ? "step-sign text-won" : "step-sign text-lost"}>
            {ok ? <Check size={18} aria-hidden="true" /> : <X size={18} aria-hidden="true" />}
            {ok ? "fits" : "does not fit"}
          </span>
        )}
      </h2>
      {children}
      {words !== null && words !== undefined && <p className="text-lost">{words}</p>}
    </li>
  );
}

/** What this very browser was shown at the time, if it was there. */
function Witness({ round, commitment }: { readonly round: Round; readonly commitment: string }) {
  const sight = useMemo(() => seenFor(round.room, round.round), [round]);
  if (sight === null) return <p className="label">This browser was not at the table then; it can check the rest.</p>;
  return sight.hash === commitment ? (
    <p className="text-won">
      <Check size={16} aria-hidden="true" className="mr-1 inline" />
      This browser saw the same fingerprint itself, on {moment(sight.at)}.
    </p>
  ) : (
    <p className="text-lost">
      <X size={16} aria-hidden="true" className="mr-1 inline" />
      This browser was shown another fingerprint then: <span className="hash">{sight.hash}</span>
    </p>
  );
}

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly short?: boolean;
};

function Field({ label, value, onChange, short = false }: FieldProps) {
  return (
    <label className={short ? "flex flex-col gap-1 max-w-40" : "flex flex-col gap-1"}>
      <span className="label">{label}</span>
      <input
        className="field mono"
        value={value}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

function Out({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <p className="label">{label}</p>
      <p className="hash-box">{value}</p>
    </div>
  );
}

type WordsProps = { readonly claim: Claim; readonly onChange: (entropy: Claim["entropy"]) => void };

function Words({ claim, onChange }: WordsProps) {
  const me = usePlayer()?.id ?? null;
  if (claim.entropy.length === 0) return <p className="label">Nobody gave words in this round.</p>;
  return (
    <ul className="words">
      {claim.entropy.map(({ player, value }, i) => (
        <li key={player}>
          <label>
            <span className="label truncate">{player === me ? "You" : `Player ${player.slice(0, 6)}`}</span>
            <input
              className="field mono"
              value={value}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => onChange(claim.entropy.with(i, { player, value: event.target.value }))}
            />
          </label>
        </li>
      ))}
    </ul>
  );
}
