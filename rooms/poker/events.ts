import * as z from "zod/mini";
import type { DealtCard } from "../fair/deck.ts";
import type { Ms, PlayerId } from "../game.ts";
import type { Blinds, End, Hand, Sitting } from "./state.ts";
import type { ActView } from "./types.ts";

/** What happened at the table, as it is journaled. Each carries all that replaying it needs: nothing is drawn or priced twice. */

const player = z.custom<PlayerId>((value) => typeof value === "string");
const instant = z.custom<Ms>((value) => Number.isSafeInteger(value));
const whole = z.int().check(z.minimum(0));
const seat = whole;
/** Written by this game's own code under this version; a new version brings a schema that reads the old. */
const own = <T>() => z.custom<T>((value) => typeof value === "object" && value !== null);
const card = own<DealtCard>();

/** What of a seat an event may change besides its chips. */
export type Flags = Partial<Omit<Sitting, "player" | "bot" | "stack">>;

export const event = z.discriminatedUnion("type", [
  /** Chips from the purse, or the house's for a house player. */
  z.object({
    type: z.literal("sat"),
    seat,
    player,
    bot: z.boolean(),
    stack: whole,
    entering: z.boolean(),
    /** Of a house player: on whose day's budget. Left out: from before there was one. */
    at: z.optional(instant),
  }),
  /** The stack goes to the purse, or back to the house. `at`: for those who come back. */
  z.object({ type: z.literal("stood"), seat, at: instant }),
  z.object({ type: z.literal("toppedUp"), seat, amount: whole }),
  z.object({
    type: z.literal("flagged"),
    seat,
    set: own<Flags>(),
    why: z.enum(["player", "clock", "presence", "round"]),
  }),
  z.object({ type: z.literal("queued"), player, on: z.boolean() }),
  /** A free seat is kept for the first who waits; null: for nobody. */
  z.object({ type: z.literal("offered"), offer: z.nullable(z.object({ player, until: instant })) }),
  /** Enough players are ready: the cards come then. Null: not enough any more. */
  z.object({ type: z.literal("starting"), dealAt: z.nullable(instant) }),
  /** The whole hand as it begins, hole cards and all: private to the server. */
  z.object({
    type: z.literal("dealt"),
    hand: own<Hand>(),
    /** From where the next hand counts on; left out: from this one's blinds. */
    counted: z.optional(own<Blinds>()),
  }),
  z.object({
    type: z.literal("acted"),
    player: whole,
    act: own<ActView>(),
    /** The bet on this street after it. */
    to: whole,
    by: z.enum(["player", "clock", "preAction"]),
    at: instant,
  }),
  z.object({
    type: z.literal("street"),
    board: z.union([z.literal(1), z.literal(2)]),
    cards: z.array(card),
    at: instant,
  }),
  /** Nobody can bet any more: hands are shown before the board runs out. (TR 70) `twice`: by consent of all. */
  z.object({ type: z.literal("facedUp"), twice: z.boolean(), at: instant }),
  z.object({ type: z.literal("won"), end: own<End>(), shows: z.array(whole), nextAt: instant }),
  z.object({ type: z.literal("showed"), player: whole }),
  /** The hand is put away: its number is used. */
  z.object({ type: z.literal("ended"), round: whole }),
  z.object({ type: z.literal("voided"), round: whole, reason: z.string() }),
]);
export type Event = z.infer<typeof event>;
export type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;
