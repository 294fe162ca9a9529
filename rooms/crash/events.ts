import * as z from "zod/mini";
import type { Chips, Ms, PlayerId } from "../game.ts";

/** The events of the lobby, as they are journaled. Each has everything that a replay needs: nothing is drawn or priced again. */

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);
export const player = z.custom<PlayerId>((value) => typeof value === "string");
export const instant = z.custom<Ms>(isWhole);
const chips = z.custom<Chips>((value) => isWhole(value) && Number(value) >= 0);
/** A bust point may be beyond the safe integers, once in 10^14 rounds; no money is computed from it there. */
export const x100 = z.number().check(z.refine((value) => Number.isInteger(value) && value >= 100));

const out = z.object({ x100, paid: chips, at: instant, by: z.enum(["hand", "target", "force"]) });
export const bet = z.object({
  id: z.int(),
  amount: chips,
  targetX100: z.nullable(x100),
  by: z.enum(["hand", "strategy"]),
  out: z.nullable(out),
});
const factor = z.nullable(z.int().check(z.positive()));
const plan = z.object({
  amount: chips,
  targetX100: x100,
  onWinX100: factor,
  onLossX100: factor,
  stopLoss: z.nullable(chips),
  stopWin: z.nullable(chips),
  rounds: z.nullable(z.int()),
});
const strategy = z.object({ plan, next: chips, left: z.nullable(z.int()), net: z.int(), bet: z.nullable(z.int()) });

export const event = z.discriminatedUnion("type", [
  /** A bet for the round that is open, or that it opens. */
  z.object({ type: z.literal("placed"), player, bet }),
  /** A bet for the next round; its chips are taken now. [C7] */
  z.object({ type: z.literal("queued"), player, bet }),
  z.object({ type: z.literal("cancelled"), player, bet: z.int() }),
  /** A strategy as it is from now on. Null: it is off; `reason` says why if the server stopped it. */
  z.object({ type: z.literal("strategy"), player, strategy: z.nullable(strategy), reason: z.nullable(z.string()) }),
  z.object({ type: z.literal("opened"), startsAt: instant }),
  /** The bust point is drawn. It is only in this event and in the state, and nobody sees it before the end. [C3] */
  z.object({ type: z.literal("launched"), startedAt: instant, bustX100: x100, forceX100: x100 }),
  /** Cashed out by hand. */
  z.object({ type: z.literal("cashedOut"), player, bet: z.int(), out }),
  /** All targets up to this multiplier are met, or everyone is out by force; by player, the bets that this pays. [C4] */
  z.object({
    type: z.literal("targetsMet"),
    upToX100: x100,
    outs: z.record(z.string(), z.readonly(z.array(z.readonly(z.tuple([z.int(), out]))))),
  }),
  /** Bets were cashed out, so there is room for more profit: the flight may go on, up to here. [C8] */
  z.object({ type: z.literal("forceMoved"), forceX100: x100 }),
  z.object({
    type: z.literal("ended"),
    round: z.int(),
    bustX100: x100,
    endX100: x100,
    forced: z.boolean(),
    nextAt: instant,
  }),
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("voided"), round: z.int(), reason: z.string() }),
  z.object({ type: z.literal("forgot"), players: z.readonly(z.array(player)) }),
]);
export type Event = z.infer<typeof event>;
export type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;
