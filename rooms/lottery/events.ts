import * as z from "zod/mini";
import type { Chips, Ms, PlayerId } from "../game.ts";

/** The events of a lottery, as they are journaled. Each has everything that a replay needs: nothing is drawn or hashed again. */

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const whole = z.custom<number>(isWhole);
export const player = z.custom<PlayerId>((value) => typeof value === "string");
const instant = z.custom<Ms>((value) => Number.isSafeInteger(value));
const chips = z.custom<Chips>(isWhole);

export const event = z.discriminatedUnion("type", [
  /** A stake made a ticket, or was added to one that its player had: the one at place `into`. [L1] */
  z.object({
    type: z.literal("ticket"),
    id: z.string(),
    player,
    stake: whole,
    weight: whole,
    into: z.nullable(whole),
    endsAt: z.nullable(instant),
  }),
  /** The tickets are closed and their root is published. `carried`: the rest that is left over for the next draw. [L1] [L6] */
  z.object({
    type: z.literal("started"),
    root: z.string(),
    prize: chips,
    carried: whole,
    at: instant,
    drawsAt: instant,
  }),
  /** Time was up with too few players: the tickets keep their places, and the next one restarts the clock. [L3] */
  z.object({ type: z.literal("rolled") }),
  /** The draw is finished and its award played out. [L1] [L5] */
  z.object({ type: z.literal("drawn"), number: whole, ticket: whole, at: instant }),
  /** The tickets go on to the next draw, before those that already wait there. */
  z.object({ type: z.literal("voided"), reason: z.string(), endsAt: z.nullable(instant) }),
]);
export type Event = z.infer<typeof event>;
export type EventOf<Type extends Event["type"]> = Extract<Event, { type: Type }>;
