import { QueryClient, queryOptions } from "@tanstack/react-query";
import { ApiError, ask } from "./client.ts";
import { rooms } from "./shapes.ts";

/** What the page reads by REST, with how fresh it has to be. */

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal will not change its mind; a broken line may.
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
