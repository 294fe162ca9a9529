import type { Rtp } from "../game.ts";

/** The same whatever the target, but for what does not make a whole chip. [D2] */
export function rtp(): Rtp {
  return { kind: "edge", bets: [{ bet: "any", title: "Any target", returned: 99, staked: 100 }] };
}
