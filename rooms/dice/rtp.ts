import type { Rtp } from "../game.ts";

/** The same for every target, except for rounding down to whole chips. [D2] */
export function rtp(): Rtp {
  return { kind: "edge", bets: [{ bet: "any", title: "Any target", returned: 99, staked: 100 }] };
}
