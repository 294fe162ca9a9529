import type { Rtp } from "../game.ts";
import { RETURN } from "./bust.ts";

/** The same at any target, and for a cash-out by hand: P(bust >= x) is 0.99 / x. [C3] */
export function rtp(): Rtp {
  return { kind: "edge", bets: [{ bet: "any", title: "Any target", ...RETURN }] };
}
