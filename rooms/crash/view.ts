import type { Step } from "../game.ts";
import { emptyBoard, foldBoard, mergeBets, mergeOuts } from "./board.ts";
import type { Event } from "./events.ts";
import { betsStep, boardOf, outsStep } from "./list.ts";
import { HISTORY_MAX, type State } from "./state.ts";
import type { Phase, PublicDelta, View } from "./types.ts";

/** The public view. A whitelist: of a flight in the air only its start time. [C3] */

export function view({ config, round, phase, board, last, history }: State): View {
  return { config, round, phase: phaseOf(phase), board, last, history };
}

function phaseOf(phase: State["phase"]): Phase {
  return phase.name === "running" ? { name: "running", startedAt: phase.startedAt } : phase;
}

/** The public delta, from the state before the event. Targets are private to their players until they are met. */
export function publicDelta({ before: state, event }: Step<State, Event>): PublicDelta | null {
  switch (event.type) {
    case "placed":
    case "cancelled":
      return betsStep(state, event);
    case "cashedOut":
    case "targetsMet":
      return outsStep(state, event);
    case "opened":
      return event;
    case "launched":
      return { type: "launched", startedAt: event.startedAt };
    case "ended": {
      const { round, bustX100, endX100, forced, nextAt } = event;
      const startedAt = state.phase.name === "running" ? state.phase.startedAt : nextAt;
      return { type: "ended", round, bustX100, endX100, forced, startedAt, nextAt };
    }
    case "ready": {
      const places = state.places.map((place) => ({ ...place, bets: place.queued }));
      return { type: "ready", board: boardOf({ places }) };
    }
    case "voided":
      return { type: "voided", round: event.round, reason: event.reason };
    case "queued":
    case "strategy":
    case "forceMoved":
    case "forgot":
      return null;
    default:
      event satisfies never;
      return null;
  }
}

/** Applies a public delta; clients use it too. */
export function fold(before: View, shown: PublicDelta): View {
  switch (shown.type) {
    case "bets":
    case "outs":
      return { ...before, board: foldBoard(before.board, shown) };
    case "opened":
      return { ...before, phase: { name: "betting", startsAt: shown.startsAt } };
    case "launched":
      return { ...before, phase: { name: "running", startedAt: shown.startedAt } };
    case "ended": {
      const { round, bustX100, endX100, forced, startedAt, nextAt } = shown;
      return {
        ...before,
        round: round + 1,
        phase: { name: "crashed", startedAt, endX100, nextAt },
        board: emptyBoard,
        last: { round, board: before.board },
        history: [{ round, endX100, bustX100, forced }, ...before.history].slice(0, HISTORY_MAX),
      };
    }
    case "ready":
      return { ...before, phase: { name: "waiting" }, board: shown.board };
    case "voided":
      return { ...before, round: shown.round + 1, phase: { name: "waiting" }, board: emptyBoard };
    default:
      shown satisfies never;
      return before;
  }
}

/** Merges a run of bets into one delta, and a run of cash-outs too. */
export function coalesce(shown: readonly PublicDelta[]): readonly PublicDelta[] {
  const out: PublicDelta[] = [];
  for (const step of shown) {
    const last = out.at(-1);
    if (step.type === "bets" && last?.type === "bets") out[out.length - 1] = mergeBets(last, step);
    else if (step.type === "outs" && last?.type === "outs") out[out.length - 1] = mergeOuts(last, step);
    else out.push(step);
  }
  return out;
}

/** Bets and cash-outs may wait and share a frame in a full lobby; starts and crashes may not. */
export function urgent(shown: PublicDelta): boolean {
  return shown.type !== "bets" && shown.type !== "outs";
}
