import { queryOptions } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { deckRound, round as shape, type Round } from "../../rooms/check.ts";
import { verify, type Verdict } from "../../rooms/verify.ts";
import { get } from "../api/client.ts";
import { tidied } from "./claim.ts";

/** A finished round as the house tells it; what its outcome is, the page of its game parses. */
export function recordQuery(path: string, number: number) {
  return queryOptions({
    queryKey: ["record", path, number],
    queryFn: ({ signal }) => get(`/rooms/${path}/rounds/${number}`, shape, signal),
    staleTime: Infinity,
  });
}

/** A finished hand, as this viewer may read it: who logs in is told again. */
export function handQuery(path: string, number: number, you: string | null) {
  return queryOptions({
    queryKey: ["hand", path, number, you],
    queryFn: ({ signal }) => get(`/rooms/${path}/rounds/${number}`, deckRound, signal),
    staleTime: Infinity,
  });
}

/** A round as it is claimed to be: what was told, or what the visitor has made of it, to see it fail. */
export type Claim = {
  readonly round: Round;
  readonly verdict: Verdict;
  readonly edited: boolean;
  readonly reset: () => void;
  readonly proof: (part: Partial<Round["proof"]>) => void;
  readonly outcome: (part: object) => void;
};

export function useClaim(told: Round): Claim {
  const [round, setRound] = useState(told);
  const verdict = useMemo(() => verify(tidied(round)), [round]);
  return {
    round,
    verdict,
    edited: round !== told,
    reset: () => setRound(told),
    proof: (part) => setRound((before) => ({ ...before, proof: { ...before.proof, ...part } })),
    outcome: (part) => setRound((before) => ({ ...before, outcome: { ...Object(before.outcome), ...part } })),
  };
}
