import type { Deadline, Decision, Facts, Ms, PlayerId } from "../game.ts";
import { longestAway } from "../kit/places.ts";
import { later } from "../kit/time.ts";
import { BUST_LABEL, drawBust } from "./bust.ts";
import { curveAt, elapsedTo, payoutOf } from "./curve.ts";
import type { Event, EventOf } from "./events.ts";
import { evolve } from "./evolve.ts";
import { forcePoint } from "./exposure.ts";
import type { Running, State } from "./state.ts";
import { betAll, stopAll, stops } from "./strategy.ts";
import type { BetId, Out, X100 } from "./types.ts";

/** The phases of C1: waiting -> betting -> running -> crashed -> waiting. An empty lobby stays in `waiting` and runs nothing. */

/**
 * With more bets in the air than this, targets are settled together, twice a second, so that a full lobby is not woken for each
 * one. Each bet is paid exactly its target, only shown later. Targets due when the flight ends are settled with its end.
 */
export const TARGETS_APART_MAX = 50;
export const TARGETS_EVERY_MS = 500;

export function deadlines(state: State): readonly Deadline[] {
  const { phase } = state;
  switch (phase.name) {
    case "waiting":
      return [];
    case "betting":
      return [{ name: "launch", at: phase.startsAt }];
    case "running": {
      const end = { name: "end", at: phase.endAt };
      const targets = targetsAt(state, phase);
      return targets === null || targets >= phase.endAt ? [end] : [{ name: "targets", at: targets }, end];
    }
    case "crashed":
      return [{ name: "ready", at: phase.nextAt }];
    default:
      phase satisfies never;
      return [];
  }
}

function targetsAt({ board }: State, { startedAt, metAt }: Running): Ms | null {
  if (metAt === null || board.bets - board.out <= TARGETS_APART_MAX) return metAt;
  return later(startedAt, Math.ceil((metAt - startedAt) / TARGETS_EVERY_MS) * TARGETS_EVERY_MS);
}

/**
 * A deadline that is not one of this phase, or not due yet, changes nothing. A flight starts when its launch fires, not when it
 * was due, so a late alarm takes no time from the flight. It ends where it was drawn to end, however late that deadline fires.
 * [C4] [C12]
 */
export function decideDeadline(state: State, name: string, at: Ms, facts: Facts): readonly Event[] {
  const due = deadlines(state).find((one) => one.name === name && one.at === at);
  if (due === undefined || facts.now < at) return [];
  const { phase } = state;
  switch (phase.name) {
    case "waiting":
      return [];
    case "betting":
      return state.board.bets > 0 ? [launch(state, facts)] : reopen(state, facts);
    case "running":
      return name === "targets" ? [meetTargets(state, phase, at)] : end(state, phase);
    case "crashed":
      return reopen(state, facts);
    default:
      phase satisfies never;
      return [];
  }
}

function launch(state: State, facts: Facts): Event {
  const forceX100 = forcePoint(
    state.config,
    state.places.flatMap(({ bets }) => bets),
  );
  return { type: "launched", startedAt: facts.now, bustX100: drawBust(facts.draw(BUST_LABEL)), forceX100 };
}

/** Where the flight ends, as far as known now: at the bust point, or by force before it. */
export function endOf({ bustX100, forceX100 }: Pick<Running, "bustX100" | "forceX100">): X100 {
  return Math.min(bustX100, forceX100);
}

/**
 * Settles the targets that the curve has reached by `at`, up to the flight's end. A deadline gives the time when it was due, not
 * when the alarm came, so a late one settles the same bets in the same order.
 */
function meetTargets(state: State, phase: Running, at: Ms): EventOf<"targetsMet"> {
  const upToX100 = Math.min(curveAt(at - phase.startedAt), endOf(phase));
  return { type: "targetsMet", upToX100, outs: outsOf(state, phase, upToX100, false) };
}

