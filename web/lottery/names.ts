import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import * as z from "zod/mini";
import { ask } from "../api/client.ts";
import { useYou } from "../table/context.tsx";
import { useNameKnown } from "../table/names.ts";
import { useView } from "./context.tsx";
import { shortName } from "./words.ts";

/** A request for names takes so many. */
const ASKED_MAX = 20;
const answer = z.object({ players: z.array(z.object({ id: z.string(), name: z.string() })) });

/**
 * What players are called. Who wins here has played at other tables and need not have been here: the house is asked. Who hides is
 * told by the beginning of their id.
 */
export function useWho(): (player: string) => string {
  const known = useNameKnown();
  const you = useYou();
  const history = useView((view) => view.history);
  const strangers = [...new Set(history.map(({ player }) => player))]
    .filter((player) => player !== you && known(player) === null)
    .slice(0, ASKED_MAX);
  const ids = strangers.join(",");
  const { data } = useQuery({
    queryKey: ["names", ids],
    queryFn: ({ signal }) => ask("GET /api/players", answer, { query: { ids }, signal }),
    enabled: ids !== "",
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  return useMemo(() => {
    const told = new Map(data?.players.map(({ id, name }) => [id, name]));
    return (player: string) => (player === you ? "You" : (known(player) ?? told.get(player) ?? shortName(player)));
  }, [known, data, you]);
}
