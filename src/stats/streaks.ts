import type { Streaks } from "./model.ts";

/** A round's outcome for the player: won, lost or even. */
export type Outcome = "W" | "L" | "E";

/** The streaks of rounds in order, oldest first. An even round neither extends nor ends a streak. */
export function streaksOf(outcomes: Iterable<string>): Streaks {
  let current = 0;
  let longestWon = 0;
  let longestLost = 0;
  for (const outcome of outcomes) {
    if (outcome === "W") current = Math.max(current, 0) + 1;
    else if (outcome === "L") current = Math.min(current, 0) - 1;
    longestWon = Math.max(longestWon, current);
    longestLost = Math.max(longestLost, -current);
  }
  return { current, longestWon, longestLost };
}
