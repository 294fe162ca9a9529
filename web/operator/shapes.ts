import * as z from "zod/mini";
import { roomLine } from "../api/shapes.ts";

/** The parts of REST answers that the operators' pages read. Amounts are integer minor units, instants epoch milliseconds. */

export const ROLES = ["viewer", "support", "floor", "admin"] as const;
const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

export const operator = z.object({ name: z.string(), role });
export type Operator = z.infer<typeof operator>;

const room = z.extend(roomLine, {
  owner: z.nullable(z.string()),
  reportedAt: z.nullable(z.number()),
  summary: z.extend(roomLine.shape.summary, { round: z.number() }),
});
export type Room = z.infer<typeof room>;
export const rooms = z.object({ rooms: z.array(room), next: z.nullable(z.string()) });

export const done = z.object({ game: z.string(), id: z.string() });

const seen = z.object({
  seq: z.number(),
  at: z.number(),
  type: z.string(),
  shown: z.unknown(),
  from: z.array(z.string()),
});
export type Seen = z.infer<typeof seen>;

export const inspection = z.object({
  room: z.string(),
  status: z.enum(["running", "paused", "faulted"]),
  online: z.number(),
  seq: z.number(),
  epoch: z.string(),
  version: z.number(),
  round: z.object({ n: z.number(), phase: z.string(), startedAt: z.nullable(z.number()), words: z.number() }),
  deadline: z.nullable(z.object({ name: z.string(), at: z.number() })),
  secretDeadline: z.boolean(),
  purses: z.object({ count: z.number(), chips: z.number(), held: z.number(), leaving: z.number() }),
  house: z.number(),
  transfers: z.array(z.object({ player: z.string(), id: z.string(), kind: z.string(), amount: z.number() })),
  outbox: z.object({ waiting: z.number(), parked: z.number(), oldestAt: z.nullable(z.number()) }),
  snapshot: z.nullable(z.object({ seq: z.number(), at: z.number() })),
  sizes: z.object({ journal: z.number(), outbox: z.number(), bytes: z.number() }),
  tail: z.nullable(z.array(seen)),
  view: z.unknown(),
});
export type Inspection = z.infer<typeof inspection>;

export const found = z.object({ id: z.string(), username: z.string() });

const entry = z.object({
  n: z.number(),
  kind: z.string(),
  amount: z.number(),
  balance: z.number(),
  room: z.nullable(z.string()),
  transfer: z.nullable(z.string()),
  at: z.number(),
});
export type Entry = z.infer<typeof entry>;

export const player = z.object({
  id: z.string(),
  username: z.string(),
  guest: z.boolean(),
  hidden: z.boolean(),
  createdAt: z.number(),
  available: z.number(),
  rooms: z.array(z.object({ room: z.string(), purse: z.nullable(z.number()), held: z.nullable(z.number()) })),
  notes: z.array(z.object({ id: z.string(), text: z.string(), by: z.string(), at: z.number() })),
  entries: z.array(entry),
});
export type Player = z.infer<typeof player>;

export const noted = z.object({ id: z.string() });
export const transferred = z.object({ id: z.string(), available: z.number() });

const letter = z.object({
  n: z.number(),
  id: z.string(),
  from: z.string(),
  topic: z.string(),
  code: z.string(),
  reason: z.string(),
  body: z.unknown(),
  at: z.number(),
  replayedAt: z.nullable(z.number()),
  outcome: z.nullable(z.string()),
});
export type Letter = z.infer<typeof letter>;
export const letters = z.object({
  open: z.number(),
  replayed: z.number(),
  letters: z.array(letter),
  next: z.nullable(z.number()),
});
/** The outcome of replaying one letter, or the counts of a step. */
export const replayed = z.union([
  z.object({ id: z.string(), outcome: z.string(), reason: z.nullable(z.string()) }),
  z.object({
    done: z.number(),
    queued: z.number(),
    parked: z.number(),
    retry: z.number(),
    left: z.number(),
    next: z.nullable(z.number()),
  }),
]);

const auditEntry = z.object({
  n: z.number(),
  name: z.nullable(z.string()),
  role: z.nullable(role),
  method: z.string(),
  path: z.string(),
  summary: z.nullable(z.string()),
  client: z.string(),
  requestId: z.string(),
  at: z.number(),
  result: z.nullable(z.object({ status: z.number(), outcome: z.string(), at: z.number() })),
});
export type AuditEntry = z.infer<typeof auditEntry>;
export const audit = z.object({ entries: z.array(auditEntry), next: z.nullable(z.number()), unlisted: z.number() });
