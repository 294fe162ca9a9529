import { RotateCcw, X } from "lucide-react";
import { useMemo } from "react";
import { fingerprintOf, type Round } from "../../rooms/fair/check.ts";
import { drawFields } from "../../rooms/fair/draw.ts";
import { seenFor } from "../table/witness.ts";
import { moment } from "../ui/format.ts";
import { Claimed, Judged, Out, Sign, Step, useNames } from "./parts.tsx";
import { okOf, saysOf, tidied } from "./claim.ts";
import type { Claim } from "./record.ts";
import { Name } from "../ui/name.tsx";

/** Parts of the proof common to all games: the verdict, the commitment and the message. The claim is editable, to see it fail. */

export function Verdict({ claim, words }: { readonly claim: Claim; readonly words: string }) {
  const { verdict, edited, reset } = claim;
  return (
    <div className="verdict" data-ok={verdict.ok} role="status" data-testid="verify-verdict">
      <Sign ok={verdict.ok} />
      <div>
        <p className="verdict-words numerals">{words}</p>
        <p className="text-ivory-dim">
          {edited
            ? "With what you have changed below. The round as it was played is one touch away."
            : "Recomputed just now, in your browser, from public data alone. Change anything below and see it fail."}
        </p>
      </div>
      {edited && (
        <button type="button" className="btn ml-auto" onClick={reset}>
          <RotateCcw size={16} aria-hidden="true" /> As it was
        </button>
      )}
    </div>
  );
}

type SealProps = {
  readonly claim: Claim;
  /** The round as published. */
  readonly round: Round;
  /** "spin", "flight": the event after which the secret is revealed. */
  readonly what: string;
  /** "bet": the event before which the fingerprint was published. */
  readonly first?: string;
};

export function SealStep({ claim, round, what, first = "bet" }: SealProps) {
  const { commitment, seed } = claim.round.proof;
  const print = fingerprintOf(tidied(claim.round).proof.seed);
  return (
    <Step
      title="The seal opens"
      ok={okOf(claim.verdict, "seal")}
      words={print === null ? "A server seed is 64 hexadecimal digits." : null}
    >
      <p>
        Before the first {first}, the table showed this hash of the server seed. After the {what} the house showed the
        server seed. Its SHA-256 has to be the same.
      </p>
      <Witness round={round} commitment={commitment} />
      <Claimed
        label={`Server seed hash, published before the ${first}s`}
        value={commitment}
        onChange={(value) => claim.proof({ commitment: value })}
      />
      <Claimed
        label={`Server seed, shown after the ${what}`}
        value={seed}
        onChange={(value) => claim.proof({ seed: value })}
      />
      <Out label="SHA-256 of the server seed" value={print ?? "not a seed"} />
    </Step>
  );
}

export function WordsStep({ claim, label }: { readonly claim: Claim; readonly label: string }) {
  const { room, round, entropy } = claim.round.proof;
  const ok = okOf(claim.verdict, "words");
  return (
    <Step
      title="Everybody&rsquo;s client seed goes in"
      ok={ok === false ? false : null}
      words={ok === false ? saysOf(claim.verdict, "words") : null}
    >
      <p>
        The message is made of these fields, each with its length before it: the scheme, the table, the round, what is
        drawn, then every player and their client seed, in the order in which they came.
      </p>
      <Words claim={claim} />
      <Out
        label="Fields of the message"
        value={drawFields(room, round, entropy, label)
          .map((field) => `\u201c${field}\u201d`)
          .join("  ")}
      />
    </Step>
  );
}

function Words({ claim }: { readonly claim: Claim }) {
  const nameOf = useNames();
  const { entropy } = claim.round.proof;
  if (entropy.length === 0) return <p className="label">Nobody gave a client seed in this round.</p>;
  return (
    <ul className="words">
      {entropy.map(({ player, value }, i) => (
        <li key={player}>
          <label>
            <Name className="label truncate">{nameOf(player)}</Name>
            <input
              className="field mono"
              value={value}
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => claim.proof({ entropy: entropy.with(i, { player, value: event.target.value }) })}
            />
          </label>
        </li>
      ))}
    </ul>
  );
}

/** The commitment that this browser saw at the time, if it was at the table. */
function Witness({ round, commitment }: { readonly round: Round; readonly commitment: string }) {
  return <Witnessed room={round.room} round={round.round} hash={commitment} what="fingerprint" />;
}

type WitnessProps = {
  readonly room: string;
  readonly round: number;
  readonly hash: string;
  /** "fingerprint", "root". */
  readonly what: string;
};

export function Witnessed({ room, round, hash, what }: WitnessProps) {
  const sight = useMemo(() => seenFor(room, round), [room, round]);
  if (sight === null) return <p className="label">This browser was not at the table then; it can check the rest.</p>;
  return sight.hash === hash ? (
    <Judged ok>
      This browser saw the same {what} itself, on {moment(sight.at)}.
    </Judged>
  ) : (
    <p className="text-lost">
      <X size={16} aria-hidden="true" className="mr-1 inline" />
      This browser was shown another {what} then:{" "}
      <span className="hash" translate="no">
        {sight.hash}
      </span>
    </p>
  );
}
