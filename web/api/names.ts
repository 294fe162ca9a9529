import { useMemo } from "react";
import * as z from "zod/mini";
import { useSignal } from "../ui/store.ts";
import { ask } from "./client.ts";
import { NameBook } from "./name-book.ts";

/** What players are called who are not here: the house is asked, once for each of them. */

const answer = z.object({ players: z.array(z.object({ id: z.string(), name: z.string() })) });

const book = new NameBook(async (ids) => {
  const { players } = await ask("GET /api/players", answer, { query: { ids: ids.join(",") } });
  return players;
});

/** For whom nobody may name, and while it is asked for. */
export const A_PLAYER = "a player";

/** The name, or null: it is not known yet, or others may not know it. Changes when names come in. */
export function useNamesAsked(): (player: string) => string | null {
  const version = useSignal(book, book.version);
  // oxlint-disable-next-line react/exhaustive-deps -- a new version is a new function, so that what was told by the old one is told anew
  return useMemo(() => (player: string) => book.nameOf(player), [version]);
}
