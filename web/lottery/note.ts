import * as z from "zod/mini";

/** The lottery's own words about a room: the prize so far, the players that start a draw, and its tickets. */
export const note = z.object({ prize: z.number(), needs: z.number(), tickets: z.number() });
