import * as z from "zod/mini";
import type { Draw, PlayerId } from "../game.ts";

/** A roll: some of ten thousand numbers win, and of what is staked 99 % comes back on the average. [D1] [D2] */

const whole = z.int().check(z.minimum(0));
export const bet = { amount: z.int().check(z.positive()), side: z.enum(["under", "over"]), target: whole };
const player = z.custom<PlayerId>((value) => typeof value === "string");
/** `payout`: what came back, the stake in it. */
export const roll = z.object({ player, ...bet, rolled: whole, payout: whole });
export type Roll = Readonly<z.infer<typeof roll>>;
type Bet = Pick<Roll, "side" | "target">;

/** The record of a round, each roll at the place of its nonce. `void`: why the table stopped. */
export const kept = z.object({ void: z.nullable(z.string()), rolls: z.readonly(z.array(roll)) });
export type Recount = Readonly<z.infer<typeof kept>>;

export const NUMBERS = 10_000;
export const COUNT_MAX = 9_800;
/** How many numbers win. */
export const countOf = ({ side, target }: Bet): number => (side === "under" ? target : NUMBERS - 1 - target);
/** What comes back when one of so many numbers wins, in whole chips. */
export const payoutOf = (amount: number, count: number): number => Math.floor((amount * 9_900) / count);
export const wins = ({ side, target }: Bet, n: number): boolean => (side === "under" ? n < target : n > target);
export const labelOf = (nonce: number): string => `roll:${nonce}`;
export const rolledBy = (draw: Draw): number => draw.int(NUMBERS);
