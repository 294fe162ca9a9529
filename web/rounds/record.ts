import { useMemo, useState } from "react";
import type { Round } from "../../rooms/fair/check.ts";
import { verifyBy, type AnyChecker, type Verdict } from "../../rooms/fair/verify.ts";
import { tidied } from "./claim.ts";

/** A claimed round: as published, or as edited by the visitor to see the check fail. */
export type Claim = {
  readonly round: Round;
  readonly verdict: Verdict;
  readonly edited: boolean;
  readonly reset: () => void;
  readonly proof: (part: Partial<Round["proof"]>) => void;
  readonly outcome: (part: object) => void;
};

/** `checker`: the verifier of the page's game, so that no other is loaded. */
export function useClaim(told: Round, checker: AnyChecker): Claim {
  const [round, setRound] = useState(told);
  const verdict = useMemo(() => verifyBy(checker, tidied(round)), [checker, round]);
  return {
    round,
    verdict,
    edited: round !== told,
    reset: () => setRound(told),
    proof: (part) => setRound((before) => ({ ...before, proof: { ...before.proof, ...part } })),
    outcome: (part) => setRound((before) => ({ ...before, outcome: { ...Object(before.outcome), ...part } })),
  };
}
