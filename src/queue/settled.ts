import type { Env } from "../env.ts";
import { readModelOf } from "../stats/index.ts";
import { boardsFor } from "../stats/named.ts";
import { project } from "../stats/project.ts";
import { done, poison, retry, type Item, type Verdict } from "./verdict.ts";

/**
 * What settled goes into the read model: a whole batch in one round trip, all of it or nothing. What was in it before changes
 * nothing, so a batch that failed half-way through its confirmation may come again whole.
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
