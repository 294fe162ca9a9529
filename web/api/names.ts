import { useMemo } from "react";
import * as z from "zod/mini";
import { useSignal } from "../ui/store.ts";
import { ask } from "./client.ts";
import { NameBook } from "./name-book.ts";

/** Names of players who are not at the table: requested from the server, once for each id. */

const answer = z.object({ players: z.array(z.object({ id: z.string(), name: z.string() })) });

const book = new NameBook(async (ids) => {
  const { players } = await ask("GET /api/players", answer, { query: { ids: ids.join(",") } });
  return players;
});

/** Shown for a player whose name is not public, or not known yet. */
export const A_PLAYER = "a player";

/** Returns a function from id to name; null: not known yet, or not public. The function changes when names arrive. */
export function useNamesAsked(): (player: string) => string | null {
  const version = useSignal(book, book.version);
  // oxlint-disable-next-line react/exhaustive-deps -- a new version is a new function, so that what was told by the old one is told anew
  return useMemo(() => (player: string) => book.nameOf(player), [version]);
}
