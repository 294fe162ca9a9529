import { useMemo } from "react";
import { useRoom, useYou } from "../table/context.tsx";
import { shortName } from "./words.ts";

/** What players are called: who is here by name, everybody else by the beginning of their id. */
export function useWho(): (player: string) => string {
  const players = useRoom((table) => table.players);
  const you = useYou();
  return useMemo(() => {
    const names = new Map<string, string>(players.map(({ player, name }) => [player, name]));
    return (player) => (player === you ? "You" : (names.get(player) ?? shortName(player)));
  }, [players, you]);
}
