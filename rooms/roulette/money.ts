import { chips, type Chips, type Move, type PlayerId } from "../game.ts";
import { settlementOf, type Event } from "./events.ts";
import { total } from "./stacks.ts";
import { slipOf, type State } from "./state.ts";

/** The chip movements of an event, from the state before it: held after - held before = stakes - pays - house. */
export function money(state: State, event: Event): readonly Move[] {
  switch (event.type) {
    case "placed":
      return [{ type: "stake", player: event.player, amount: chips(total(event.bets)) }];
    case "taken":
      return [{ type: "pay", player: event.player, amount: chips(total(event.bets)), back: true }];
    case "settled": {
      const moves: Move[] = [];
      let house = 0;
      for (const { player } of state.places) {
        const slip = settlementOf(event, player);
        if (slip === undefined) continue;
        house += slip.staked - slip.returned;
        if (slip.returned > 0) moves.push({ type: "pay", player, amount: slip.returned });
      }
      if (house !== 0) moves.push({ type: "house", amount: house });
      return moves;
    }
    case "voided":
      return state.places.flatMap(({ player, slip }): Move[] =>
        slip === null ? [] : [{ type: "pay", player, amount: chips(slip.staked), back: true }],
      );
    case "auto":
    case "opened":
    case "closed":
    case "spun":
    case "ready":
    case "forgot":
      return [];
    default:
      event satisfies never;
      return [];
  }
}

/** A player's chips on the layout. */
export function held(state: State, player: PlayerId): Chips {
  return chips(slipOf(state, player)?.staked ?? 0);
}
