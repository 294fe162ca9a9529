import type { Decision, Facts, Input, PlayerId } from "../game.ts";
import { decideDeadline } from "./clock.ts";
import type { Event } from "./events.ts";
import { decideAct, decidePreAction } from "./play.ts";
import { placeIn, type State } from "./state.ts";
import { arranged, decidePresence, decideTable } from "./table.ts";
import type { Command } from "./types.ts";

/** Dispatches an input by type. */
export function decide(state: State, input: Input<Command, never>, facts: Facts): Decision<Event> {
  switch (input.type) {
    case "command":
      return decideCommand(state, input.player, input.command, facts);
    case "deadline":
      return { events: decideDeadline(state, input.name, input.at, facts) };
    case "presence":
      return decidePresence(state, input.player, input.online, facts);
    case "table":
      return arranged(state, [], facts);
    case "void":
      if (state.hand === null) return { refused: "no_round", message: "No hand is on." };
      if (state.hand.end !== null) return { refused: "result_known", message: "The hand is over: it counts." };
      // Players are all-in and face up: from here on the cards decide, and that counts.
      if (state.hand.players.some(({ shown }) => shown))
        return { refused: "result_known", message: "Cards are face up: the hand counts." };
      return arranged(state, [{ type: "voided", round: state.round, reason: input.reason }], facts);
    case "message":
      return { refused: "unknown_message", message: "Poker takes no messages." };
    default:
      input satisfies never;
      return { refused: "unknown_input", message: "There is no such input." };
  }
}

function decideCommand(state: State, player: PlayerId, command: Command, facts: Facts): Decision<Event> {
  switch (command.type) {
    case "fold":
    case "check":
    case "call":
    case "raise":
      return decideAct(state, player, command, facts);
    case "preAction":
      return decidePreAction(state, player, command);
    case "show":
      return show(state, player, command.hand);
    case "muck":
      return muck(state, player, command.hand);
    default:
      return decideTable(state, player, command, facts);
  }
}

/** Shows a player's own cards, once the hand is over and the showdown is done. [P9] */
function show(state: State, player: PlayerId, wanted: number | undefined): Decision<Event> {
  if (wanted !== undefined && wanted !== state.round)
    return { refused: "old_hand", message: "That was meant for another hand." };
  const { hand } = state;
  const place = placeIn(state, player);
  if (hand === null || place === null) return { refused: "no_hand", message: "You have no cards to show." };
  if (hand.end === null) return { refused: "hand_is_on", message: "Cards are shown when the hand is over." };
  if (hand.betting.stakes[place]?.folded === true)
    return { refused: "folded", message: "You have folded these cards." };
  if (hand.players[place]?.shown === true) return { refused: "already_shown", message: "Your cards are face up." };
  return { events: [{ type: "showed", player: place }] };
}

/** Does not show the cards. That is what happens anyway, so nothing is journaled. [P9] */
function muck(state: State, player: PlayerId, wanted: number | undefined): Decision<Event> {
  const may = show(state, player, wanted);
  return "refused" in may ? may : { events: [], result: null };
}
