import { chips, type PlayerId } from "../game.ts";
import { withoutPlaces, withPlace } from "../kit/places.ts";
import { settlementOf, type Event, type Placed, type Settled, type Taken } from "./events.ts";
import { betsOf, emptyStacks, moved, repriced, total } from "./stacks.ts";
import { emptyFelt, HISTORY_MAX, placeOf, UNDO_MAX, WINNERS_MAX, type Place, type Slip, type State } from "./state.ts";
import type { Seat, View, Winner } from "./types.ts";

/** The table after an event. Total; copies only what changes, so a bet at a full table costs no more than at an empty one. */
export function evolve(state: State, event: Event): State {
  switch (event.type) {
    case "placed":
      return placed(state, event);
    case "taken":
      return taken(state, event);
    case "auto":
      return withPlace(state, { ...(placeOf(state, event.player) ?? stranger(event.player)), auto: event.auto });
    case "opened":
      return { ...state, phase: { name: "open", closesAt: event.closesAt } };
    case "closed":
      return { ...state, phase: { name: "closed", spinAt: event.spinAt } };
    case "spun": {
      const { result, spunAt, settleAt } = event;
      return { ...state, phase: { name: "spinning", result, spunAt, settleAt } };
    }
    case "settled":
      return settled(state, event);
    case "ready":
      return withoutPlaces({ ...state, phase: { name: "waiting" } }, isBlank);
    case "voided":
      return nextRound({ ...state, phase: { name: "waiting" } }, (place, slip) => ({
        ...place,
        slip: null,
        paid: refund(state.round, slip),
      }));
    case "forgot": {
      const players: ReadonlySet<PlayerId> = new Set(event.players);
      return withoutPlaces(state, (place) => place.slip === null && players.has(place.player));
    }
    default:
      event satisfies never;
      return state;
  }
}

// ---- chips on the layout ----

function placed(state: State, { player, bets }: Placed): State {
  const { wheel } = state.config;
  const place = placeOf(state, player) ?? stranger(player);
  const stake = total(bets);
  const slip: Slip = place.slip ?? { stacks: emptyStacks(wheel), staked: 0, steps: [], older: 0 };
  const full = slip.steps.length >= UNDO_MAX - 1;
  const next: Slip = {
    stacks: moved(wheel, slip.stacks, bets, 1),
    staked: slip.staked + stake,
    steps: [...(full ? slip.steps.slice(1) : slip.steps), bets],
    older: full ? slip.older + total(slip.steps[0] ?? []) : slip.older,
  };
  const players = state.felt.players + (place.slip === null ? 1 : 0);
  return withPlace(
    { ...state, felt: feltAfter(state, bets, 1, players) },
    { ...place, slip: next, round: state.round },
  );
}

function taken(state: State, { player, bets, by }: Taken): State {
  const place = placeOf(state, player);
  if (place === undefined || place.slip === null) return state;
  const { slip } = place;
  const staked = slip.staked - total(bets);
  const rest: Slip | null =
    staked <= 0 || by === "clear"
      ? null
      : {
          stacks: moved(state.config.wheel, slip.stacks, bets, -1),
          staked,
          steps: slip.steps.slice(0, -1),
          older: slip.older,
        };
  const players = state.felt.players - (rest === null ? 1 : 0);
  return withPlace({ ...state, felt: feltAfter(state, bets, -1, players) }, { ...place, slip: rest });
}

function feltAfter({ config, felt }: State, bets: Placed["bets"], sign: 1 | -1, players: number): State["felt"] {
  return {
    totals: moved(config.wheel, felt.totals, bets, sign),
    profits: repriced(config.wheel, felt.profits, bets, sign),
    players,
    staked: felt.staked + sign * total(bets),
  };
}

// ---- the end of a round ----

function settled(state: State, event: Settled): State {
  const { result, nextAt } = event;
  const ended: State = {
    ...state,
    phase: { name: "settled", result, nextAt },
    history: [result, ...state.history].slice(0, HISTORY_MAX),
    last: lastOf(state, event),
  };
  return nextRound(ended, (place, slip) => ({
    ...place,
    slip: null,
    last: betsOf(state.config.wheel, slip.stacks),
    paid: paidOf(event, place.player),
    auto: autoAfter(place, event),
  }));
}

/** Clears the layout and moves on to the next round; `end` is applied to the place of everyone who had chips. */
function nextRound(state: State, end: (place: Place, slip: Slip) => Place): State {
  const places = state.places.map((place) => (place.slip === null ? place : end(place, place.slip)));
  return withoutPlaces({ ...state, round: state.round + 1, felt: emptyFelt(state.config), places }, isBlank);
}

/** The public result of a settled round: the sums, and the ten players who won most. From the state before the event. */
export function lastOf(state: State, event: Settled): NonNullable<View["last"]> {
  let staked = 0;
  let returned = 0;
  const winners: Winner[] = [];
  for (const { player } of state.places) {
    const slip = settlementOf(event, player);
    if (slip === undefined) continue;
    staked += slip.staked;
    returned += slip.returned;
    if (slip.returned > slip.staked) winners.push({ player, returned: slip.returned, staked: slip.staked });
  }
  winners.sort((a, b) => b.returned - b.staked - (a.returned - a.staked));
  const { round, result } = event;
  return {
    round,
    result,
    winners: winners.slice(0, WINNERS_MAX),
    staked: chips(staked),
    returned: chips(returned),
  };
}

/** The private result of a settled round, for a player who was in it. */
export function paidOf(event: Settled, player: PlayerId): Seat["paid"] {
  const slip = settlementOf(event, player);
  if (slip === undefined) return null;
  return { round: event.round, result: event.result, staked: slip.staked, returned: slip.returned, wins: slip.wins };
}

/** A player's auto-repeat after the round, with what was won or lost in it. [R12] */
export function autoAfter({ player, auto }: Place, event: Settled): Place["auto"] {
  const slip = settlementOf(event, player);
  return auto === null || slip === undefined ? auto : { ...auto, net: auto.net + slip.returned - slip.staked };
}

/** The private result of a void round, for a player who had chips in it. */
export function refund(round: number, slip: Slip): NonNullable<Seat["paid"]> {
  return { round, result: null, staked: chips(slip.staked), returned: chips(slip.staked), wins: [] };
}

// ---- places ----

function stranger(player: PlayerId): Place {
  return { player, slip: null, last: [], auto: null, paid: null, round: 0 };
}

/** Whether the place says no more than that of an unknown player. */
function isBlank({ slip, last, auto, paid }: Place): boolean {
  return slip === null && last.length === 0 && auto === null && paid === null;
}
