import { QueryClient, queryOptions } from "@tanstack/react-query";
import { ApiError, ask } from "./client.ts";
import { rooms } from "./shapes.ts";

/** The page's queries, with how long each answer stays fresh. */

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal is final, so only other errors are retried.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

export const roomsQuery = queryOptions({
  queryKey: ["rooms"],
  queryFn: ({ signal }) => ask("GET /api/rooms", rooms, { signal }),
  staleTime: 2_000,
  refetchInterval: 5_000,
});
