import type { Streaks } from "./model.ts";

/** How a round came out for its player: won, lost, even. */
export type Outcome = "W" | "L" | "E";

/** Of rounds in their order, oldest first. One that came out even neither lengthens nor breaks. */
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
