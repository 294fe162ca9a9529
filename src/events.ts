import * as z from "zod";
import { LEVELS_MAX, tooDeep } from "../rooms/kit/text.ts";

/**
 * All events that leave the house or come back (src/README.md#queues-and-events): the envelope, and the payload of each type.
 * Shared by the queue consumers, the bridge to Kafka, `/api/asyncapi.json` and the tests, so that each message is defined once.
 *
 * Delivery is at least once and unordered: consumers deduplicate by `id`.
 */

/** A room's name, `<game>:<id>`. */
const roomName = z
  .string()
  .max(80)
  .regex(/^[a-z]+:[A-Za-z0-9_-]+$/)
  .meta({ description: "The room, `<game>:<id>`.", example: "roulette:main" });
const playerId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .meta({ description: "The player's permanent id.", example: "7k2m9qx4c0v8h1ztr3fw" });
const sum = z.int().min(1).meta({ description: "Integer minor units, at least 1.", example: 250 });
const whole = z.int().min(0).meta({ description: "Integer minor units.", example: 250 });
const number = z.int().min(1);
const hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ description: "SHA-256, lower-case hex." });

/** The envelope of an event type with its payload. */
const envelopeOf = <Type extends string, Payload extends z.ZodType>(
  type: Type,
  payload: Payload,
): z.ZodObject<{
  id: z.ZodString;
  type: z.ZodLiteral<Type>;
  version: z.ZodLiteral<1>;
  source: z.ZodString;
  sequence: z.ZodInt;
  correlation: z.ZodString;
  key: z.ZodString;
  at: z.ZodInt;
  payload: Payload;
}> =>
  z.object({
    id: z.string().min(1).max(200).meta({
      description: "Unique; dedupe by it. `<room>:<epoch>:<sequence>`.",
      example: "roulette:main:3f2a91bc:12",
    }),
    type: z.literal(type),
    version: z.literal(1).meta({ description: "Of the payload." }),
    source: roomName,
    sequence: number.meta({ description: "Of that room's outbox, without a gap over all topics.", example: 12 }),
    correlation: z
      .string()
      .max(200)
      .meta({ description: "The commit that caused it, `<room>@<seq>`.", example: "roulette:main@431" }),
    key: z.string().min(1).max(200).meta({ description: "The Kafka key: the player, where there is one." }),
    at: z.int().min(0).meta({ description: "Epoch milliseconds of that commit.", example: 1_795_212_549_024 }),
    payload,
  });

/** One event for each player and round or hand, in the commit that settles it; a void round has none. */
export const stakeCreated = envelopeOf(
  "player.stakeCreated",
  z.object({
    player: playerId,
    game: z
      .string()
      .regex(/^[a-z]{1,40}$/)
      .meta({ example: "roulette" }),
    room: roomName,
    round: number.meta({ description: "Of that room: the round or the hand.", example: 42 }),
    stake: sum.meta({ description: "Chips really put at risk, integer minor units." }),
    gainX10000: whole.optional().meta({
      description:
        "What the house gets of it in expectation, or by its rake, in ten-thousandths of a minor unit, rounded up. Left out: not known.",
      example: 67_568,
    }),
  }),
).meta({ title: "player.stakeCreated", description: "A stake of a settled round." });
export type StakeCreated = z.infer<typeof stakeCreated>;

/** A lottery's award. Credited once per `award` id, only for a configured lottery and within its budget. */
export const awardCreated = envelopeOf(
  "lotteryAwardCreated",
  z.object({
    award: z
      .string()
      .min(1)
      .max(160)
      .meta({ description: "The award's id: credited once.", example: "lottery:main:7:9f86d081884c7d65" }),
    lottery: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,40}$/)
      .meta({ description: "The lottery's id.", example: "main" }),
    draw: number.meta({ description: "Of that lottery.", example: 7 }),
    player: playerId,
    amount: sum.meta({ description: "The win, integer minor units." }),
    proof: z
      .object({
        root: hash.meta({ description: "Merkle root of the draw's tickets, published before the draw." }),
        tickets: number,
        weight: number.meta({ description: "Of all tickets together." }),
        number: whole.meta({ description: "What was drawn: at least 0, below `weight`." }),
        ticket: whole.meta({ description: "The place of the ticket that holds it." }),
      })
      .meta({ description: "The whole record is the lottery's round of that number." }),
  }),
).meta({ title: "lotteryAwardCreated", description: "An award of a finished draw." });
export type AwardCreated = z.infer<typeof awardCreated>;

