import type { Round } from "../../rooms/fair/check.ts";
import type { Verdict } from "../../rooms/fair/verify.ts";

/** A finished round as edited by the visitor, and the verifier's result for it. */

/** Normalizes edited hex: without spaces, in lower case. */
export function tidied(round: Round): Round {
  const { commitment, seed } = round.proof;
  return { ...round, proof: { ...round.proof, commitment: hex(commitment), seed: hex(seed) } };
}

function hex(text: string): string {
  return text.trim().toLowerCase();
}

/** The verifier's result for a step, by its id; null if there is nothing to check. */
export function okOf({ steps }: Verdict, id: string): boolean | null {
  return steps.find((step) => step.id === id)?.ok ?? null;
}

export function saysOf({ steps }: Verdict, id: string): string {
  return steps.find((step) => step.id === id)?.says ?? "";
}

/** The first mismatch, in this game's words by step; null if there is none. */
export function mismatch(verdict: Verdict, words: Readonly<Record<string, string>>): string | null {
  const wrong = verdict.steps.find((step) => step.ok === false);
  if (wrong === undefined) return null;
  return words[wrong.id] ?? SHARED_WORDS[wrong.id] ?? wrong.says;
}

const SHARED_WORDS: Readonly<Record<string, string>> = {
  record: "The record is not of one round",
  seal: "The secret does not open the seal",
  words: "The words cannot have been given so",
  paid: "Somebody was not paid what was due",
};
