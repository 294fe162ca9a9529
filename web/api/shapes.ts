import * as z from "zod/mini";

/** The parts of REST answers that the page reads. Amounts are integer minor units, instants epoch milliseconds. */

export const player = z.object({ id: z.string(), username: z.string(), guest: z.boolean() });
export type Player = z.infer<typeof player>;

export const session = z.object({ player });
/** The answer to signing up. The recovery code is returned only here. */
export const registered = z.object({ player, recoveryCode: z.string() });

export const balance = z.object({
  available: z.number(),
  inPlay: z.number(),
  rooms: z.array(z.object({ room: z.string(), amount: z.number() })),
});
export type Balance = z.infer<typeof balance>;

export const faucet = z.object({ amount: z.number(), available: z.number(), nextAt: z.number() });

export const ticket = z.object({ ticket: z.string() });

/** A room in the lobby. */
export const roomLine = z.object({
  game: z.string(),
  id: z.string(),
  private: z.boolean(),
  online: z.number(),
  status: z.enum(["running", "paused", "faulted"]),
  summary: z.object({
    phase: z.string(),
    players: z.number(),
    minStake: z.number(),
    maxStake: z.number(),
    /** Information in the game's own format; the game's card parses it. */
    note: z.unknown(),
  }),
});
export type RoomLine = z.infer<typeof roomLine>;
export const rooms = z.object({ rooms: z.array(roomLine) });

/** `invite`: of a private room, for the player who made it. */
export const newRoom = z.object({ game: z.string(), id: z.string(), invite: z.optional(z.string()) });
export type NewRoom = z.infer<typeof newRoom>;

/** A line of the statement. */
export const entry = z.object({
  n: z.number(),
  kind: z.string(),
  amount: z.number(),
  balance: z.number(),
  room: z.nullable(z.string()),
  /** The id of the transfer or award. */
  transfer: z.nullable(z.string()),
  at: z.number(),
});
export type Entry = z.infer<typeof entry>;
export const entries = z.object({ entries: z.array(entry), next: z.nullable(z.number()) });

/** An award of a lottery. The id contains the draw's number. */
export const award = z.object({ id: z.string(), lottery: z.string(), amount: z.number() });
export type Award = z.infer<typeof award>;
