import * as z from "zod/mini";
import type { DealtCard } from "../fair/deck.ts";
import type { Ms, PlayerId } from "../game.ts";
import type { Blinds, End, Hand, Sitting } from "./state.ts";
import type { ActView } from "./types.ts";

/** The events of the table, as they are journaled. Each has everything that a replay needs: nothing is drawn or priced again. */

const player = z.custom<PlayerId>((value) => typeof value === "string");
const instant = z.custom<Ms>((value) => Number.isSafeInteger(value));
const whole = z.int().check(z.minimum(0));
const seat = whole;
/** Written by this version of the game, so it is not checked. A new version needs a schema that reads the old form. */
const own = <T>() => z.custom<T>((value) => typeof value === "object" && value !== null);
const card = own<DealtCard>();

/** The fields of a seat that an event may change, besides its chips. */
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
    /** When a house player came, for the day's budget. Missing: for a person, or from before there was a budget. */
    at: z.optional(instant),
  }),
  /** The stack goes to the purse, or back to the house. `at` is kept for players who come back. */
  z.object({ type: z.literal("stood"), seat, at: instant }),
  z.object({ type: z.literal("toppedUp"), seat, amount: whole }),
  z.object({
    type: z.literal("flagged"),
    seat,
    set: own<Flags>(),
    why: z.enum(["player", "clock", "presence", "round"]),
  }),
  z.object({ type: z.literal("queued"), player, on: z.boolean() }),
  /** A free seat is reserved for the first player on the waiting list; null: for nobody. */
  z.object({ type: z.literal("offered"), offer: z.nullable(z.object({ player, until: instant })) }),
  /** Enough players are ready: the cards are dealt at `dealAt`. Null: not enough any more. */
  z.object({ type: z.literal("starting"), dealAt: z.nullable(instant) }),
  /** The whole hand as it begins, hole cards and all: private to the server. */
  z.object({
    type: z.literal("dealt"),
    hand: own<Hand>(),
    /** The blinds that the next hand is counted from; missing: those of this one. */
    counted: z.optional(own<Blinds>()),
  }),
  z.object({
    type: z.literal("acted"),
    player: whole,
    act: own<ActView>(),
    /** The player's bet on this street after it. */
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
  /** Nobody can bet any more: hands are shown before the board runs out. (TR 70) `twice`: all agreed to run it twice. */
  z.object({ type: z.literal("facedUp"), twice: z.boolean(), at: instant }),
  z.object({ type: z.literal("won"), end: own<End>(), shows: z.array(whole), nextAt: instant }),
  z.object({ type: z.literal("showed"), player: whole }),
  /** The hand is cleared away. Its number is not used again. */
  z.object({ type: z.literal("ended"), round: whole }),
  z.object({ type: z.literal("voided"), round: whole, reason: z.string() }),
]);
export type Event = z.infer<typeof event>;
export type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;
