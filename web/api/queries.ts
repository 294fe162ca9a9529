import { infiniteQueryOptions, QueryClient, queryOptions } from "@tanstack/react-query";
import { roomOf } from "../ui/rooms.ts";
import { ApiError, ask } from "./client.ts";
import { rooms, rounds } from "./shapes.ts";

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

export function roundsQuery(room: string) {
  return infiniteQueryOptions({
    queryKey: ["rounds", room],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask("GET /api/rooms/{game}/{id}/rounds", rounds, { path: roomOf(room), query: { cursor }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}
