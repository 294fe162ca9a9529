import type { PlayerId } from "../game.ts";

/** What house players are called; wherever they are shown they are marked besides. */

export type NameOf = (player: PlayerId | string) => string;

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
