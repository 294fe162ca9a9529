import type { Bet, Seat } from "../../rooms/crash/types.ts";
import type { Pending } from "../live/pending.ts";
import type { CrashCommand } from "./commands.ts";

/** Chips in play: bets in the flight or queued, and those of bets and cancellations without an answer yet. */
export function stakesOf(
  { bets, queued }: Seat,
  pending: readonly Pending<CrashCommand>[],
): { staked: number; pending: number } {
  const held = [...bets.filter(({ out }) => out === null), ...queued];
  const underWay = pending.map(({ command }) => {
    if (command.type === "bet") return command.amount;
    return command.type === "cancel" ? -sum(held.filter(({ id }) => id === command.bet)) : 0;
  });
  return { staked: sum(held), pending: underWay.reduce((all, one) => all + one, 0) };
}

function sum(bets: readonly Pick<Bet, "amount">[]): number {
  return bets.reduce((all, { amount }) => all + amount, 0);
}
