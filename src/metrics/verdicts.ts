import type { Verdict } from "../queue/verdict.ts";
import type { Env } from "../env.ts";
import { logOf } from "../log.ts";
import { directoryStub } from "../objects/stubs.ts";

/** How often the consumer reports its verdicts to the Directory; verdicts other than `done` are reported at once. */
const TELL_EVERY_MS = 5_000;

/** Counts of this isolate that are not reported yet. An isolate that ends loses those of the last few seconds. */
const untold = new Map<string, number>();
let toldAt = 0;
/** Whether a delayed report is pending. */
let waiting = false;

/**
 * Counts the verdicts of a batch, for /metrics. They are reported at once, or within five seconds by a promise passed to `later`.
 * Never rejects: messages must not fail because of their statistics.
 */
export async function noteVerdicts(
  env: Env,
  queue: string,
  verdicts: readonly Verdict[],
  later: (telling: Promise<void>) => void,
): Promise<void> {
  for (const { type } of verdicts) untold.set(`${queue}/${type}`, (untold.get(`${queue}/${type}`) ?? 0) + 1);
  const wait = verdicts.some(({ type }) => type !== "done") ? 0 : toldAt + TELL_EVERY_MS - Date.now();
  if (wait <= 0) await tell(env, queue);
  else if (!waiting) later(tellIn(env, queue, Math.min(wait, TELL_EVERY_MS)));
}

async function tellIn(env: Env, queue: string, ms: number): Promise<void> {
  waiting = true;
  await new Promise((resolve) => setTimeout(resolve, ms));
  waiting = false;
  await tell(env, queue);
}

async function tell(env: Env, queue: string): Promise<void> {
  if (untold.size === 0) return;
  const counts = Object.fromEntries(untold);
  untold.clear();
  toldAt = Date.now();
  try {
    await directoryStub(env).consumed(counts);
  } catch (error) {
    logOf(env).warn("verdicts", { queue, error });
    for (const [name, n] of Object.entries(counts)) untold.set(name, (untold.get(name) ?? 0) + n);
  }
}
