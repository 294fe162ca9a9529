import { queryOptions } from "@tanstack/react-query";
import { deckRound, round as shape } from "../../rooms/check.ts";
import { get } from "../api/client.ts";

/** A finished round as the house tells it; what its outcome is, the page of its game parses. */
export function recordQuery(path: string, number: number) {
  return queryOptions({
    queryKey: ["record", path, number],
    queryFn: ({ signal }) => get(`/rooms/${path}/rounds/${number}`, shape, signal),
    staleTime: Infinity,
  });
}

/** A finished hand, as this viewer may read it: who logs in is told again. */
export function handQuery(path: string, number: number, you: string | null) {
  return queryOptions({
    queryKey: ["hand", path, number, you],
    queryFn: ({ signal }) => get(`/rooms/${path}/rounds/${number}`, deckRound, signal),
    staleTime: Infinity,
  });
}
