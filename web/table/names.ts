import { useMemo } from "react";
import { useRoom } from "./context.tsx";

/** What players are called, as far as this page was told: who is here, who has left lately, who has spoken. */

/** Of everybody who was met since the page came: whoever leaves keeps the name. */
const met = new Map<string, string>();

export function nameKnown(player: string): string | null {
  return met.get(player) ?? null;
}

/** Changes when somebody new is met here. */
export function useNameKnown(): (player: string) => string | null {
  const players = useRoom((table) => table.players);
  const left = useRoom((table) => table.left);
  const chat = useRoom((table) => table.chat);
  return useMemo(() => {
    // The latest name of each comes last.
    for (const { player, name } of [...chat, ...(left ?? []), ...players]) met.set(player, name);
    return (player) => nameKnown(player);
  }, [players, left, chat]);
}
