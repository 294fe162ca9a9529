import type { PlayerId } from "../game.ts";
import type { SeatNo } from "./types.ts";

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

type Placed = { readonly player: PlayerId; readonly seat: SeatNo };

/**
 * What a hand's players are called where every one needs a name of their own, as in a file. `known` gives a person's name; whose
 * name nobody may know, or can tell, is "Player 3", by the seat.
 */
export function namesIn(players: readonly Placed[], known: (player: string) => string | null | undefined): NameOf {
  return (player) => {
    const seat = players.find((one) => one.player === player)?.seat;
    return houseName(player) ?? known(player) ?? (seat === undefined ? "a player" : `Player ${seat + 1}`);
  };
}
