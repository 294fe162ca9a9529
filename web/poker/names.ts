import { useMemo } from "react";
import type { PlayerId } from "../../rooms/game.ts";
import { useRoom, useYou } from "../table/context.tsx";

/** What players are called at the table. House players have names of their own, and are marked wherever they are shown. */

const HOUSE = [
  ["Ada", "Basil", "Clara", "Dmitri", "Edith", "Felix", "Greta", "Hugo", "Iris"],
  ["Jasper", "Klara", "Leopold", "Mabel", "Nestor", "Odette", "Pascal", "Quentin", "Rosa"],
  ["Silas", "Thea", "Ulrich", "Vera", "Walter", "Xenia", "Yorick", "Zelda", "Anton"],
] as const;

/** By the seat and the hand with which they came, so no two at a table have the same one. Null for a person. */
export function houseName(player: string): string | null {
  const [kind, seat, n] = player.split(":");
  if (kind !== "bot") return null;
  return HOUSE[Number(n) % HOUSE.length]?.[Number(seat)] ?? "House player";
}

/** Of everybody who was here since this page came: who lost the connection keeps the name. */
const met = new Map<string, string>();

export type NameOf = (player: PlayerId | string) => string;

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
