import type { PlayerId } from "../game.ts";

/**
 * What a table knows of its players, as plain JSON that is never changed in place: a list, and where in it each one is. A change
 * copies the list and one entry, so it costs little at a full table.
 */

export type Seated = {
  readonly player: PlayerId;
  /** The round in which this player last placed a bet: who played longest ago is forgotten first. */
  readonly round: number;
};

export type Places<Place extends Seated> = {
  readonly places: readonly Place[];
  /** Where in `places` a player is. */
  readonly index: Readonly<Record<string, number>>;
};

/** So many players are remembered between rounds, and always those of the last round and those the server plays for. */
export const REMEMBERED_MAX = 1_000;

/** Asks for the type, since an id may be the name of something that every object has. */
function indexOf({ index }: Places<Seated>, player: PlayerId): number | undefined {
  const i = index[player];
  return typeof i === "number" ? i : undefined;
}

/** Undefined for a player the table knows nothing of. */
export function placeIn<Place extends Seated>(table: Places<Place>, player: PlayerId): Place | undefined {
  const i = indexOf(table, player);
  return i === undefined ? undefined : table.places[i];
}

/** With this place instead of the player's, or added to the end. */
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

/** Without the places that `drop` tells. */
export function withoutPlaces<State extends Places<Seated>>(
  state: State,
  drop: (place: State["places"][number]) => boolean,
): State {
  const places: State["places"][number][] = state.places.filter((place) => !drop(place));
  if (places.length === state.places.length) return state;
  return { ...state, places, index: Object.fromEntries(places.map(({ player }, i) => [player, i])) };
}

/** Who played longest ago, once too many are remembered; nobody who played in `since` or later, or whom `keep` tells. */
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
