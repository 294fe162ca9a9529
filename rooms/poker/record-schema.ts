import * as z from "zod/mini";
import type { Chips, Ms, PlayerId } from "../game.ts";
import type { HandRecord } from "./record.ts";

/** The schema of a hand's record that comes from outside: to be verified, replayed or exported. */

const whole = z.int().check(z.minimum(0));
const chips = z.custom<Chips>((value) => Number.isSafeInteger(value) && Number(value) >= 0, "not an amount of chips");
const player = z.custom<PlayerId>((value) => typeof value === "string", "not a player");
const instant = z.custom<Ms>((value) => Number.isSafeInteger(value), "not an instant");
const seat = whole.check(z.maximum(8));
const place = seat;
const card = whole.check(z.maximum(51));

const dealt = z.object({
  card,
  opening: z.object({ position: whole, salt: z.string(), path: z.array(z.string()) }),
});

const act = z.union([
  z.object({ type: z.enum(["fold", "check"]) }),
  z.object({ type: z.enum(["post", "straddle", "call", "bet", "raise"]), amount: chips, allIn: z.boolean() }),
]);

const line = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("post"),
    player: place,
    dead: whole,
    live: whole,
    what: z.enum(["ante", "small blind", "big blind", "straddle", "missed blinds"]),
  }),
  z.object({
    type: z.literal("act"),
    player: place,
    act,
    to: whole,
    by: z.enum(["player", "clock", "preAction"]),
  }),
  z.object({ type: z.literal("board"), board: z.union([z.literal(1), z.literal(2)]), cards: z.array(card) }),
  z.object({ type: z.literal("show"), player: place }),
]);

export const recordSchema = z.object({
  hand: z.int(),
  void: z.nullable(z.string()),
  blinds: z.object({ small: whole, big: whole.check(z.positive()), ante: whole }),
  rules: z.object({
    rakeX10000: whole.check(z.maximum(10_000)),
    rakeCap: whole,
    straddleRaiseBigBlinds: z.int().check(z.minimum(2), z.maximum(100)),
  }),
  button: seat,
  seats: z.int().check(z.minimum(2), z.maximum(9)),
  startedAt: instant,
  players: z
    .array(
      z.object({
        seat,
        player,
        bot: z.boolean(),
        start: chips,
        end: chips,
        cards: z.nullable(z.array(dealt).check(z.length(2))),
        shown: z.boolean(),
      }),
    )
    .check(z.minLength(2), z.maxLength(9)),
  board: z.array(dealt).check(z.maxLength(5)),
  board2: z.nullable(z.array(dealt).check(z.maxLength(5))),
  log: z.array(line),
  awards: z.array(
    z.object({
      pot: whole,
      board: z.union([z.literal(1), z.literal(2)]),
      wins: z.array(z.object({ seat, chips })),
      with: z.nullable(z.string()),
    }),
  ),
  rake: whole,
}) satisfies z.ZodMiniType<HandRecord>;
