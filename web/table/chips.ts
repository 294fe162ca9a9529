import { amount } from "../ui/format.ts";

/** The range that a table accepts in one bet at the moment. */
export type Takes = { readonly least: number; readonly most: number };

/** Why a bet of one such chip would be refused; null if it would not. Pure. */
export function chipFault(value: number, { least, most }: Takes, balance: number | null): string | null {
  if (value < least) return `The least bet here is ${amount(least)}.`;
  if (value > most)
    return most < least ? "No more can be bet in this round." : `At most ${amount(most)} can be bet here.`;
  return balance !== null && value > balance ? `That is more than your balance, ${amount(balance)}.` : null;
}
