import { infiniteQueryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import { get } from "../../api/client.ts";

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

export function pastRounds(path: string) {
  return infiniteQueryOptions({
    queryKey: ["crash", path],
    queryFn: ({ pageParam, signal }) =>
      get(`/rooms/${path}/rounds${pageParam === null ? "" : `?cursor=${pageParam}`}`, pages, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
}
