import { later } from "../kit/time.ts";
import { withoutPlaces, withPlace } from "../kit/places.ts";
import { emptyBoard } from "./board.ts";
import { elapsedTo } from "./curve.ts";
import type { Event, EventOf } from "./events.ts";
import { profitAt } from "./exposure.ts";
import { boardAfter, boardOf } from "./list.ts";
import { strategyAfter } from "./plan.ts";
import { HISTORY_MAX, nextRound, placeOf, stranger, type Place, type Running, type State } from "./state.ts";
import type { Bet, BetId, Out, Result, X100 } from "./types.ts";

/** The lobby after an event. Total; copies only what changes, so a bet in a full lobby costs no more than in an empty one. */
export function evolve(state: State, event: Event): State {
  switch (event.type) {
    case "placed":
    case "queued":
      return added(state, event);
    case "cancelled":
      return cancelled(state, event);
    case "strategy": {
      const place = placeOf(state, event.player) ?? stranger(event.player);
      return withPlace(state, strategyOf(place, event));
    }
    case "opened":
      return { ...state, phase: { name: "betting", startsAt: event.startsAt } };
    case "launched":
      return launched(state, event);
    case "cashedOut": {
      const place = placeOf(state, event.player) ?? stranger(event.player);
      const board = boardAfter(state, event);
      return { ...withPlace(state, { ...place, bets: paidBets(place.bets, [[event.bet, event.out]]) }), board };
    }
    case "targetsMet":
      return targetsMet(state, event);
    case "forceMoved": {
      const { phase } = state;
      if (phase.name !== "running") return state;
      return { ...state, phase: flown({ ...phase, forceX100: event.forceX100 }) };
    }
    case "ended":
      return ended(state, event);
    case "ready": {
      const places = state.places.map((place) =>
        place.queued.length === 0 ? place : { ...place, bets: place.queued, queued: [] },
      );
      const ready: State = { ...state, phase: { name: "waiting" }, places, risk: { now: state.risk.next, next: 0 } };
      return tidy({ ...ready, board: boardOf(ready) });
    }
    case "voided": {
      const places = state.places.map((place): Place => {
        if (place.bets.length === 0) return place;
        return { ...place, bets: [], last: resultOf(place, event.round, null) };
      });
      const rest = { round: state.round + 1, board: emptyBoard, risk: { now: 0, next: state.risk.next } };
      return tidy({ ...state, ...rest, phase: { name: "waiting" }, places });
    }
    case "forgot":
      return withoutPlaces(
        state,
        (place) => place.bets.length === 0 && place.queued.length === 0 && event.players.includes(place.player),
      );
    default:
      event satisfies never;
      return state;
  }
}

// ---- bets ----

function added(state: State, event: EventOf<"placed" | "queued">): State {
  const { bet, player } = event;
  const place = placeOf(state, player) ?? stranger(player);
  const profit = profitAt(bet, state.config.minForceX100);
  const { now, next } = state.risk;
  const rest = { ...state, nextBet: Math.max(state.nextBet, bet.id + 1) };
  if (event.type === "queued") {
    const risk = { now, next: next + profit };
    return withPlace({ ...rest, risk }, { ...place, round: nextRound(state), queued: [...place.queued, bet] });
  }
  const board = boardAfter(state, event);
  const risk = { now: now + profit, next };
  return withPlace({ ...rest, board, risk }, { ...place, round: state.round, bets: [...place.bets, bet] });
}

function cancelled(state: State, event: EventOf<"cancelled">): State {
  const place = placeOf(state, event.player);
  const bet = [...(place?.bets ?? []), ...(place?.queued ?? [])].find(({ id }) => id === event.bet);
  if (place === undefined || bet === undefined) return state;
  const profit = profitAt(bet, state.config.minForceX100);
  const { now, next } = state.risk;
  const rest = ({ id }: Bet): boolean => id !== event.bet;
  if (place.queued.includes(bet)) {
    return withPlace({ ...state, risk: { now, next: next - profit } }, { ...place, queued: place.queued.filter(rest) });
  }
  const strategy = place.strategy?.bet === bet.id ? { ...place.strategy, bet: null } : place.strategy;
  const board = boardAfter(state, event);
  return withPlace(
    { ...state, board, risk: { now: now - profit, next } },
    { ...place, strategy, bets: place.bets.filter(rest) },
  );
}

/** A strategy's plan is remembered when it has stopped. [C10] */
function strategyOf(place: Place, { strategy, reason }: EventOf<"strategy">): Place {
  return { ...place, strategy, plan: strategy?.plan ?? place.plan, stopped: strategy === null ? reason : null };
}

export function paidBets(bets: readonly Bet[], outs: readonly (readonly [BetId, Out])[]): readonly Bet[] {
  const paid = new Map(outs);
  return bets.map((bet) => ({ ...bet, out: paid.get(bet.id) ?? bet.out }));
}

// ---- the flight ----

function launched(state: State, { startedAt, bustX100, forceX100 }: EventOf<"launched">): State {
  const targets = new Set<X100>();
  for (const { bets } of state.places) for (const bet of bets) if (bet.targetX100 !== null) targets.add(bet.targetX100);
  const sorted = [...targets].sort((a, b) => a - b);
  const phase = { name: "running", startedAt, bustX100, forceX100, targets: sorted, met: 0 } as const;
  return { ...state, phase: flown({ ...phase, endAt: startedAt, metAt: null }) };
}

/** Adds the times that follow from the multipliers: they are needed with every input. */
function flown(phase: Running): Running {
  const { startedAt, bustX100, forceX100, targets, met } = phase;
  const next = targets[met];
  return {
    ...phase,
    endAt: later(startedAt, elapsedTo(Math.min(bustX100, forceX100))),
    metAt: next === undefined ? null : later(startedAt, elapsedTo(next)),
  };
}

function targetsMet(state: State, event: EventOf<"targetsMet">): State {
  const { phase } = state;
  if (phase.name !== "running") return state;
  const { upToX100, outs } = event;
  const places = state.places.map((place) => {
    const mine = Object.hasOwn(outs, place.player) ? outs[place.player] : undefined;
    return mine === undefined ? place : { ...place, bets: paidBets(place.bets, mine) };
  });
  let { met } = phase;
  while ((phase.targets[met] ?? Infinity) <= upToX100) met += 1;
  return { ...state, phase: flown({ ...phase, met }), places, board: boardAfter(state, event) };
}

function ended(state: State, event: EventOf<"ended">): State {
  const { round, bustX100, endX100, forced, nextAt } = event;
  const startedAt = state.phase.name === "running" ? state.phase.startedAt : nextAt;
  const places = state.places.map((place): Place => {
    if (place.bets.length === 0) return place;
    const strategy = strategyAfter(state.config, place.strategy, place.bets);
    return { ...place, bets: [], strategy, last: resultOf(place, round, endX100) };
  });
  return {
    ...state,
    round: round + 1,
    phase: { name: "crashed", startedAt, endX100, nextAt },
    places,
    board: emptyBoard,
    risk: { now: 0, next: state.risk.next },
    last: { round, board: state.board },
    history: [{ round, endX100, bustX100, forced }, ...state.history].slice(0, HISTORY_MAX),
  };
}

export function resultOf({ bets }: Pick<Place, "bets">, round: number, endX100: X100 | null): Result {
  return { round, endX100, bets };
}

/** Removes the places that say no more than that of an unknown player. */
function tidy(state: State): State {
  return withoutPlaces(
    state,
    ({ bets, queued, strategy, plan, stopped, last }) =>
      bets.length + queued.length === 0 && strategy === null && plan === null && stopped === null && last === null,
  );
}
