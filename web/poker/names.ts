import { useMemo } from "react";
import { useRoom, useYou } from "../table/context.tsx";
import { houseName, type NameOf } from "./house-names.ts";

/** What players are called at the table. House players have names of their own, and are marked wherever they are shown. */

/** Of everybody who was here since this page came: who lost the connection keeps the name. */
const met = new Map<string, string>();

/** "You", a house player's name, the name of who is or was here, or "a guest". */
export function usePlayerNames(): NameOf {
  const players = useRoom((table) => table.players);
  const you = useYou();
  return useMemo(() => {
    for (const { player, name } of players) met.set(player, name);
    return (player) => (player === you ? "You" : (houseName(player) ?? met.get(player) ?? "a guest"));
  }, [players, you]);
}

/** For who is not "You" to themselves on the plate of their own seat. */
export function nameKnown(player: string): string | null {
  return houseName(player) ?? met.get(player) ?? null;
}
