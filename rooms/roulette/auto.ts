import type { Decision, Facts, PlayerId, Want } from "../game.ts";
import { chips } from "../game.ts";
import type { Event } from "./events.ts";
import { evolve } from "./evolve.ts";
import { opening, place } from "./place.ts";
import { total } from "./stacks.ts";
import { placeOf, type Place, type State } from "./state.ts";
import type { Auto, Bet, Command } from "./types.ts";

/** Auto-repeat [R12]: the server places a player's last bets again, round after round, until a stop is reached. */

type AutoRepeat = Extract<Command, { type: "autoRepeat" }>;

/**
 * Switches it on, changes it (the net result starts at 0 again) or, with 0 rounds, off. Off is journaled even if it was off, so
 * that a retry that comes after a new start is known by its id and stops nothing. At a table that waits for its first bet the
 * first round begins at once; otherwise with the next.
 */
export function setAuto(state: State, player: PlayerId, command: AutoRepeat, facts: Facts): Decision<Event> {
  const known = placeOf(state, player);
  if (command.rounds === 0) return { events: [{ type: "auto", player, auto: null, reason: null }] };
  const last = known?.last ?? [];
  if (last.length === 0 && (known?.slip ?? null) === null) {
    return { refused: "nothing_to_repeat", message: "You have no earlier bets to repeat." };
  }
  const { rounds, stopLoss = null, stopWin = null } = command;
  if (stopLoss !== null && (known?.slip?.staked ?? total(last)) > stopLoss) {
    return {
      refused: "above_stop_loss",
      message: `Your bets could lose more in one round than ${stopLoss}, where it is to stop.`,
    };
  }
  const auto: Auto = { left: rounds, stopLoss, stopWin, net: 0 };
  if (state.phase.name !== "waiting" || facts.table === "paused") {
    return { events: [{ type: "auto", player, auto, reason: null }] };
  }
  const placed = place(state, player, last, "auto");
  if ("refused" in placed) return placed;
  return {
    events: [
      placed,
      { type: "auto", player, auto: { ...auto, left: rounds - 1 }, reason: null },
      ...opening(state, facts.now),
    ],
  };
}

/** For a player who may no longer play: no bets are repeated. Bets on the layout are played. */
export function standDown(state: State, player: PlayerId): readonly Command[] {
  return (placeOf(state, player)?.auto ?? null) === null ? [] : [{ type: "autoRepeat", rounds: 0 }];
}

/** The players that the server will bet for when betting opens again, and how much: purses are topped up during the spin. */
export function prefund(state: State): readonly Want[] {
  if (state.phase.name !== "spinning" && state.phase.name !== "settled") return [];
  return state.places.flatMap(({ player, auto, slip, last }) =>
    auto === null || auto.left === 0 ? [] : [{ player, amount: chips(slip?.staked ?? total(last)) }],
  );
}

/** Stops the auto-repeats that have reached a limit, from the state after a round. */
export function stops(state: State): readonly Event[] {
  return state.places.flatMap(({ player, auto, last }): readonly Event[] => {
    const reason = auto === null ? null : stopOf(auto, last);
    return reason === null ? [] : [{ type: "auto", player, auto: null, reason }];
  });
}

/** Stops every auto-repeat, whatever it has left. */
export function stopAll(state: State, reason: string): readonly Event[] {
  return state.places.flatMap(({ player, auto }): readonly Event[] =>
    auto === null ? [] : [{ type: "auto", player, auto: null, reason }],
  );
}

/**
 * When betting opens again: places the last bets of all who repeat, in the order of places, as far as purse and limits allow, and
 * stops those whose bets cannot be placed. Starts the clock if anything was placed. Does nothing at a paused table.
 */
export function repeatAll(state: State, facts: Facts): readonly Event[] {
  if (facts.table === "paused" || state.phase.name !== "waiting") return [];
  const events: Event[] = [];
  let now = state;
  for (const entry of state.places) {
    if (entry.auto === null) continue;
    for (const event of repeatOne(now, entry, entry.auto, facts)) {
      events.push(event);
      now = evolve(now, event);
    }
  }
  return now.felt.players > 0 ? [...events, ...opening(state, facts.now)] : events;
}

function repeatOne(state: State, { player, last }: Place, auto: Auto, facts: Facts): readonly Event[] {
  const stop = (reason: string): readonly Event[] => [{ type: "auto", player, auto: null, reason }];
  const reason = stopOf(auto, last);
  if (reason !== null) return stop(reason);
  if (last.length === 0) return stop("nothing_to_repeat");
  if (total(last) > facts.purse(player)) return stop("insufficient_funds");
  const placed = place(state, player, last, "auto");
  if ("refused" in placed) return stop(placed.refused);
  return [placed, { type: "auto", player, auto: { ...auto, left: auto.left - 1 }, reason: null }];
}

type Reason = "finished" | "stop_loss" | "stop_win" | "stop_loss_ahead";

/** `stop_loss_ahead`: the loss is within its limit, but the next bets could exceed it. */
function stopOf({ left, net, stopLoss, stopWin }: Auto, next: readonly Bet[]): Reason | null {
  if (stopLoss !== null && net <= -stopLoss) return "stop_loss";
  if (stopWin !== null && net >= stopWin) return "stop_win";
  if (left === 0) return "finished";
  return stopLoss !== null && net - total(next) < -stopLoss ? "stop_loss_ahead" : null;
}
