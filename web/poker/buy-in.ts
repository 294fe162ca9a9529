import type { Config, Seat, View } from "../../rooms/poker/types.ts";
import { isReady } from "./standing.ts";

/** Buy-ins, and seats for bots. Pure. */

export type Range = { readonly least: number; readonly most: number };

/** A player who left recently must bring at least the stack they left with, even above the usual maximum. (P13) */
export function rangeOf(
  {
    minBuyInBigBlinds,
    maxBuyInBigBlinds,
    bigBlind,
  }: Pick<Config, "minBuyInBigBlinds" | "maxBuyInBigBlinds" | "bigBlind">,
  rejoin: Seat["rejoin"],
  now: number,
): Range {
  const back = rejoin !== null && now < rejoin.until ? rejoin.stack : 0;
  return { least: Math.max(minBuyInBigBlinds * bigBlind, back), most: Math.max(maxBuyInBigBlinds * bigBlind, back) };
}

/** The most, if it is at most half the balance; else half the balance in whole big blinds. Null: not enough to sit down. */
export function usualBuyIn({ least, most }: Range, balance: number | null, bigBlind: number): number | null {
  if (balance === null) return most;
  if (balance < least) return null;
  const half = Math.floor(balance / 2 / bigBlind) * bigBlind;
  return Math.max(least, Math.min(most, half));
}

/** Seats for bots, so that a lone visitor has a game: two bots, or as many as the table needs, spread around. */
export function botSeats(view: View, own: number): readonly number[] {
  const { seats, config, house } = view;
  if (house === null) return [];
  const others = seats.filter((seat, i) => i !== own && isReady(seat)).length;
  const wanted = others > 0 && others + 1 >= config.minPlayers ? 0 : Math.max(3, config.minPlayers) - 1 - others;
  const bots = seats.filter((seat) => seat?.bot === true).length;
  const count = Math.min(wanted, config.maxBots - bots);
  const chosen: number[] = [];
  for (let n = 1; n <= count; n++) {
    const from = own + Math.round((n * seats.length) / (count + 1));
    const seat = Array.from({ length: seats.length }, (_, i) => (from + i) % seats.length).find(
      (one) => one !== own && seats[one] === null && !chosen.includes(one),
    );
    if (seat !== undefined) chosen.push(seat);
  }
  return chosen;
}
