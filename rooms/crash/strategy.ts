import type { Decision, Facts, PlayerId, Want } from "../game.ts";

import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { planOf, stopOf } from "./plan.ts";
import { opening, place, stakeFault, tooMany } from "./place.ts";
import { BETS_MAX, isOpen, placeOf, stranger, type Place, type State } from "./state.ts";
import type { Bet, Command, Strategy } from "./types.ts";

/** Strategies of C10: the server bets for a player, round after round, until a stop is reached or the player says so. */

/** A strategy without an end has this one: whoever forgets it, or never comes back, does not play for ever. */
export const ENDLESS_ROUNDS = 1_000;

type StrategyCommand = Extract<Command, { type: "strategy" }>;

/** Starts at once when bets are open, else with the next round; another one that was at work is replaced. */
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
  // The bet of the one that is replaced stands: this one begins with the next round.
  if (known?.strategy != null && known.strategy.bet !== null) return { events: [started] };
  const placed = place(state, player, betOf(strategy), facts);
  if ("refused" in placed) return placed;
  return { events: [placed, { ...started, strategy: afterBet(strategy, placed.bet) }, ...opening(state, facts.now)] };
}

/** Journaled also when none was on, so that the same command sent again after a new start is known and stops nothing. */
export function stopStrategy(player: PlayerId): Decision<Event> {
  return { events: [{ type: "strategy", player, strategy: null, reason: null }] };
}

/** For a player who may not play any more: the strategy ends, and what waits for the next flight is taken back. */
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

/** The stops that an ended round has reached, from the state after it. */
export function stops(state: State): readonly Event[] {
  return state.places.flatMap(({ player, strategy }): readonly Event[] => {
    const reason = strategy === null ? null : stopOf(state.config, strategy);
    return reason === null ? [] : [{ type: "strategy", player, strategy: null, reason }];
  });
}

/** Every strategy ends, whatever it has left. */
export function stopAll(state: State, reason: string): readonly Event[] {
  return state.places.flatMap(({ player, strategy }): readonly Event[] =>
    strategy === null ? [] : [{ type: "strategy", player, strategy: null, reason }],
  );
}

/** Whom the server will bet for when betting opens again, and how much: their purses are filled while the flight goes on. */
export function prefund(state: State): readonly Want[] {
  if (isOpen(state)) return [];
  return state.places.flatMap(({ player, strategy }) =>
    strategy === null || strategy.left === 0 ? [] : [{ player, amount: strategy.next }],
  );
}

/**
 * Betting is open again: places the bets of all strategies, soonest seated first, as far as purse and limits allow; what cannot
 * be placed is stopped with the reason. Starts the countdown when anything is on. Nothing in a paused lobby.
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
