import * as z from "zod/mini";

/** The lottery's note in the lobby: the prize so far, the players still needed, and the number of tickets. */
export const note = z.object({ prize: z.number(), needs: z.number(), tickets: z.number() });
