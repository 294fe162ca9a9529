import { queryOptions } from "@tanstack/react-query";
import { health, type Health } from "../api/stats.ts";

/** The house's health, and how long the whole answer took to come here. */
export type Felt = { readonly health: Health; readonly ms: number };

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => feel(signal),
  staleTime: 4_000,
  refetchInterval: 10_000,
  retry: false,
});

/** A house that is down still says what is: its 503 is an answer. */
async function feel(signal: AbortSignal): Promise<Felt> {
  const began = performance.now();
  const response = await fetch("/api/health", { signal, credentials: "same-origin" });
  const read = health.safeParse(await response.json().catch(() => null));
  if (!read.success) throw new Error("The house cannot be reached.");
  return { health: read.data, ms: Math.round(performance.now() - began) };
}
