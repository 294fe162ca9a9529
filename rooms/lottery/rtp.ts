import type { Rtp } from "../game.ts";
import type { Config } from "./types.ts";

/** A ticket costs nothing: it is made of what was staked at the tables, and the prize is a share of that. [L2] */
export function rtp({ prizeShare }: Pick<Config, "prizeShare">): Rtp {
  return { kind: "prize", bps: prizeShare };
}
