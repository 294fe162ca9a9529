import type { Decision, Facts, Input } from "../game.ts";
import { repeatAll } from "./auto.ts";
import { decideCommand } from "./betting.ts";
import type { Event } from "./events.ts";
import { decideDeadline, decideVoid } from "./rounds.ts";
import type { State } from "./state.ts";
import type { Command } from "./types.ts";

/** Dispatches an input by type. Presence changes nothing here, and the game takes no messages. */
export function decide(state: State, input: Input<Command, never>, facts: Facts): Decision<Event> {
  switch (input.type) {
    case "command":
      return decideCommand(state, input.player, input.command, facts);
    case "deadline":
      return { events: decideDeadline(state, input.name, input.at, facts) };
    case "table":
      return { events: repeatAll(state, facts) };
    case "void":
      return decideVoid(state, input.reason);
    case "presence":
      return { events: [] };
    case "message":
      return { refused: "unknown_message", message: "Roulette takes no messages." };
    default:
      input satisfies never;
      return { refused: "unknown_input", message: "There is no such input." };
  }
}
