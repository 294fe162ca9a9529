import type { Env } from "../env.ts";
import { readModelOf } from "../stats/index.ts";
import { boardsFor } from "../stats/named.ts";
import { project } from "../stats/project.ts";
import { done, poison, retry, type Item, type Verdict } from "./verdict.ts";

/**
 * Projects settled events into the read model: a batch in one round trip, atomically. Facts that are already stored change
 * nothing, so a batch whose confirmation failed half-way can be repeated as a whole.
 */
export async function takeSettled(env: Env, items: readonly Item[]): Promise<Verdict[]> {
  const bodies = items.map(({ body }) => body);
  const boards = await boardsFor(env, bodies).catch((error: unknown) => String(error));
  if (typeof boards === "string") return items.map(() => retry(boards));
  const { facts, judged } = project(bodies, boards);
  const failure = await readModelOf(env)
    .project(facts, Date.now())
    .then(
      () => null,
      (error: unknown) => String(error),
    );
  return judged.map((one) => {
    if (!one.ok) return poison(one.code, one.reason);
    return failure === null ? done : retry(failure);
  });
}
