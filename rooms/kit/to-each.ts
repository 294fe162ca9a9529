import type { PlayerId, Step } from "../game.ts";

type PrivateDeltas<State, Event, PrivateDelta> = (
  step: Step<State, Event>,
) => Iterable<readonly [PlayerId, PrivateDelta]>;

/** `privateDeltas` from `audience`, the players whose seats an event changes, and `privateDelta`, the delta of each or null. */
export function toEach<State, Event, PrivateDelta>(
  audience: (before: State, event: Event) => readonly PlayerId[],
  privateDelta: (before: State, event: Event, player: PlayerId) => PrivateDelta | null,
): PrivateDeltas<State, Event, PrivateDelta> {
  return function* ({ before, event }) {
    for (const player of audience(before, event)) {
      const told = privateDelta(before, event, player);
      if (told !== null) yield [player, told];
    }
  };
}
