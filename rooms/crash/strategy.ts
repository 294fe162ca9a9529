import type { Decision, Facts, PlayerId, Want } from "../game.ts";

import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { planOf, stopOf } from "./plan.ts";
import { opening, place, stakeFault, tooMany } from "./place.ts";
import { BETS_MAX, isOpen, placeOf, stranger, type Place, type State } from "./state.ts";
import type { Bet, Command, Strategy } from "./types.ts";

/** Strategies of C10: the server bets for a player, round after round, until a stop is reached or the player stops it. */

/** Rounds of a strategy that has no limit of its own, so that one that its player forgets does not go on for ever. */
export const ENDLESS_ROUNDS = 1_000;

type StrategyCommand = Extract<Command, { type: "strategy" }>;

/** Starts at once while betting is open, otherwise with the next round. Replaces a strategy that is running. */
export function startStrategy(state: State, player: PlayerId, command: StrategyCommand, facts: Facts): Decision<Event> {
  const plan = planOf(state.config, command);
  if ("refused" in plan) return plan;
  const strategy: Strategy = { plan, next: plan.amount, left: plan.rounds ?? ENDLESS_ROUNDS, net: 0, bet: null };
  const fault = stakeFault(state, plan.amount, facts);
  if (fault !== null) return fault;
  const known = placeOf(state, player);
  const started = { type: "strategy", player, strategy, reason: null } as const;
  if (!isOpen(state)) {
    return (known?.queued.length ?? 0) < BETS_MAX ? { events: [started] } : tooMany(false);
  }
  // The bet of the strategy that is replaced stands: this one begins with the next round.
  if (known?.strategy != null && known.strategy.bet !== null) return { events: [started] };
  const placed = place(state, player, betOf(strategy), facts);
  if ("refused" in placed) return placed;
  return { events: [placed, { ...started, strategy: afterBet(strategy, placed.bet) }, ...opening(state, facts.now)] };
}

/** Journaled even if none is running: a retry that comes after a new start is then known by its id, and stops nothing. */
export function stopStrategy(player: PlayerId): Decision<Event> {
  return { events: [{ type: "strategy", player, strategy: null, reason: null }] };
}

/** For a player who may no longer play: stops the strategy and cancels queued bets. */
export function standDown(state: State, player: PlayerId): readonly Command[] {
  const { strategy, queued } = placeOf(state, player) ?? stranger(player);
  const stop: readonly Command[] = strategy === null ? [] : [{ type: "stopStrategy" }];
  return [...stop, ...queued.map(({ id }): Command => ({ type: "cancel", bet: id }))];
}

function betOf({ plan, next }: Strategy): Pick<Bet, "amount" | "targetX100" | "by"> {
  return { amount: next, targetX100: plan.targetX100, by: "strategy" };
}

function afterBet(strategy: Strategy, bet: Bet): Strategy {
  return { ...strategy, bet: bet.id, left: strategy.left === null ? null : strategy.left - 1 };
}

/** Stops the strategies that have reached a limit, from the state after a round. */
export function stops(state: State): readonly Event[] {
  return state.places.flatMap(({ player, strategy }): readonly Event[] => {
    const reason = strategy === null ? null : stopOf(state.config, strategy);
    return reason === null ? [] : [{ type: "strategy", player, strategy: null, reason }];
  });
}

/** Stops every strategy, whatever it has left. */
export function stopAll(state: State, reason: string): readonly Event[] {
  return state.places.flatMap(({ player, strategy }): readonly Event[] =>
    strategy === null ? [] : [{ type: "strategy", player, strategy: null, reason }],
  );
}

/** The players that the server will bet for when betting opens again, and how much: purses are topped up during the flight. */
export function prefund(state: State): readonly Want[] {
  if (isOpen(state)) return [];
  return state.places.flatMap(({ player, strategy }) =>
    strategy === null || strategy.left === 0 ? [] : [{ player, amount: strategy.next }],
  );
}

/**
 * When betting opens again: places the bets of all strategies, in the order of places, as far as purse and limits allow, and
 * stops those whose bet cannot be placed. Starts the countdown if there is any bet. Does nothing in a paused lobby.
 */
export function betAll(state: State, facts: Facts): readonly Event[] {
  if (facts.table === "paused" || state.phase.name !== "waiting") return [];
  const events: Event[] = [];
  let now = state;
  for (const known of state.places) {
    if (known.strategy === null) continue;
    for (const event of betOne(now, known, known.strategy, facts)) {
      events.push(event);
      now = evolve(now, event);
    }
  }
  return now.board.bets > 0 ? [...events, ...opening(state, facts.now)] : events;
}

function betOne(state: State, { player }: Place, strategy: Strategy, facts: Facts): readonly Event[] {
  const stop = (reason: string): readonly Event[] => [{ type: "strategy", player, strategy: null, reason }];
  const reason = stopOf(state.config, strategy);
  if (reason !== null) return stop(reason);
  if (strategy.next > facts.purse(player)) return stop("insufficient_funds");
  const placed = place(state, player, betOf(strategy), facts);
  if ("refused" in placed) return stop(placed.refused);
  return [placed, { type: "strategy", player, strategy: afterBet(strategy, placed.bet), reason: null }];
}
