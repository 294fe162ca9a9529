import type { Rtp } from "../../../rooms/game.ts";
import { reduced, rtpBps } from "../../../rooms/kit/rtp.ts";
import { z } from "./schemas.ts";

/** Return to player (RTP) and house edge as the API states them, taken from the game's rules. */

const bps = (description: string) => z.int().openapi({ description });

export const rtp = z
  .object({
    bets: z
      .array(
        z.object({
          bet: z.string().openapi({ example: "straight", description: "`any`: whatever the bet." }),
          title: z.string().openapi({ example: "Straight" }),
          rtp: z.string().openapi({ example: "36/37", description: "Exactly: what comes back of each chip staked." }),
          rtpBps: bps("The same in basis points (parts of 10,000), to the nearest.").openapi({ example: 9_730 }),
          houseEdgeBps: bps("The rest: what the house keeps, in expectation.").openapi({ example: 270 }),
        }),
      )
      .openapi({ description: "By kind of bet. Empty where nobody bets against the house." }),
    rake: z
      .object({ bps: bps("Of each pot."), cap: z.int().openapi({ description: "Chips of a hand, at most." }) })
      .nullable()
      .openapi({ description: "Where players play against each other: what the house takes in place of an edge." }),
    prizeBps: z
      .int()
      .nullable()
      .openapi({ description: "Of a lottery: the part of the stakes behind its tickets that is its prize." }),
  })
  .openapi("Rtp");

export function rtpAnswer(of: Rtp): z.input<typeof rtp> {
  const bets = of.kind === "edge" ? of.bets : [];
  return {
    bets: bets.map(({ bet, title, ...fraction }) => {
      const { returned, staked } = reduced(fraction);
      const back = rtpBps(fraction);
      return { bet, title, rtp: `${returned}/${staked}`, rtpBps: back, houseEdgeBps: 10_000 - back };
    }),
    rake: of.kind === "rake" ? { bps: of.bps, cap: of.cap } : null,
    prizeBps: of.kind === "prize" ? of.bps : null,
  };
}
