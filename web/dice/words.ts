import { countOf, NUMBERS, payoutOf, type Roll } from "../../rooms/dice/rolls.ts";
import { amount as words } from "../ui/format.ts";

/** Numbers, chances and rolls as text. Pure. */

export type Bet = Pick<Roll, "side" | "target">;

/** The place of a number on the rail, in per cent. */
export const place = (n: number): number => (100 * n) / (NUMBERS - 1);

/** Numbers are shown with four digits: "0042". */
export const digits = (n: number): string => String(n).padStart(4, "0");

/** "49.50%". */
export const chanceWords = (bet: Bet): string => `${((100 * countOf(bet)) / NUMBERS).toFixed(2)}%`;

/** The payout multiplier with as many decimals as needed: "2×", "1.0102×". */
export function timesWords(bet: Bet): string {
  const times = 9_900 / countOf(bet);
  return `${times >= 100 ? words(Math.floor(times)) : String(Number(times.toFixed(4)))}\u00d7`;
}

/** The winnings besides the stake. */
export const profitOf = (amount: number, bet: Bet): number => payoutOf(amount, countOf(bet)) - amount;

/** "under 4,950". */
export const betWords = ({ side, target }: Bet): string => `${side} ${words(target)}`;

/** The legal targets of each side. [D1] */
export const RANGE = { under: [1, 9_800], over: [199, 9_998] } as const;

/** The bet with the same chance on the other side. */
export const turned = ({ side, target }: Bet): Bet =>
  side === "under" ? { side: "over", target: NUMBERS - 1 - target } : { side: "under", target: NUMBERS - 1 - target };

export function within({ side, target }: Bet): Bet {
  const [least, most] = RANGE[side];
  return { side, target: Math.min(most, Math.max(least, target)) };
}
