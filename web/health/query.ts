import { queryOptions } from "@tanstack/react-query";
import { Rest } from "../../src/client/rest.ts";
import { asking } from "../api/client.ts";
import { health, type Health } from "../api/stats.ts";

/** The health answer, and its round-trip time in milliseconds. */
export type Felt = { readonly health: Health; readonly ms: number };

export const healthQuery = queryOptions({
  queryKey: ["health"],
  queryFn: ({ signal }) => feel(signal),
  staleTime: 4_000,
  refetchInterval: 10_000,
  retry: false,
});

/** A 503 is a valid answer here: it says which part is down. */
const ask = asking<"GET /api/health">(
  new Rest({
    url: "",
    tries: 1,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      return response.status === 503 ? new Response(response.body, { headers: response.headers }) : response;
    },
  }),
);

async function feel(signal: AbortSignal): Promise<Felt> {
  const began = performance.now();
  const read = await ask("GET /api/health", health, { signal });
  return { health: read, ms: Math.round(performance.now() - began) };
}
