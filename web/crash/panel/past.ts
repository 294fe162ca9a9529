import { infiniteQueryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { ask } from "../../api/client.ts";
import { roomOf } from "../../ui/rooms.ts";

/** Past rounds of a lobby as REST tells them, as far as a list of them needs. */

const out = z.object({ paid: z.number() });
const past = z.object({
  round: z.number(),
  endedAt: z.number(),
  outcome: z.object({
    endX100: z.nullable(z.number()),
    bets: z.array(z.object({ player: z.string(), amount: z.number(), out: z.nullable(out) })),
  }),
});
export type Past = z.infer<typeof past>;
const pages = z.object({ rounds: z.array(past), next: z.nullable(z.number()) });

export function pastRounds(room: string) {
  return infiniteQueryOptions({
    queryKey: ["crash", room],
    queryFn: ({ pageParam: cursor, signal }) =>
      ask("GET /api/rooms/{game}/{id}/rounds", pages, { path: roomOf(room), query: { cursor }, signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}
