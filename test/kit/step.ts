import type { DomainEvent, Json, PlayerId, Settlement, Step } from "../../rooms/game.ts";
import { settledEvents } from "../../rooms/kernel/settlement.ts";
import { stepOf } from "../../rooms/kernel/state.ts";

export { stepOf };

/** Events handed to a game as the kernel does, for tests that go event by event. */

type Evolves<State, Event> = {
  readonly rules: { evolve(state: State, event: Event): State; round(state: State): number };
};
type Settles<State, Event> = Evolves<State, Event> & {
  readonly rounds: {
    settle(step: Step<State, Event>): Settlement | null;
    publish(step: Step<State, Event>, room: string): readonly DomainEvent[];
  };
};
type Tells<State, Event, PrivateDelta> = Evolves<State, Event> & {
  readonly deltas: {
    privateDeltas(step: Step<State, Event>, seated: Iterable<PlayerId>): Iterable<readonly [PlayerId, PrivateDelta]>;
  };
};

/** What the event tells each player alone. */
export function toldOf<State, Event, PrivateDelta>(
  game: Tells<State, Event, PrivateDelta>,
  before: State,
  event: Event,
  seated: readonly PlayerId[] = [],
): ReadonlyMap<PlayerId, PrivateDelta> {
  return new Map(game.deltas.privateDeltas(stepOf(game, before, event), seated));
}

/** What the event leaves for the round's record, or null. */
export function keptOf<State, Event>(game: Settles<State, Event>, before: State, event: Event): Json | null {
  return game.rounds.settle(stepOf(game, before, event))?.record ?? null;
}

/** What leaves by the outbox for it. */
export function publishedOf<State, Event>(
  game: Settles<State, Event>,
  before: State,
  event: Event,
  room: string,
): readonly DomainEvent[] {
  const step = stepOf(game, before, event);
  const paid = game.rounds.settle(step)?.paid;
  const settled = paid === undefined ? [] : settledEvents(room, game.rules.round(before), paid);
  return [...settled, ...game.rounds.publish(step, room)];
}