/** The bets whose target is met by `upTo`, by player. With `force` all others in the air as well, paid at `upTo`. */
function outsOf(state: State, { startedAt }: Running, upTo: X100, force: boolean): EventOf<"targetsMet">["outs"] {
  const outs: [PlayerId, (readonly [BetId, Out])[]][] = [];
  for (const { player, bets } of state.places) {
    const mine: (readonly [BetId, Out])[] = [];
    for (const { id, amount, targetX100, out } of bets) {
      const meets = targetX100 !== null && targetX100 <= upTo;
      if (out !== null || !(meets || force)) continue;
      const x100 = meets ? targetX100 : upTo;
      const at = later(startedAt, elapsedTo(x100));
      mine.push([id, { x100, paid: payoutOf(amount, x100), at, by: meets ? "target" : "force" }]);
    }
    if (mine.length > 0) outs.push([player, mine]);
  }
  return Object.fromEntries(outs);
}

/**
 * First the targets, then the crash, in one commit. [C6] If the force point has moved up since it was computed, because bets were
 * cashed out below it, the flight goes on; unless the curve is at the new point as well, since far up it rises by many hundredths
 * a millisecond. [C8]
 */
function end(state: State, phase: Running): readonly Event[] {
  const forced = phase.forceX100 <= phase.bustX100;
  const upToX100 = endOf(phase);
  if (forced) {
    const forceX100 = forcePoint(
      state.config,
      state.places.flatMap(({ bets }) => bets),
    );
    if (forceX100 > phase.forceX100) {
      const outs = outsOf(state, phase, upToX100, false);
      const moved: readonly Event[] = [
        { type: "targetsMet", upToX100, outs },
        { type: "forceMoved", forceX100 },
      ];
      const after = moved.reduce(evolve, state);
      const goesOn = after.phase.name !== "running" || after.phase.endAt > phase.endAt;
      return goesOn ? moved : [...moved, ...end(after, after.phase)];
    }
  }
  const outs = outsOf(state, phase, upToX100, forced);
  const met: readonly Event[] = Object.keys(outs).length === 0 ? [] : [{ type: "targetsMet", upToX100, outs }];
  const ended: Event = {
    type: "ended",
    round: state.round,
    bustX100: phase.bustX100,
    endX100: upToX100,
    forced,
    nextAt: later(phase.endAt, state.config.pauseMs),
  };
  const after = [...met, ended].reduce(evolve, state);
  const stopped = stops(after);
  const players = longestAway(
    after.places,
    after.round - 1,
    ({ strategy, queued }) => strategy !== null || queued.length > 0,
  );
  return [...met, ended, ...stopped, ...(players.length === 0 ? [] : [{ type: "forgot", players } as const])];
}

/** Opens betting again, with the queued bets and the strategies' bets; in a paused lobby queued bets are cancelled. */
function reopen(state: State, facts: Facts): readonly Event[] {
  const events: readonly Event[] = [...(facts.table === "paused" ? cancelQueued(state) : []), { type: "ready" }];
  const ready = events.reduce(evolve, state);
  return [...events, ...betAll(ready, facts)];
}

function cancelQueued({ places }: State): readonly Event[] {
  return places.flatMap(({ player, queued }) =>
    queued.map(({ id }): Event => ({ type: "cancelled", player, bet: id })),
  );
}

/**
 * Refunds bets that are in the air or wait for the start. Bets that were cashed out stay paid, and so do targets that the curve
 * has met and that are not settled yet. Refused `no_round` when no bet is on. Strategies end, so that nobody bets on by accident.
 */
export function decideVoid(state: State, reason: string, now: Ms): Decision<Event> {
  if (state.board.bets === 0) return { refused: "no_round", message: "No round with bets is open." };
  const met = state.phase.name === "running" ? [meetTargets(state, state.phase, now)] : [];
  const paid = met.filter(({ outs }) => Object.keys(outs).length > 0);
  const voided = { type: "voided", round: state.round, reason } as const;
  return { events: [...paid, ...cancelQueued(state), voided, ...stopAll(state, "voided")] };
}
