import { chips, type Chips, type Move, type PlayerId } from "../game.ts";
import type { Event } from "./events.ts";
import { stacksAfter } from "./evolve.ts";
import { placeIn, seatOf, type State } from "./state.ts";

/**
 * The chip movements of an event, between purses, the table and the house. A betting act moves nothing. House players play with
 * the house's own chips: at a hand's end their wins, their losses and the rake are the house's.
 */
export function money(state: State, event: Event): readonly Move[] {
  switch (event.type) {
    case "sat":
      return event.bot ? [] : [{ type: "stake", player: event.player, amount: chips(event.stack) }];
    case "stood": {
      const sitting = state.seats[event.seat];
      if (sitting == null || sitting.bot || sitting.stack === 0) return [];
      return [{ type: "pay", player: sitting.player, amount: chips(sitting.stack) }];
    }
    case "toppedUp": {
      const sitting = state.seats[event.seat];
      return sitting == null || sitting.bot
        ? []
        : [{ type: "stake", player: sitting.player, amount: chips(event.amount) }];
    }
    case "won": {
      const { hand } = state;
      if (hand === null) return [];
      const after = stacksAfter(hand, event.end);
      let house = 0;
      for (const [place, { stack, put }] of hand.betting.stakes.entries()) {
        if (hand.players[place]?.bot === false) house += stack + put - (after[place] ?? 0);
      }
      return house === 0 ? [] : [{ type: "house", amount: house }];
    }
    default:
      return [];
  }
}

/** A player's chips at the table: the stack, and those in the pot of the current hand. */
export function held(state: State, player: PlayerId): Chips {
  const seat = seatOf(state, player);
  const sitting = seat === null ? null : (state.seats[seat] ?? null);
  if (sitting === null || sitting.bot) return chips(0);
  const place = placeIn(state, player);
  const stake =
    state.hand === null || state.hand.end !== null || place === null ? null : state.hand.betting.stakes[place];
  return chips(sitting.stack + (stake == null ? 0 : stake.stack + stake.put));
}
