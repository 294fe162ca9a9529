import type { RoomInput } from "../../../rooms/kernel/inputs.ts";
import type { AnyGame } from "../../../rooms/game.ts";

export const PLANTED = "a planted bug";

/** Bugs of a game, on order: commands, messages and deadlines whose judging throws. */
export class Bugs {
  /** By parsed command: the throw comes when it is judged for the nth time. */
  readonly #poisoned = new Map<unknown, number>();
  /** Ids of messages that throw as long as they are in here. */
  readonly messages = new Set<string>();
  /** So many deadlines throw. */
  deadlines = 0;
  /** The next command that comes in throws when it is judged for the nth time; 0: none does. */
  next = 0;

  /** The game with these bugs in it. */
  in(game: AnyGame): AnyGame {
    return {
      ...game,
      rules: {
        ...game.rules,
        decide: (state, input, facts) => {
          if (input.type === "deadline" && this.deadlines > 0) {
            this.deadlines -= 1;
            throw new Error(PLANTED);
          }
          if (input.type === "message" && this.messages.has(input.id)) throw new Error(PLANTED);
          const left = input.type === "command" ? this.#poisoned.get(input.command) : undefined;
          if (input.type === "command" && left !== undefined) {
            if (left <= 1) throw new Error(PLANTED);
            this.#poisoned.set(input.command, left - 1);
          }
          return game.rules.decide(state, input, facts);
        },
      },
    };
  }

  came(input: RoomInput): void {
    if (this.next === 0 || input.type !== "command" || input.command.to !== "game") return;
    this.#poisoned.set(input.command.command, this.next);
    this.next = 0;
  }
}
