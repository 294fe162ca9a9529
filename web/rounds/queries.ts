import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { deckRound, round as shape } from "../../rooms/fair/check.ts";
import { ask } from "../api/client.ts";
import type { Place } from "../ui/rooms.ts";

/** A finished round. The game's page parses its outcome. */
export function recordQuery(room: Place, n: number) {
  return queryOptions({
    queryKey: ["record", room, n],
    queryFn: ({ signal }) => ask("GET /api/rooms/{game}/{id}/rounds/{n}", shape, { path: { ...room, n }, signal }),
    staleTime: Infinity,
    enabled: Number.isSafeInteger(n) && n >= 0,
  });
}

const newest = z.object({ rounds: z.array(z.object({ round: z.number() })) });

/** The number of the latest finished round; null: none. */
export function newestQuery(room: Place) {
  return queryOptions({
    queryKey: ["newest", room],
    queryFn: async ({ signal }) => {
      const query = { limit: 1 };
      const { rounds } = await ask("GET /api/rooms/{game}/{id}/rounds", newest, { path: room, query, signal });
      return rounds[0]?.round ?? null;
    },
  });
}

/** A finished hand as this viewer may see it, so the player's id is part of the cache key. */
export function handQuery(room: Place, n: number, you: string | null) {
  return queryOptions({
    queryKey: ["hand", room, n, you],
    queryFn: ({ signal }) => ask("GET /api/rooms/{game}/{id}/rounds/{n}", deckRound, { path: { ...room, n }, signal }),
    staleTime: Infinity,
    enabled: Number.isSafeInteger(n) && n >= 0,
  });
}
