import { chips, type Chips, type Step } from "../game.ts";
import type { Event } from "./events.ts";
import { lastOf } from "./evolve.ts";
import { betsOf, total } from "./stacks.ts";
import { HISTORY_MAX, slipOf, type State } from "./state.ts";
import type { Bet, PublicDelta, Spot, View } from "./types.ts";

/** The public view: everyone's chips summed by spot [R9], never the players they belong to. */

export function view({ config, round, phase, felt, history, last }: State): View {
  return {
    config,
    round,
    phase,
    totals: sumsOf(betsOf(config.wheel, felt.totals)),
    players: felt.players,
    staked: chips(felt.staked),
    history,
    last,
  };
}

/** The public delta, from the state before the event. */
export function publicDelta({ before: state, event }: Step<State, Event>): PublicDelta | null {
  switch (event.type) {
    case "placed": {
      const players = state.felt.players + (slipOf(state, event.player) === null ? 1 : 0);
      const staked = chips(state.felt.staked + total(event.bets));
      return { type: "bets", deltas: deltasOf(event.bets, 1), players, staked };
    }
    case "taken": {
      const stake = total(event.bets);
      const players = state.felt.players - (slipOf(state, event.player)?.staked === stake ? 1 : 0);
      return { type: "bets", deltas: deltasOf(event.bets, -1), players, staked: chips(state.felt.staked - stake) };
    }
    case "settled":
      return { type: "settled", nextAt: event.nextAt, ...lastOf(state, event) };
    case "opened":
    case "closed":
    case "spun":
    case "ready":
    case "voided":
      return event;
    case "auto":
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
    case "bets": {
      const { deltas, players, staked } = shown;
      return { ...before, totals: changed(before.totals, deltas), players, staked };
    }
    case "opened":
      return { ...before, phase: { name: "open", closesAt: shown.closesAt } };
    case "closed":
      return { ...before, phase: { name: "closed", spinAt: shown.spinAt } };
    case "spun": {
      const { result, spunAt, settleAt } = shown;
      return { ...before, phase: { name: "spinning", result, spunAt, settleAt } };
    }
    case "settled": {
      const { type: _, nextAt, ...last } = shown;
      const { round, result } = last;
      const history = [result, ...before.history].slice(0, HISTORY_MAX);
      return { ...before, ...CLEARED, round: round + 1, phase: { name: "settled", result, nextAt }, history, last };
    }
    case "ready":
      return { ...before, phase: { name: "waiting" } };
    case "voided":
      return { ...before, ...CLEARED, round: shown.round + 1, phase: { name: "waiting" } };
    default:
      shown satisfies never;
      return before;
  }
}

const CLEARED = { totals: {}, players: 0, staked: chips(0) } as const;

/** Merges a run of bets into one delta: a hundred chips on red are one sum. */
export function coalesce(shown: readonly PublicDelta[]): readonly PublicDelta[] {
  const out: PublicDelta[] = [];
  let run: Record<Spot, number> | null = null;
  for (const step of shown) {
    if (step.type !== "bets") {
      run = null;
      out.push(step);
      continue;
    }
    if (run === null) {
      run = { ...step.deltas };
      out.push({ ...step, deltas: run });
      continue;
    }
    for (const spot in step.deltas) run[spot] = (run[spot] ?? 0) + (step.deltas[spot] ?? 0);
    out[out.length - 1] = { ...step, deltas: run };
  }
  return out;
}

/** Signed changes by spot. Each spot occurs once in an event's bets. */
export function deltasOf(bets: readonly Bet[], sign: 1 | -1): Record<Spot, number> {
  const deltas: Record<Spot, number> = {};
  for (const { spot, amount } of bets) deltas[spot] = sign * amount;
  return deltas;
}

/** Chips by spot after these changes; a spot without chips is not in it. */
export function changed(
  sums: Readonly<Record<Spot, Chips>>,
  deltas: Readonly<Record<Spot, number>>,
): Readonly<Record<Spot, Chips>> {
  const next = { ...sums };
  for (const [spot, delta] of Object.entries(deltas)) {
    const sum = (next[spot] ?? 0) + delta;
    if (sum === 0) delete next[spot];
    else next[spot] = chips(sum);
  }
  return next;
}

/** Chips by spot. */
export function sumsOf(bets: readonly Bet[]): Record<Spot, Chips> {
  return Object.fromEntries(bets.map(({ spot, amount }) => [spot, chips(amount)]));
}
