import type { Decision, Facts, Ms, PlayerId, Refusal } from "../game.ts";
import { byAmount } from "./board.ts";
import { curveAt, payoutOf } from "./curve.ts";
import type { Event } from "./events.ts";
import { entriesOf } from "./list.ts";
import { opening, place } from "./place.ts";
import { inAir, isOpen, nextRound, placeOf, type State } from "./state.ts";
import { startStrategy, stopStrategy } from "./strategy.ts";
import { targetOf } from "./target.ts";
import type { Bet, BetId, Command, Out } from "./types.ts";

/** Handles the commands of players. Each is carried out as a whole or refused with a code; a refusal changes nothing. */

/** Most bets of the list in one answer. */
export const LIST_MAX = 50;

export function decideCommand(state: State, player: PlayerId, command: Command, facts: Facts): Decision<Event> {
  switch (command.type) {
    case "bet": {
      const target = command.autoCashout === undefined ? null : targetOf(state.config, command.autoCashout);
      if (target !== null && typeof target === "object") return target;
      const round = nextRound(state);
      if (command.round !== undefined && command.round !== round) {
        const message = `That was meant for round ${command.round}; bets are for round ${round} now.`;
        return { refused: "old_round", message };
      }
      return bet(state, player, command.amount, target, facts);
    }
    case "cancel":
      return cancel(state, player, command.bet);
    case "cashout":
      return cashOut(state, player, command.bet, facts.now);
    case "strategy":
      return startStrategy(state, player, command, facts);
    case "stopStrategy":
      return stopStrategy(player);
    case "bets":
      return list(state, command.from ?? 0);
    default:
      command satisfies never;
      return { refused: "unknown_command", message: "There is no such command." };
  }
}

function bet(state: State, player: PlayerId, amount: number, targetX100: number | null, facts: Facts): Decision<Event> {
  const placed = place(state, player, { amount, targetX100, by: "hand" }, facts);
  if ("refused" in placed) return placed;
  return { events: [placed, ...opening(state, facts.now)], result: { bet: placed.bet.id, round: nextRound(state) } };
}

/** A bet can be cancelled until the start, also in a paused lobby. [C7] */
function cancel(state: State, player: PlayerId, id: BetId): Decision<Event> {
  const place = placeOf(state, player);
  const queued = place?.queued.some((bet) => bet.id === id) ?? false;
  const mine = place?.bets.some((bet) => bet.id === id) ?? false;
  if (!queued && !mine) return unknownBet(state, player, id);
  if (!queued && !isOpen(state)) {
    return { refused: "flight_started", message: "This bet is in the air: it can be cashed out, not cancelled." };
  }
  return { events: [{ type: "cancelled", player, bet: id }] };
}

function unknownBet(state: State, player: PlayerId, id: BetId): Refusal {
  const owner = state.places.find(({ bets, queued, last }) =>
    [bets, queued, last?.bets ?? []].some((some) => some.some((bet) => bet.id === id)),
  );
  if (owner !== undefined && owner.player !== player) {
    return { refused: "not_your_bet", message: "This bet is another player's." };
  }
  return { refused: "no_bet", message: "You have no such bet." };
}

/**
 * Pays the curve's multiplier at the arrival time of the command, at most the bet's own target. Deadlines due before that time
 * have fired already, so a flight that is still in the air had not crashed by then. [C5]
 */
function cashOut(state: State, player: PlayerId, id: BetId | undefined, now: Ms): Decision<Event> {
  const place = placeOf(state, player);
  const found =
    id === undefined
      ? theOne(state, player)
      : [...(place?.bets ?? []), ...(place?.queued ?? [])].find((b) => b.id === id);
  if (found === undefined) return over(state, player, id);
  if ("refused" in found) return found;
  if (found.out !== null) return CASHED_OUT;
  const { phase } = state;
  if (phase.name !== "running" || place?.bets.includes(found) !== true) {
    return { refused: "not_started", message: "This bet's flight has not started." };
  }
  const curve = curveAt(now - phase.startedAt);
  const capped = found.targetX100 !== null && curve >= found.targetX100;
  const x100 = capped ? (found.targetX100 ?? curve) : curve;
  const out: Out = { x100, paid: payoutOf(found.amount, x100), at: now, by: capped ? "target" : "hand" };
  return {
    events: [{ type: "cashedOut", player, bet: found.id, out }],
    result: { bet: found.id, at: now, x100, paid: out.paid },
  };
}

const CASHED_OUT: Refusal = { refused: "already_cashed_out", message: "This bet is cashed out." };

/**
 * The bet that is meant when none is named: the only one in the air, or one that waits for its start. Undefined right after a
 * crash for a player who was in that flight: `over` then says so.
 */
function theOne(state: State, player: PlayerId): Bet | Refusal | undefined {
  const place = placeOf(state, player);
  if (place === undefined) return undefined;
  const air = inAir(place.bets);
  if (air.length > 1 && state.phase.name === "running") {
    return { refused: "which_bet", message: "You have two bets in the air: say which." };
  }
  const missed = state.phase.name === "crashed" && playedLast(state, player);
  return air[0] ?? place.bets[0] ?? (missed ? undefined : place.queued[0]);
}

function playedLast(state: State, player: PlayerId): boolean {
  return placeOf(state, player)?.last?.round === state.round - 1;
}

/** The refusal for a bet that is not in this round. For a bet of the last round it says how that ended. */
function over(state: State, player: PlayerId, id: BetId | undefined): Refusal {
  const last = placeOf(state, player)?.last ?? null;
  const bet = last?.bets.find((one) => (id === undefined ? playedLast(state, player) : one.id === id));
  if (last === null || bet === undefined || last.endX100 === null) {
    return id === undefined
      ? { refused: "no_bet", message: "You have no bet in the air." }
      : unknownBet(state, player, id);
  }
  if (bet.out !== null) return CASHED_OUT;
  return { refused: "already_crashed", message: "The flight had crashed before your command came in." };
}

/** The bets of this round, most chips first. [C9] */
function list(state: State, from: number): Decision<Event> {
  const all = entriesOf(state.places);
  const bets = all.sort(byAmount).slice(from, from + LIST_MAX);
  const next = from + LIST_MAX < all.length ? from + LIST_MAX : null;
  return { events: [], result: { bets, next } };
}
