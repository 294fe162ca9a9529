import type { Round } from "../../rooms/fair/check.ts";
import type { Verdict } from "../../rooms/fair/verify.ts";

/** What the pages make of a round that a visitor may have changed, and of what the verifier says of it. */

/** As it was meant: hex by hand may have spaces around it, or capitals. */
export function tidied(round: Round): Round {
  const { commitment, seed } = round.proof;
  return { ...round, proof: { ...round.proof, commitment: hex(commitment), seed: hex(seed) } };
}

function hex(text: string): string {
  return text.trim().toLowerCase();
}

/** What the verifier said of a step, by its id; null when it has nothing to judge there. */
export function okOf({ steps }: Verdict, id: string): boolean | null {
  return steps.find((step) => step.id === id)?.ok ?? null;
}

export function saysOf({ steps }: Verdict, id: string): string {
  return steps.find((step) => step.id === id)?.says ?? "";
}

/** The first thing that does not fit, in this game's words by step; null when all does. */
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
