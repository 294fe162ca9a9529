import { chips, type Chips, type Move, type PlayerId } from "../game.ts";
import type { Event } from "./events.ts";
import { heldOf, inAir, placeOf, stakeOf, type State } from "./state.ts";
import type { BetId, Out } from "./types.ts";

/** The chip movements of an event, from the state before it: held after - held before = stakes - pays - house. */
export function money(state: State, event: Event): readonly Move[] {
  switch (event.type) {
    case "placed":
    case "queued":
      return [{ type: "stake", player: event.player, amount: event.bet.amount }];
    case "cancelled": {
      const place = placeOf(state, event.player);
      const bet = [...(place?.bets ?? []), ...(place?.queued ?? [])].find(({ id }) => id === event.bet);
      return bet === undefined ? [] : [{ type: "pay", player: event.player, amount: bet.amount, back: true }];
    }
    case "cashedOut":
      return paid(state, [[event.player, [[event.bet, event.out]]]]);
    case "targetsMet":
      return paid(state, Object.entries(event.outs) as [PlayerId, readonly (readonly [BetId, Out])[]][]);
    case "ended": {
      const lost = state.places.reduce((sum, { bets }) => sum + stakeOf(inAir(bets)), 0);
      return lost === 0 ? [] : [{ type: "house", amount: lost }];
    }
    case "voided":
      return state.places.flatMap(({ player, bets }): Move[] => {
        const amount = stakeOf(inAir(bets));
        return amount === 0 ? [] : [{ type: "pay", player, amount: chips(amount), back: true }];
      });
    case "strategy":
    case "opened":
    case "launched":
    case "forceMoved":
    case "ready":
    case "forgot":
      return [];
    default:
      event satisfies never;
      return [];
  }
}

function paid(state: State, outs: readonly (readonly [PlayerId, readonly (readonly [BetId, Out])[]])[]): Move[] {
  const moves: Move[] = [];
  let house = 0;
  for (const [player, mine] of outs) {
    const bets = placeOf(state, player)?.bets ?? [];
    let sum = 0;
    for (const [id, out] of mine) {
      const bet = bets.find((one) => one.id === id);
      if (bet === undefined) continue;
      sum += out.paid;
      house += bet.amount - out.paid;
    }
    if (sum > 0) moves.push({ type: "pay", player, amount: chips(sum) });
  }
  if (house !== 0) moves.push({ type: "house", amount: house });
  return moves;
}

export function held(state: State, player: PlayerId): Chips {
  const place = placeOf(state, player);
  return place === undefined ? chips(0) : heldOf(place);
}
