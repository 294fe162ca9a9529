import type { BetReturn, Rtp } from "../../rooms/game.ts";
import { rtpBps } from "../../rooms/kit/rtp.ts";
import { amount } from "./format.ts";

/** Return to player in words. Pure. */

export const percent = (bps: number): string => `${(bps / 100).toFixed(2)} %`;

const both = (bps: number): string => `${percent(bps)} (house edge ${percent(10_000 - bps)})`;

/** "Return to player: 97.30 % (house edge 2.70 %); even chance 98.65 % (house edge 1.35 %)." */
export function rtpWords(rtp: Rtp): string {
  switch (rtp.kind) {
    case "edge":
      return edgeWords(rtp.bets);
    case "rake": {
      const none = rtp.bps === 0 || rtp.cap === 0;
      const rake = none ? "takes no rake" : `takes ${percent(rtp.bps)} of each pot as rake, at most ${amount(rtp.cap)}`;
      return `Players play against each other: there is no house edge. The house ${rake}.`;
    }
    case "prize":
      return `Tickets cost nothing: they are made of what is staked at the tables. ${percent(rtp.bps)} of that is the prize.`;
    default:
      rtp satisfies never;
      return "";
  }
}

/** The value of most bets first, then the exceptions. */
function edgeWords(bets: readonly BetReturn[]): string {
  const kinds = new Map<number, string[]>();
  for (const bet of bets) kinds.set(rtpBps(bet), [...(kinds.get(rtpBps(bet)) ?? []), bet.title.toLowerCase()]);
  const [most, ...others] = [...kinds].toSorted(([, a], [, b]) => b.length - a.length);
  if (most === undefined) return "";
  const rest = others.map(([bps, titles]) => `; ${titles.join(", ")} ${both(bps)}`);
  return `Return to player (RTP): ${both(most[0])}${rest.join("")}.`;
}
