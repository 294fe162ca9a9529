import { drawnFor, dueOf } from "../../../rooms/dice/check.ts";
import { labelOf, NUMBERS, type Recount } from "../../../rooms/dice/rolls.ts";
import { beginning } from "../../../rooms/fair/check.ts";
import { okOf, tidied } from "../../rounds/claim.ts";
import { Claimed, CopyLink, Out, Step } from "../../rounds/parts.tsx";
import type { Claim } from "../../rounds/record.ts";
import { amount } from "../../ui/format.ts";
import { betWords, chanceWords, timesWords } from "../words.ts";

type Props = { readonly claim: Claim; readonly outcome: Recount; readonly nonce: number };

/** Rejection sampling: words from here on are discarded. The largest multiple of 10,000 below 2^32. */
const LIMIT = 2 ** 32 - (2 ** 32 % NUMBERS);

/** How one roll is drawn and paid. The claimed values can be edited, to see the check fail. */
export function OneRoll({ claim, outcome, nonce }: Props) {
  const roll = outcome.rolls[nonce];
  if (roll === undefined) return null;
  const opens = okOf(claim.verdict, "seal") === true;
  const { proof } = tidied(claim.round);
  const drawn = opens ? drawnFor(proof, nonce) : null;
  const due = dueOf(roll);
  const change = (part: { rolled?: number; payout?: number }): void =>
    claim.outcome({ rolls: outcome.rolls.with(nonce, { ...roll, ...part }) });
  return (
    <ol className="steps" data-testid="one-roll">
      <Step
        title={`Roll ${nonce}`}
        ok={drawn === roll.rolled}
        words={opens ? null : "Nothing is drawn from a secret that does not open the seal."}
      >
        {drawn !== null && <Drawn block={beginning(proof, labelOf(nonce)).block} nonce={nonce} drawn={drawn} />}
        <Claimed
          label="What the table said"
          value={String(roll.rolled)}
          onChange={(value) => change({ rolled: numberOf(value) })}
          short
        />
      </Step>
      <Step title="What it paid" ok={due === roll.payout}>
        <p className="numerals">
          {amount(roll.amount)} {betWords(roll)}: a chance of {chanceWords(roll)}, paid {timesWords(roll)} the stake in
          whole chips. {amount(due)} came back by that.
        </p>
        <Claimed
          label="What came back"
          value={String(roll.payout)}
          onChange={(value) => change({ payout: numberOf(value) })}
          short
        />
        <CopyLink query={`?roll=${nonce}`}>Copy the link to this roll</CopyLink>
      </Step>
    </ol>
  );
}

function Drawn({ block, nonce, drawn }: { readonly block: string; readonly nonce: number; readonly drawn: number }) {
  const words = block.match(/.{8}/g) ?? [];
  const at = words.findIndex((word) => Number.parseInt(word, 16) < LIMIT);
  return (
    <>
      <p>
        HMAC-SHA-256 of the message below, with <code>{labelOf(nonce)}</code> in it, under the secret gives words of 32
        bits. The first below{" "}
        <span translate="no" className="numerals">
          {amount(LIMIT)}
        </span>
        , the largest multiple of 10,000, counts: so no number is likelier than another.
      </p>
      <Out label="HMAC-SHA-256" value={words.join(" ")} />
      <p className="sum numerals">
        {amount(Number.parseInt(words[at] ?? "0", 16))} mod 10,000 = <strong>{drawn}</strong>
      </p>
    </>
  );
}

/** Text that is not a number becomes 0, so that the check fails. */
function numberOf(text: string): number {
  return /^\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : 0;
}
