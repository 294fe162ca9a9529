import type { Verdict } from "../consumers/verdict.ts";
import type { Env } from "../env.ts";
import { logOf } from "../log.ts";
import { directoryStub } from "../stubs.ts";

/** How often the consumer tells the Directory what it judged; what went wrong is told at once. */
const TELL_EVERY_MS = 5_000;

/** What this isolate has judged and not told yet; one that ends takes the last few seconds' with it. */
const untold = new Map<string, number>();
let toldAt = 0;

/** Counts the verdicts of a batch, for /metrics. Never rejects: the messages do not wait for their statistics. */
export async function noteVerdicts(env: Env, queue: string, verdicts: readonly Verdict[]): Promise<void> {
  for (const { type } of verdicts) untold.set(`${queue}/${type}`, (untold.get(`${queue}/${type}`) ?? 0) + 1);
  const due = Date.now() >= toldAt + TELL_EVERY_MS || verdicts.some(({ type }) => type !== "done");
  if (!due || untold.size === 0) return;
  const counts = Object.fromEntries(untold);
  untold.clear();
  toldAt = Date.now();
  try {
    await directoryStub(env).consumed(counts);
  } catch (error) {
    logOf(env).warn("verdicts", { queue, error });
  }
}
