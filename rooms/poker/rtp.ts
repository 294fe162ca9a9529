import type { Rtp } from "../game.ts";
import type { Config } from "./types.ts";

/** Players play against each other; the house takes a part of the pots, or nothing. [P16] */
export function rtp({ rakeX10000, rakeCap }: Pick<Config, "rakeX10000" | "rakeCap">): Rtp {
  return { kind: "rake", bps: rakeX10000, cap: rakeCap };
}
