import type { PlayerId } from "../game.ts";
import type { SeatNo } from "./types.ts";

/** Names of house players. Wherever they are shown, they are also marked as house players. */

export type NameOf = (player: PlayerId | string) => string;

const HOUSE = [
  ["Ada", "Basil", "Clara", "Dmitri", "Edith", "Felix", "Greta", "Hugo", "Iris"],
  ["Jasper", "Klara", "Leopold", "Mabel", "Nestor", "Odette", "Pascal", "Quentin", "Rosa"],
  ["Silas", "Thea", "Ulrich", "Vera", "Walter", "Xenia", "Yorick", "Zelda", "Anton"],
] as const;

/** A house player's name, by the seat and hand in the id, so that no two at a table have the same. Null for a person. */
export function houseName(player: string): string | null {
  const [kind, seat, n] = player.split(":");
  if (kind !== "bot") return null;
  return HOUSE[Number(n) % HOUSE.length]?.[Number(seat)] ?? "House player";
}

type Placed = { readonly player: PlayerId; readonly seat: SeatNo };

/**
 * Names for a hand's players where each needs one, as in a file. `known` gives a person's public name; a player without one is
 * "Player 3", by the seat.
 */
export function namesIn(players: readonly Placed[], known: (player: string) => string | null | undefined): NameOf {
  return (player) => {
    const seat = players.find((one) => one.player === player)?.seat;
    return houseName(player) ?? known(player) ?? (seat === undefined ? "a player" : `Player ${seat + 1}`);
  };
}
