import { amount, instant, z } from "./schemas.ts";

/** The schema of an operator's view of a room (rooms/host/inspect.ts). Fields not listed here are left out of the answer. */

const seen = z.object({
  seq: z.int().openapi({ example: 412 }),
  at: instant,
  type: z.string().openapi({ description: "`game`: an event that not everybody saw.", example: "placed" }),
  shown: z.unknown().openapi({ description: "As the public stream told it; null: it did not." }),
  from: z.array(z.string()).openapi({ description: "Requests of the orders in its batch." }),
});

const count = z.int().min(0);

export const inspection = z
  .object({
    room: z.string().openapi({ example: "roulette:main" }),
    game: z.string().openapi({ example: "roulette" }),
    version: z.int().openapi({ description: "Of the game's rules." }),
    epoch: z.string(),
    status: z.enum(["running", "paused", "faulted"]),
    online: count,
    seq: count.openapi({ description: "Of the last event." }),
    round: z.object({
      n: z.int(),
      phase: z.string().openapi({ example: "open" }),
      startedAt: instant.nullable(),
      words: count.openapi({ description: "Players who gave a client seed to the draw." }),
      commitments: z.array(z.object({ round: z.int(), hash: z.string(), roots: z.array(z.string()).optional() })),
    }),
    deadline: z
      .object({ name: z.string().openapi({ example: "close" }), at: instant })
      .nullable()
      .openapi({ description: "The soonest that everybody may know." }),
    secretDeadline: z.boolean().openapi({ description: "The game waits for something that nobody may know yet." }),
    purses: z.object({ count, chips: amount, held: amount, leaving: count }),
    house: amount.openapi({ description: "Signed: what the house has won here." }),
    transfers: z
      .array(z.object({ player: z.string(), id: z.string(), kind: z.string(), amount }))
      .openapi({ description: "Without an answer yet; the first hundred." }),
    outbox: z.object({ waiting: count, parked: count, oldestAt: instant.nullable() }),
    snapshot: z.object({ seq: count, at: instant }).nullable(),
    sizes: z
      .object({ journal: count, snapshot: count, ids: count, transfers: count, outbox: count, bytes: count })
      .openapi({ description: "Rows by table, and the bytes of all." }),
    tail: z
      .array(seen)
      .nullable()
      .openapi({ description: "The last fifty events, newest first. Null: too much has happened to look just now." }),
    view: z.unknown().openapi({ description: "The game's public view." }),
  })
  .openapi("Inspection");
