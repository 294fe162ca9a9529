import type { Refusal } from "../game.ts";
import type { Bet, Command, Spot } from "./types.ts";
import { wheelOrder, type Wheel } from "./wheel.ts";

/** Call bets [R10]: named groups of legal bets, placed all together or not at all. */

export type Call = Omit<Extract<Command, { type: "call" }>, "type">;
type Sector = "voisins" | "tiers" | "orphelins" | "jeu-zero";

/** Chips by spot for one unit of the call, on the single-zero wheel. */
export const SECTORS: Readonly<Record<Sector, readonly (readonly [Spot, number])[]>> = {
  voisins: [
    ["trio:0-2-3", 2],
    ["split:4-7", 1],
    ["split:12-15", 1],
    ["split:18-21", 1],
    ["split:19-22", 1],
    ["corner:25-26-28-29", 2],
    ["split:32-35", 1],
  ],
  tiers: [
    ["split:5-8", 1],
    ["split:10-11", 1],
    ["split:13-16", 1],
    ["split:23-24", 1],
    ["split:27-30", 1],
    ["split:33-36", 1],
  ],
  orphelins: [
    ["straight:1", 1],
    ["split:6-9", 1],
    ["split:14-17", 1],
    ["split:17-20", 1],
    ["split:31-34", 1],
  ],
  "jeu-zero": [
    ["split:0-3", 1],
    ["split:12-15", 1],
    ["straight:26", 1],
    ["split:32-35", 1],
  ],
};

export const NEIGHBOURS_DEFAULT = 2;

/**
 * The bets that a call stands for; `amount` is one chip of it. Refused: `not_on_this_wheel` for a named sector on the American
 * wheel; `illegal_call` for neighbours without a number or of a pocket that is not on the wheel, and for finales without a digit
 * from 0 to 9.
 */
export function decompose(wheel: Wheel, call: Call): { bets: readonly Bet[] } | Refusal {
  const { name, n, amount } = call;
  switch (name) {
    case "voisins":
    case "tiers":
    case "orphelins":
    case "jeu-zero":
      if (wheel === "american") {
        return { refused: "not_on_this_wheel", message: "This call belongs to the single-zero wheel." };
      }
      return { bets: SECTORS[name].map(([spot, chips]) => ({ spot, amount: chips * amount })) };
    case "neighbours":
      if (n === undefined) return { refused: "illegal_call", message: "Neighbours of which number?" };
      if (!wheelOrder(wheel).includes(String(n))) {
        return { refused: "illegal_call", message: "There is no such number on this wheel." };
      }
      return { bets: straights(arc(wheel, String(n), call.k ?? NEIGHBOURS_DEFAULT), amount) };
    case "finales":
      if (typeof n !== "number" || n > 9)
        return { refused: "illegal_call", message: "Finales need a last digit, 0 to 9." };
      return { bets: straights(finales(n), amount) };
    default:
      name satisfies never;
      return { refused: "illegal_call", message: "There is no such call." };
  }
}

/** A pocket with k neighbours on each side, in the wheel's order. */
function arc(wheel: Wheel, pocket: string, k: number): string[] {
  const order = wheelOrder(wheel);
  const middle = order.length + order.indexOf(pocket);
  return [...order, ...order, ...order].slice(middle - k, middle + k + 1);
}

/** The numbers that end in a digit. */
function finales(digit: number): string[] {
  const numbers: string[] = [];
  for (let n = digit; n <= 36; n += 10) numbers.push(String(n));
  return numbers;
}

function straights(pockets: readonly string[], amount: number): Bet[] {
  return pockets.map((pocket) => ({ spot: `straight:${pocket}`, amount }));
}
