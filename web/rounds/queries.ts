import { queryOptions } from "@tanstack/react-query";
import { deckRound, round as shape } from "../../rooms/fair/check.ts";
import { ask } from "../api/client.ts";
import type { Place } from "../ui/rooms.ts";

/** A finished round as the house tells it; what its outcome is, the page of its game parses. */
export function recordQuery(room: Place, n: number) {
  return queryOptions({
    queryKey: ["record", room, n],
    queryFn: ({ signal }) => ask("GET /api/rooms/{game}/{id}/rounds/{n}", shape, { path: { ...room, n }, signal }),
    staleTime: Infinity,
  });
}

/** A finished hand, as this viewer may read it: who logs in is told again. */
export function handQuery(room: Place, n: number, you: string | null) {
  return queryOptions({
    queryKey: ["hand", room, n, you],
    queryFn: ({ signal }) => ask("GET /api/rooms/{game}/{id}/rounds/{n}", deckRound, { path: { ...room, n }, signal }),
    staleTime: Infinity,
  });
}
