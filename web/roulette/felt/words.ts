import { type LegalBet } from "../../../rooms/roulette/layout.ts";
import { factorOf } from "../../../rooms/roulette/payout.ts";
import type { Wheel } from "../../../rooms/roulette/wheel.ts";
import { amount } from "../../ui/format.ts";

/** Names of spots, for the line under the felt, the list of bets, and screen readers. */

const NAMES: Readonly<Record<string, string>> = {
  red: "Red",
  black: "Black",
  odd: "Odd",
  even: "Even",
  low: "1 to 18",
  high: "19 to 36",
};
const FRENCH: Readonly<Record<string, string>> = {
  red: "Rouge",
  black: "Noir",
  odd: "Impair",
  even: "Pair",
  low: "Manque",
  high: "Passe",
};
const DOZENS = ["1st dozen", "2nd dozen", "3rd dozen"];

/** "Split 17 and 20", "2nd dozen", "Red". */
export function nameOf({ kind, spot, pockets }: LegalBet): string {
  const last = pockets.at(-1) ?? "";
  const list = pockets.length > 1 ? `${pockets.slice(0, -1).join(", ")} and ${last}` : last;
  switch (kind) {
    case "straight":
      return `Number ${list}`;
    case "split":
      return `Split ${list}`;
    case "street":
      return `Street ${pockets[0]} to ${last}`;
    case "trio":
      return `Trio ${list}`;
    case "corner":
      return `Corner ${list}`;
    case "first-four":
      return "First four, 0 to 3";
    case "five":
      return "Five numbers, 0, 00 and 1 to 3";
    case "line":
      return `Six line ${pockets[0]} to ${last}`;
    case "dozen":
      return DOZENS[Number(spot.slice(6)) - 1] ?? spot;
    case "column":
      return `Column ${spot.slice(7)}`;
    case "even-chance":
      return NAMES[spot] ?? spot;
    default:
      kind satisfies never;
      return spot;
  }
}

/** The text printed on a box. */
export function printOf(bet: LegalBet, wheel: Wheel): string {
  switch (bet.kind) {
    case "dozen":
      return ["1st 12", "2nd 12", "3rd 12"][Number(bet.spot.slice(6)) - 1] ?? bet.spot;
    case "column":
      return "2 to 1";
    case "even-chance":
      if (wheel === "french") return FRENCH[bet.spot] ?? bet.spot;
      return { low: "1\u201318", high: "19\u201336" }[bet.spot] ?? NAMES[bet.spot] ?? bet.spot;
    default:
      return bet.pockets.join();
  }
}

/** "17 to 1". */
export function oddsOf(bet: LegalBet, wheel: Wheel): string {
  return `${factorOf(wheel, bet, bet.pockets[0] ?? "") - 1} to 1`;
}

/** "split 17 and 20, pays 17 to 1, your 50, others 300". */
export function labelOf(bet: LegalBet, wheel: Wheel, mine: number, others: number): string {
  const parts = [nameOf(bet), `pays ${oddsOf(bet, wheel)}`];
  if (mine > 0) parts.push(`your ${amount(mine)}`);
  if (others > 0) parts.push(`others ${amount(others)}`);
  return parts.join(", ");
}
