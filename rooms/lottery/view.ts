import type { Step } from "../game.ts";
import type { Event } from "./events.ts";
import { resultOf } from "./evolve.ts";
import { HISTORY_MAX, startedOf, waitingOf, type State } from "./state.ts";
import type { PublicDelta, View } from "./types.ts";

/** The public view: sums, the root once it is published, and the finished draws. Nothing of the seed. */

export function view(state: State): View {
  const { config, round, history } = state;
  return { config, round, waiting: waitingOf(state), started: startedOf(state), history };
}

/** The public delta, from the state before the event. */
export function publicDelta({ before: state, event, after }: Step<State, Event>): PublicDelta | null {
  switch (event.type) {
    case "ticket":
    case "rolled":
      return { type: "waiting", waiting: waitingOf(after) };
    case "started": {
      const started = startedOf(after);
      return started === null ? null : { type: "started", started, waiting: waitingOf(after) };
    }
    case "drawn": {
      const result = resultOf(state, event);
      return result === null ? null : { type: "drawn", result, waiting: waitingOf(after) };
    }
    case "voided":
      return { type: "voided", draw: state.round, reason: event.reason, waiting: waitingOf(after) };
    default:
      event satisfies never;
      return null;
  }
}

/** Applies a public delta; clients use it too. */
export function fold(before: View, shown: PublicDelta): View {
  switch (shown.type) {
    case "waiting":
      return { ...before, waiting: shown.waiting };
    case "started":
      return { ...before, started: shown.started, waiting: shown.waiting };
    case "drawn":
      return {
        ...before,
        round: shown.result.draw + 1,
        started: null,
        waiting: shown.waiting,
        history: [shown.result, ...before.history].slice(0, HISTORY_MAX),
      };
    case "voided":
      return { ...before, round: shown.draw + 1, started: null, waiting: shown.waiting };
    default:
      shown satisfies never;
      return before;
  }
}

/** Drops all but the last of several ticket deltas in a row. */
export function coalesce(shown: readonly PublicDelta[]): readonly PublicDelta[] {
  return shown.filter((step, i) => step.type !== "waiting" || shown[i + 1]?.type !== "waiting");
}

/** Tickets may wait and share a frame in a full room; starts and draws may not. */
export function urgent(shown: PublicDelta): boolean {
  return shown.type !== "waiting";
}
