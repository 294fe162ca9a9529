import * as z from "zod/mini";
import type { Chips, Ms, PlayerId } from "../game.ts";

/** The events of the table, as they are journaled. Each has everything that a replay needs: nothing is drawn or priced again. */

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);
const player = z.custom<PlayerId>((value) => typeof value === "string");
const ms = z.custom<Ms>(isWhole);
const chips = z.custom<Chips>((value) => isWhole(value) && Number(value) >= 0);
const bets = z.readonly(z.array(z.object({ spot: z.string(), amount: z.int().check(z.positive()) })));
const auto = z.object({
  left: z.int(),
  stopLoss: z.nullable(z.int()),
  stopWin: z.nullable(z.int()),
  net: z.int(),
});
const settlement = z.object({
  staked: chips,
  returned: chips,
  wins: z.readonly(z.array(z.object({ spot: z.string(), staked: chips, returned: chips }))),
});

export const event = z.discriminatedUnion("type", [
  /** One action of a player, or of the server for a player's auto-repeat; each spot at most once. */
  z.object({
    type: z.literal("placed"),
    player,
    bets,
    by: z.enum(["bet", "call", "double", "repeat", "auto"]),
  }),
  z.object({ type: z.literal("taken"), player, bets, by: z.enum(["undo", "clear"]) }),
  /** An auto-repeat as it is from now on. Null: it is off; `reason` says why if the server stopped it. */
  z.object({ type: z.literal("auto"), player, auto: z.nullable(auto), reason: z.nullable(z.string()) }),
  z.object({ type: z.literal("opened"), closesAt: ms }),
  z.object({ type: z.literal("closed"), spinAt: ms }),
  z.object({ type: z.literal("spun"), result: z.string(), spunAt: ms, settleAt: ms }),
  /** Everybody is paid at once. By player; without those who had no chips on the layout. */
  z.object({
    type: z.literal("settled"),
    round: z.int(),
    result: z.string(),
    nextAt: ms,
    slips: z.readonly(z.record(z.string(), settlement)),
  }),
  /** Bets are taken again, and the first one starts the clock. */
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("voided"), round: z.int(), reason: z.string() }),
  /** Players that the table forgets, since it remembers a limited number. */
  z.object({ type: z.literal("forgot"), players: z.readonly(z.array(player)) }),
]);

export type Event = z.infer<typeof event>;
export type Placed = Extract<Event, { type: "placed" }>;
export type Taken = Extract<Event, { type: "taken" }>;
export type Settled = Extract<Event, { type: "settled" }>;
export type Settlement = Settled["slips"][string];

/** One player's settlement in a settled round; undefined for a player who had no chips in it. */
export function settlementOf({ slips }: Settled, player: PlayerId): Settlement | undefined {
  return Object.hasOwn(slips, player) ? slips[player] : undefined;
}
export type EventOf<T extends Event["type"]> = Extract<Event, { type: T }>;
