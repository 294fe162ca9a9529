import * as z from "zod/mini";
import type { Draw, PlayerId } from "../game.ts";

/** A roll: some of ten thousand numbers win, and 99 % of the stakes is paid back on average. [D1] [D2] */

const whole = z.int().check(z.minimum(0));
export const bet = { amount: z.int().check(z.positive()), side: z.enum(["under", "over"]), target: whole };
const player = z.custom<PlayerId>((value) => typeof value === "string");
/** `payout`: the chips paid back, the stake included. */
export const roll = z.object({ player, ...bet, rolled: whole, payout: whole });
export type Roll = Readonly<z.infer<typeof roll>>;
type Bet = Pick<Roll, "side" | "target">;

/** The record of a round; the index of a roll is its nonce. `void`: why the table stopped. */
export const kept = z.object({ void: z.nullable(z.string()), rolls: z.readonly(z.array(roll)) });
export type Recount = Readonly<z.infer<typeof kept>>;

export const NUMBERS = 10_000;
export const COUNT_MAX = 9_800;
/** How many numbers win. */
export const countOf = ({ side, target }: Bet): number => (side === "under" ? target : NUMBERS - 1 - target);
/** The payout when one of this many numbers wins, in whole chips, the stake included. */
export const payoutOf = (amount: number, count: number): number => Math.floor((amount * 9_900) / count);
export const wins = ({ side, target }: Bet, n: number): boolean => (side === "under" ? n < target : n > target);
export const labelOf = (nonce: number): string => `roll:${nonce}`;
export const rolledBy = (draw: Draw): number => draw.int(NUMBERS);
