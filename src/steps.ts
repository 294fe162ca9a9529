import { settingsOf, type Env } from "./env.ts";

/**
 * The steps of the chain from a stake to its award, by name, so that a test can have the house stand still at one and be killed
 * there: between any two effects that are not one commit there is a step. Without STALL_AT they are nothing.
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
 * Of a request that changes something: `between` two effects that are not one commit, and `done`, when it has had its effect and
 * nobody was told, nor its answer kept.
 */
export const REQUEST_STEPS = ["requests.between", "requests.done"] as const;
export type StepName = (typeof STEPS)[number] | (typeof REQUEST_STEPS)[number];

/** Resolves at once, or never where STALL_AT names this step: the log says so. */
export async function step(env: Env, name: StepName): Promise<void> {
  if (settingsOf(env).STALL_AT !== name) return;
  console.log(`stalled at ${name}`);
  await new Promise(() => {});
}
