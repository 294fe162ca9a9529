import * as z from "zod/mini";

/** What the page reads of the REST answers, parsed where they arrive. Amounts are integer minor units, instants epoch milliseconds. */

export const player = z.object({ id: z.string(), username: z.string(), guest: z.boolean() });
export type Player = z.infer<typeof player>;

export const session = z.object({ player });
/** After signing up: the recovery code is told this once. */
export const registered = z.object({ player, recoveryCode: z.string() });

export const balance = z.object({
  available: z.number(),
  inPlay: z.number(),
  rooms: z.array(z.object({ room: z.string(), amount: z.number() })),
});
export type Balance = z.infer<typeof balance>;

export const faucet = z.object({ amount: z.number(), available: z.number(), nextAt: z.number() });

export const ticket = z.object({ ticket: z.string() });

const wheel = z.enum(["european", "french", "american"]);
/** One line of the lobby. */
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
    /** The game's own words about the room; its card reads them. */
    note: z.unknown(),
  }),
});
export type RoomLine = z.infer<typeof roomLine>;
export const rooms = z.object({ rooms: z.array(roomLine) });

/** `invite`: of a private one, for the player who made it. */
export const newRoom = z.object({ game: z.string(), id: z.string(), invite: z.optional(z.string()) });
export type NewRoom = z.infer<typeof newRoom>;

export const proof = z.object({
  scheme: z.literal("seed"),
  room: z.string(),
  round: z.number(),
  commitment: z.string(),
  seed: z.string(),
  entropy: z.array(z.object({ player: z.string(), value: z.string() })),
});

const bet = z.object({ spot: z.string(), amount: z.number() });
const outcome = z.object({
  result: z.nullable(z.string()),
  void: z.nullable(z.string()),
  wheel,
  players: z.array(z.object({ player: z.string(), staked: z.number(), returned: z.number(), bets: z.array(bet) })),
});
/** A finished round of roulette with its proof. */
export const round = z.object({
  room: z.string(),
  round: z.number(),
  startedAt: z.number(),
  endedAt: z.number(),
  void: z.boolean(),
  outcome,
  proof,
});
export type Round = z.infer<typeof round>;
export const rounds = z.object({ rounds: z.array(round), next: z.nullable(z.number()) });

/** A line of the statement. */
export const entry = z.object({
  n: z.number(),
  kind: z.string(),
  amount: z.number(),
  balance: z.number(),
  room: z.nullable(z.string()),
  /** Of the transfer or the award. */
  transfer: z.nullable(z.string()),
  at: z.number(),
});
export type Entry = z.infer<typeof entry>;
export const entries = z.object({ entries: z.array(entry), next: z.nullable(z.number()) });

/** What a lottery gave: its id says which draw it was. */
export const award = z.object({ id: z.string(), lottery: z.string(), amount: z.number() });
export type Award = z.infer<typeof award>;
