import { potsOf } from "./pots.ts";
import type { Stake } from "./street.ts";
import type { Config } from "./types.ts";

export type Rake = Pick<Config, "rakeX10000" | "rakeCap">;

/**
 * The rake of each pot, main pot first, up to the cap for the hand; none when no flop was seen. It is taken before the pot is
 * split, so all who share a pot bear it alike. [P16]
 */
export function rakeOf({ rakeX10000, rakeCap }: Rake, flopSeen: boolean, stakes: readonly Stake[]): readonly number[] {
  if (rakeX10000 === 0 || rakeCap === 0 || !flopSeen) return [];
  let left = rakeCap;
  return potsOf(stakes).map((pot) => {
    const part = Math.min(left, Math.floor((pot.chips * rakeX10000) / 10_000));
    left -= part;
    return part;
  });
}
