import type { Command } from "../../rooms/roulette/types.ts";
import { amount } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";

export const ROUNDS_MAX = 1_000;
const STOP_MAX = 1_000_000_000;

/** What auto-repeat will do, shown before it starts. `bets`: the sum to repeat. */
export function autoWords(bets: number): string {
  return bets > 0
    ? `Your bets of ${amount(bets)} are placed again each round, until a limit you set here. It goes on when this page is closed.`
    : "Place a bet first: then it can be repeated for you.";
}

/** Parses the form into a command, or returns an error message. Pure. */
export function readAuto(field: (name: string) => string): Extract<Command, { type: "autoRepeat" }> | string {
  const rounds = readNumber(field("rounds"), { whole: true });
  if (rounds.value === null) return `Rounds: ${rounds.fault}`;
  if (rounds.value < 1 || rounds.value > ROUNDS_MAX) return `Rounds: from 1 to ${amount(ROUNDS_MAX)}.`;
  const stops: { stopLoss?: number; stopWin?: number } = {};
  for (const [name, words] of [
    ["stopLoss", "Lose no more than"],
    ["stopWin", "Stop when I have won"],
  ] as const) {
    if (field(name).trim() === "") continue;
    const { value, fault } = readNumber(field(name), { whole: true });
    if (value === null) return `${words}: ${fault}`;
    if (value < 1 || value > STOP_MAX) return `${words}: from 1 to ${amount(STOP_MAX)}, or nothing.`;
    stops[name] = value;
  }
  return { type: "autoRepeat", rounds: rounds.value, ...stops };
}
