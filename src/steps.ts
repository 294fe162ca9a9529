import { settingsOf, type Env } from "./env.ts";

/**
 * The steps of the chain from a stake to its award, by name: a test can stall the house at one and kill it there. There is a step
 * between any two effects that are not one commit. Without STALL_AT a step does nothing.
 */
export const STEPS = [
  "stakes.committed",
  "stakes.accrued",
  "stakes.sent",
  "stakes.received",
  "stakes.ticketed",
  "stakes.confirmed",
  "awards.committed",
  "awards.sent",
  "awards.received",
  "awards.approved",
  "awards.credited",
  "awards.paid",
  "awards.confirmed",
] as const;
/**
 * The steps of a request that changes something: `between` two effects that are not one commit, and `done`: the effect is
 * committed, but the answer is neither stored nor sent.
 */
export const REQUEST_STEPS = ["requests.between", "requests.done"] as const;
export type StepName = (typeof STEPS)[number] | (typeof REQUEST_STEPS)[number];

/** Resolves at once. At the step that STALL_AT names it logs a line and never resolves. */
export async function step(env: Env, name: StepName): Promise<void> {
  if (settingsOf(env).STALL_AT !== name) return;
  console.log(`stalled at ${name}`);
  await new Promise(() => {});
}
