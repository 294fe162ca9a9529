import type { Outcome } from "../../../rooms/lottery/check.ts";
import { counted, shareWords } from "../words.ts";
import { amount } from "../../ui/format.ts";

/** Describes a finished draw in words, from its record. Pure. */

/** For the head of the page: "14 tickets of 5 players, 24,000 staked". */
export function gathered({ tickets, stakes }: Outcome): string {
  const players = new Set(tickets.map(({ player }) => player)).size;
  return `${counted(tickets.length, "ticket")} of ${counted(players, "player")}, ${amount(stakes)} staked`;
}

/** The full description. `who` returns "You" or the winner's name. */
export function account(outcome: Outcome, who: (player: string) => string): string {
  const { rules, tickets, weight, prize, number, ticket, award, stakes } = outcome;
  if (outcome.void !== null) return `The draw is void: ${outcome.void} Its tickets went on to the next one.`;
  if (award === null || number === null || ticket === null) return "Nothing was given.";
  const winner = who(award.player);
  const weighed = rules.weighting === "flat" ? "They weighed the same" : "Each weighed what was staked";
  const own = tickets[ticket]?.weight ?? 0;
  return [
    `${counted(tickets.length, "ticket")} had gathered, with ${amount(stakes)} staked.`,
    `${weighed}, up to ${amount(rules.capPerPlayer)} a player: ${amount(weight)} numbers in all.`,
    `${shareWords(rules.prizeShare)} of the stakes made the prize of ${amount(prize)}.`,
    `The number ${amount(number)} came, one of the ${amount(own)} in ticket ${amount(ticket)};`,
    `${winner === "You" ? "it was yours, and so is the prize" : `it was held by ${winner}, who has the prize`}.`,
  ].join(" ");
}

/** A ticket's range of numbers: "500 to 999", counted from 0. */
export function numbersOf(start: number, weight: number): string {
  if (weight === 0) return "none";
  return weight === 1 ? amount(start) : `${amount(start)} to ${amount(start + weight - 1)}`;
}
