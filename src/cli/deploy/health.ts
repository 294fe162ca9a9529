import * as z from "zod";

const TRIES = 6;
const PAUSE_MS = 2_500;

const refused = z.object({ error: z.object({ message: z.string() }) });

/** The trouble that a new deployment reports; null: healthy. Retries, because a new address takes some seconds to resolve. */
export async function healthOf(house: string): Promise<string | null> {
  let trouble = "";
  for (let tries = 1; tries <= TRIES; tries += 1) {
    try {
      const answer = await fetch(new URL("/api/health", house), { signal: AbortSignal.timeout(10_000) });
      if (answer.ok) return null;
      const read = refused.safeParse(await answer.json().catch(() => null));
      trouble = read.success ? read.data.error.message : `status ${answer.status}`;
      if (read.success) return trouble;
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    if (tries < TRIES) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return trouble;
}
