import { targetOf } from "../../rooms/crash/target.ts";
import type { Config, X100 } from "../../rooms/crash/types.ts";
import { amount as words } from "../ui/format.ts";
import { readNumber } from "../ui/number.ts";

/** Parses what players type into the fields. Pure. */

export type Read<T> = { readonly value: T; readonly fault: null } | { readonly value: null; readonly fault: string };

type Limits = Pick<Config, "minStake" | "maxStake">;

/** A whole number of chips within the room's limits. */
export function readAmount(text: string, { minStake, maxStake }: Limits): Read<number> {
  const { value, fault } = readNumber(text, { whole: true });
  if (value === null) return { value, fault };
  if (value < minStake) return { value: null, fault: `The least bet here is ${words(minStake)}.` };
  if (value > maxStake) return { value: null, fault: `The highest bet here is ${words(maxStake)}.` };
  return { value, fault: null };
}

/** A multiplier such as 2, 2.5 or 2.35x. Empty: no target. */
export function readTarget(text: string, config: Pick<Config, "maxX100">): Read<X100 | null> {
  const plain = text.trim().replace(/\s*[x\u00d7]$/i, "");
  if (plain === "") return { value: null, fault: null };
  const { value, fault } = readNumber(plain);
  if (value === null) return { value, fault };
  const target = targetOf(config, value);
  if (typeof target === "number") return { value: target, fault: null };
  switch (target.refused) {
    case "target_too_low":
      return { value: null, fault: "At least 1.01\u00d7." };
    case "target_not_hundredths":
      return { value: null, fault: "At most two decimals." };
    case "target_too_high":
      return { value: null, fault: `At most ${words(config.maxX100 / 100)}\u00d7.` };
    default:
      return { value: null, fault: "A number, such as 2.35." };
  }
}

/** The text of the field for a target. */
export function targetText(x100: X100 | null): string {
  return x100 === null ? "" : (x100 / 100).toFixed(2);
}

const LADDER = [1, 2, 5];

/** The next round amount up or down: 10, 20, 50, 100, 200 ..., within the limits. */
export function stepAmount(amount: number, by: 1 | -1, { minStake, maxStake }: Limits): number {
  const rungs: number[] = [];
  for (let ten = 1; ten <= maxStake; ten *= 10) rungs.push(...LADDER.map((one) => one * ten));
  const next = by === 1 ? rungs.find((rung) => rung > amount) : rungs.findLast((rung) => rung < amount);
  return Math.min(maxStake, Math.max(minStake, next ?? amount));
}
