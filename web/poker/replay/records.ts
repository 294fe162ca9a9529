import { infiniteQueryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { recordSchema } from "../../../rooms/poker/record-schema.ts";
import { ask } from "../../api/client.ts";
import { roomOf } from "../../ui/rooms.ts";

/** Finished hands of a table as REST tells them to this viewer: cards that they were not shown are not in them. */

const past = z.object({
  round: z.number(),
  endedAt: z.number(),
  /** Null for a hand that a fault ended, and for one before which everybody left. */
  outcome: z.nullable(recordSchema),
});
export type Past = z.infer<typeof past>;
const pages = z.object({ rounds: z.array(past), next: z.nullable(z.number()) });

export function pastHands(room: string) {
  return infiniteQueryOptions({
    queryKey: ["poker", room],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask("GET /api/rooms/{game}/{id}/rounds", pages, { path: roomOf(room), query: { cursor, limit: 20 }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}
