import type { Words } from "../kit/words.ts";
import type { Command } from "./types.ts";

/** Documentation of the lottery's commands and refusals. */
export const words: Words<Command> = {
  commands: {
    tickets: {
      about:
        "A draw's tickets in their places, fifty at a time: answered in `result` as `{draw, tickets, next}`. Tickets come with stakes elsewhere: none can be bought here.",
      fields: {
        of: "`waiting`: the draw that tickets come into. `started`: the one that takes client seeds and is drawn next.",
        from: "The `next` of the answer before; 0 by default.",
      },
      example: { type: "tickets", of: "waiting" },
    },
  },
  refusals: {},
};
