import type { PlayerId, Step } from "../game.ts";

type PrivateDeltas<State, Event, Told> = (step: Step<State, Event>) => Iterable<readonly [PlayerId, Told]>;

/** The private deltas of a game that says whose seat an event changes, and what each of them is told; null: nothing. */
export function toEach<State, Event, Told>(
  audience: (before: State, event: Event) => readonly PlayerId[],
  tell: (before: State, event: Event, player: PlayerId) => Told | null,
): PrivateDeltas<State, Event, Told> {
  return function* ({ before, event }) {
    for (const player of audience(before, event)) {
      const told = tell(before, event, player);
      if (told !== null) yield [player, told];
    }
  };
}
