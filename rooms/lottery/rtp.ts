import type { Rtp } from "../game.ts";
import type { Config } from "./types.ts";

/** A ticket costs nothing: it is made from a stake at a table, and the prize is a share of those stakes. [L2] */
export function rtp({ prizeShare }: Pick<Config, "prizeShare">): Rtp {
  return { kind: "prize", bps: prizeShare };
}
