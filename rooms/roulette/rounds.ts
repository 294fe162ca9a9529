import { chips, type Deadline, type Decision, type Facts, type Ms, type PlayerId } from "../game.ts";
import { longestAway } from "../kit/places.ts";
import { later } from "../kit/time.ts";
import { repeatAll, stopAll, stops } from "./auto.ts";
import type { Event, Settled } from "./events.ts";
import { evolve } from "./evolve.ts";
import { layoutOf } from "./layout.ts";
import { winsOf } from "./stacks.ts";
import type { State } from "./state.ts";
import type { Pocket } from "./types.ts";
import { SPIN_LABEL } from "./wheel.ts";

/** The phases of R4: waiting -> open -> closed -> spinning -> settled -> waiting. */

/** At most one: each phase but `waiting` has its own end. */
export function deadlines({ phase }: State): readonly Deadline[] {
  switch (phase.name) {
    case "waiting":
      return [];
    case "open":
      return [{ name: "close", at: phase.closesAt }];
    case "closed":
      return [{ name: "spin", at: phase.spinAt }];
    case "spinning":
      return [{ name: "settle", at: phase.settleAt }];
    case "settled":
      return [{ name: "ready", at: phase.nextAt }];
    default:
      phase satisfies never;
      return [];
  }
}

/**
 * A deadline that is not the one of this phase, or not due yet, changes nothing, so no close, spin or settlement happens twice.
 * [R8] Each phase counts from when the one before was due to end, so a late alarm ends the open round at once.
 */
export function decideDeadline(state: State, name: string, at: Ms, facts: Facts): readonly Event[] {
  const [due] = deadlines(state);
  if (due === undefined || due.name !== name || due.at !== at || facts.now < at) return [];
  const { config, phase } = state;
  switch (phase.name) {
    case "waiting":
      return [];
    case "open":
      return state.felt.players > 0 ? [{ type: "closed", spinAt: later(at, config.closedMs) }] : reopen(state, facts);
    case "closed":
      return [{ type: "spun", result: spin(state, facts), spunAt: at, settleAt: later(at, config.spinMs) }];
    case "spinning":
      return settle(state, phase.result, later(at, config.settledMs));
    case "settled":
      return reopen(state, facts);
    default:
      phase satisfies never;
      return [];
  }
}

/**
 * Refunds all bets. Refused `no_round` when no chips are on the layout, and `result_known` once the number is out. Auto-repeats
 * end, so that nobody bets on by accident.
 */
export function decideVoid(state: State, reason: string): Decision<Event> {
  if (state.felt.players === 0) return { refused: "no_round", message: "No round with bets is open." };
  if (state.phase.name === "spinning") return { refused: "result_known", message: "The number is out: it counts." };
  return { events: [{ type: "voided", round: state.round, reason }, ...stopAll(state, "voided")] };
}

function spin({ config }: State, facts: Facts): Pocket {
  const { pockets } = layoutOf(config.wheel);
  const pocket = pockets[facts.draw(SPIN_LABEL).int(pockets.length)];
  if (pocket === undefined) throw new RangeError("the draw is not a pocket");
  return pocket;
}

/** Betting opens again; an empty table then waits and runs no rounds. */
function reopen(state: State, facts: Facts): readonly Event[] {
  const ready: Event = { type: "ready" };
  return [ready, ...repeatAll(evolve(state, ready), facts)];
}

function settle(state: State, result: Pocket, nextAt: Ms): readonly Event[] {
  const slips: [PlayerId, Settled["slips"][string]][] = [];
  for (const { player, slip } of state.places) {
    if (slip === null) continue;
    const wins = winsOf(state.config.wheel, slip.stacks, result).map((win) => ({
      spot: win.spot,
      staked: chips(win.staked),
      returned: chips(win.returned),
    }));
    const returned = chips(wins.reduce((sum, win) => sum + win.returned, 0));
    slips.push([player, { staked: chips(slip.staked), returned, wins }]);
  }
  const event: Event = { type: "settled", round: state.round, result, nextAt, slips: Object.fromEntries(slips) };
  const paid = evolve(state, event);
  return [event, ...stops(paid), ...forgotten(paid)];
}

/** The players to forget. Never one who played the round just settled, or whose bets the server repeats. */
function forgotten({ places, round }: State): readonly Event[] {
  const players = longestAway(places, round - 1, ({ auto }) => auto !== null);
  return players.length === 0 ? [] : [{ type: "forgot", players }];
}
