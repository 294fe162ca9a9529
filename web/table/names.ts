import { useMemo } from "react";
import { useRoom } from "./context.tsx";

/** Names of players that this page has heard of: players present, recently left, or in the chat. */

/** All names since page load. Players who leave keep theirs. */
const met = new Map<string, string>();

export function nameKnown(player: string): string | null {
  return met.get(player) ?? null;
}

/** The returned function changes when new names arrive. */
export function useNameKnown(): (player: string) => string | null {
  const players = useRoom((table) => table.players);
  const left = useRoom((table) => table.left);
  const chat = useRoom((table) => table.chat);
  return useMemo(() => {
    // Later entries overwrite earlier ones, so the most recent names come last.
    for (const { player, name } of [...chat, ...(left ?? []), ...players]) met.set(player, name);
    return (player) => nameKnown(player);
  }, [players, left, chat]);
}
