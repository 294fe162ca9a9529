import type { PlayerId } from "../game.ts";

/**
 * A table's data about its players, as immutable plain JSON: a list of places, and the index of each player in it. A change
 * copies the list and one entry, so it costs little at a full table.
 */

export type Seated = {
  readonly player: PlayerId;
  /** The round of this player's last bet. Those who bet longest ago are forgotten first. */
  readonly round: number;
};

export type Places<Place extends Seated> = {
  readonly places: readonly Place[];
  /** The index in `places`, by player. */
  readonly index: Readonly<Record<string, number>>;
};

/** Most players remembered between rounds. Those of the last round and those the server plays for are always kept. */
export const REMEMBERED_MAX = 1_000;

/** Checks the type, since a player id may be the name of a property that every object inherits. */
function indexOf({ index }: Places<Seated>, player: PlayerId): number | undefined {
  const i = index[player];
  return typeof i === "number" ? i : undefined;
}

/** A player's place; undefined for a player the table does not know. */
export function placeIn<Place extends Seated>(table: Places<Place>, player: PlayerId): Place | undefined {
  const i = indexOf(table, player);
  return i === undefined ? undefined : table.places[i];
}

/** Replaces the player's place, or appends it. */
export function withPlace<State extends Places<Seated>>(state: State, place: State["places"][number]): State {
  const known = indexOf(state, place.player);
  const places: State["places"][number][] = state.places.slice();
  if (known !== undefined) {
    places[known] = place;
    return { ...state, places };
  }
  places.push(place);
  return { ...state, places, index: { ...state.index, [place.player]: places.length - 1 } };
}

/** Removes the places for which `drop` is true. */
export function withoutPlaces<State extends Places<Seated>>(
  state: State,
  drop: (place: State["places"][number]) => boolean,
): State {
  const places: State["places"][number][] = state.places.filter((place) => !drop(place));
  if (places.length === state.places.length) return state;
  return { ...state, places, index: Object.fromEntries(places.map(({ player }, i) => [player, i])) };
}

/** Players to forget once too many are remembered: oldest bet first, before round `since`, and `keep` is false. */
export function longestAway<Place extends Seated>(
  places: readonly Place[],
  since: number,
  keep: (place: Place) => boolean,
): readonly PlayerId[] {
  const excess = places.length - REMEMBERED_MAX;
  if (excess <= 0) return [];
  return places
    .filter((place) => place.round < since && !keep(place))
    .sort((a, b) => a.round - b.round)
    .slice(0, excess)
    .map(({ player }) => player);
}
