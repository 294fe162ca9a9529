import type { Decision, Facts, Input } from "../game.ts";
import { decideCommand } from "./betting.ts";
import type { Event } from "./events.ts";
import { decideDeadline, decideVoid } from "./flight.ts";
import type { State } from "./state.ts";
import { betAll } from "./strategy.ts";
import type { Command } from "./types.ts";

/**
 * Dispatches an input by type. Presence changes nothing: absent players' targets are met too. [C4] The game takes no messages.
 */
export function decide(state: State, input: Input<Command, never>, facts: Facts): Decision<Event> {
  switch (input.type) {
    case "command":
      return decideCommand(state, input.player, input.command, facts);
    case "deadline":
      return { events: decideDeadline(state, input.name, input.at, facts) };
    case "table":
      return { events: betAll(state, facts) };
    case "void":
      return decideVoid(state, input.reason, facts.now);
    case "presence":
      return { events: [] };
    case "message":
      return { refused: "unknown_message", message: "Crash takes no messages." };
    default:
      input satisfies never;
      return { refused: "unknown_input", message: "There is no such input." };
  }
}
