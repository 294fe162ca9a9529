import type { Refusal } from "../game.ts";
import type { Config, X100 } from "./types.ts";

/** Reads multipliers as people write them into hundredths. Each fault has its own code. */

/** Hundredths of a decimal such as 2.35; null when it has more than two places. Exact: 235 / 100 is the same double as 2.35. */
export function hundredths(value: number): X100 | null {
  const x100 = Math.round(value * 100);
  return x100 / 100 === value ? x100 : null;
}

/** An automatic cash-out's target. */
export function targetOf(config: Pick<Config, "maxX100">, value: number | null): X100 | Refusal {
  if (value === null || !Number.isFinite(value)) {
    return { refused: "target_not_a_number", message: "The target is a number, such as 2.35." };
  }
  if (value <= 1) return { refused: "target_too_low", message: "The least target is 1.01." };
  if (value > config.maxX100 / 100) {
    return { refused: "target_too_high", message: `The highest target here is ${config.maxX100 / 100}.` };
  }
  return hundredths(value) ?? { refused: "target_not_hundredths", message: "A target has at most two decimals." };
}

const FACTOR_MAX = 100;

/** The factor that a strategy multiplies its bet by; null: return to the first amount. */
export function factorOf(value: number | undefined): X100 | null | Refusal {
  if (value === undefined) return null;
  const x100 = Number.isFinite(value) ? hundredths(value) : null;
  if (x100 === null || x100 < 1 || value > FACTOR_MAX) {
    return {
      refused: "invalid_factor",
      message: `A factor is between 0.01 and ${FACTOR_MAX}, with at most two decimals.`,
    };
  }
  return x100;
}