const line = z.object({ player: playerId, staked: whole, returned: whole });

const apart = z.boolean().optional().meta({
  description:
    "At a table that a player made: it counts on no board, as no hand of poker with a guest in it does. Left out: by the room, of which `<game>:main` is the house's own.",
});

export const roundSettled = envelopeOf(
  "roundSettled",
  z.object({ round: number, result: z.unknown(), players: z.array(line).max(100), apart }),
).meta({ title: "roundSettled", description: "Up to 100 players' sums of a settled round." });

export const handFinished = envelopeOf(
  "handFinished",
  z.object({ round: number, players: z.array(line).max(100), apart }),
).meta({ title: "handFinished", description: "The sums of a finished hand." });

export const balanceChanged = envelopeOf(
  "balanceChanged",
  z.object({
    player: playerId,
    entry: number.meta({ description: "The entry of the player's statement." }),
    kind: z
      .string()
      .regex(/^[a-z]{1,40}$/)
      .meta({ description: "Never a top-up or a cash-out: those stay with the player.", example: "award" }),
    amount: z.int().meta({ description: "Signed, integer minor units." }),
    balance: whole.meta({ description: "The wallet's, after it; chips at tables are not in it." }),
  }),
).meta({
  title: "balanceChanged",
  description: "Chips came to a player, or went, outside of any table: a grant, an award.",
});

export const profileChanged = envelopeOf(
  "profileChanged",
  z.object({
    player: playerId,
    name: z.string().min(1).max(80),
    hidden: z.boolean().meta({ description: "Not to be shown on boards." }),
    guest: z
      .boolean()
      .optional()
      .meta({ description: "Has no name of their own yet. Left out: they have, or it is not known." }),
    version: number.meta({ description: "The highest counts, whatever the order." }),
  }),
).meta({ title: "profileChanged", description: "What others see of a player." });

/** The event types of each topic. The keys are the outboxes' names of the topics; `kafka` is the name of the Kafka topic. */
export const TOPICS = {
  stakes: { kafka: "player.v1.staked", events: [stakeCreated] },
  awards: { kafka: "lottery.v1.award", events: [awardCreated] },
  settled: { kafka: "casino.v1.settled", events: [roundSettled, handFinished, balanceChanged, profileChanged] },
} as const;
export type Topic = keyof typeof TOPICS;

export type EventOf<T extends Topic> = z.infer<(typeof TOPICS)[T]["events"][number]>;

/** Why a message can never be processed: stored with it as a dead letter. */
export type Poison = {
  readonly code: "not_an_event" | "too_deep" | "unknown_type" | "unknown_version" | "bad_event";
  readonly message: string;
};

export type ReadEvent<T extends Topic> =
  { readonly ok: true; readonly event: EventOf<T> } | ({ readonly ok: false } & Poison);

/** Validates a message of a topic. Never throws. Ignores unknown fields. */
export function readEvent<T extends Topic>(topic: T, value: unknown): ReadEvent<T> {
  const { type, version }: { type?: unknown; version?: unknown } = Object(value);
  if (typeof type !== "string") {
    return { ok: false, code: "not_an_event", message: "It is no event: there is no type in it." };
  }
  if (tooDeep(value)) return { ok: false, code: "too_deep", message: `It is nested deeper than ${LEVELS_MAX} levels.` };
  const schema = TOPICS[topic].events.find((known) => known.shape.type.value === type);
  if (schema === undefined) {
    return { ok: false, code: "unknown_type", message: `No "${type.slice(0, 80)}" travels on ${topic}.` };
  }
  if (version !== 1) {
    return {
      ok: false,
      code: "unknown_version",
      message: `Version ${String(version).slice(0, 20)} of ${type} is unknown here.`,
    };
  }
  const read = schema.safeParse(value);
  if (read.success) return { ok: true, event: read.data as EventOf<T> };
  const [issue] = read.error.issues;
  const where = issue?.path.map(String).join(".") ?? "";
  return { ok: false, code: "bad_event", message: `${where === "" ? "it" : where}: ${issue?.message ?? "not valid"}` };
}
