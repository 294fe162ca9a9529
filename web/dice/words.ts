import { countOf, NUMBERS, payoutOf, type Roll } from "../../rooms/dice/rolls.ts";
import { amount as words } from "../ui/format.ts";

/** Numbers, chances and rolls in words. Pure. */

export type Bet = Pick<Roll, "side" | "target">;

/** Where a number is on the rail, in per cent of it. */
export const place = (n: number): number => (100 * n) / (NUMBERS - 1);

/** Every number has its four digits: "0042". */
export const digits = (n: number): string => String(n).padStart(4, "0");

/** "49.50%". */
export const chanceWords = (bet: Bet): string => `${((100 * countOf(bet)) / NUMBERS).toFixed(2)}%`;

/** What a stake is multiplied by, as exact as it is: "2×", "1.0102×". */
export function timesWords(bet: Bet): string {
  const times = 9_900 / countOf(bet);
  return `${times >= 100 ? words(Math.floor(times)) : String(Number(times.toFixed(4)))}\u00d7`;
}

/** What is won besides the stake. */
export const profitOf = (amount: number, bet: Bet): number => payoutOf(amount, countOf(bet)) - amount;

/** "under 4,950". */
export const betWords = ({ side, target }: Bet): string => `${side} ${words(target)}`;

/** The targets that are legal on a side. [D1] */
export const RANGE = { under: [1, 9_800], over: [199, 9_998] } as const;

/** The same chance on the other side. */
export const turned = ({ side, target }: Bet): Bet =>
  side === "under" ? { side: "over", target: NUMBERS - 1 - target } : { side: "under", target: NUMBERS - 1 - target };

export function within({ side, target }: Bet): Bet {
  const [least, most] = RANGE[side];
  return { side, target: Math.min(most, Math.max(least, target)) };
}
