import { queryOptions } from "@tanstack/react-query";
import * as z from "zod/mini";
import type { BetReturn } from "../../../rooms/game.ts";
import { ask } from "../../api/client.ts";
import { readOption, type Option } from "./option.ts";

/** Options of each game's rooms, as described by the server. The form contains no knowledge of single games. */

const property = z.object({
  title: z.string(),
  description: z.string(),
  type: z.string(),
  default: z.unknown(),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
  enum: z.optional(z.array(z.string())),
  deprecated: z.optional(z.literal(true)),
  "x-advanced": z.boolean(),
});
export type Property = z.infer<typeof property>;

const bets = z.array(z.object({ bet: z.string(), title: z.string(), rtpBps: z.number() }));
const returns = z.array(z.object({ config: z.record(z.string(), z.unknown()), rtp: z.object({ bets }) }));

const answer = z.object({
  games: z.array(
    z.object({
      game: z.string(),
      title: z.string(),
      house: z.boolean(),
      config: z.object({ properties: z.record(z.string(), property) }),
      returns,
    }),
  ),
});

/** A game whose rooms players may make, with its options in order. */
export type Makeable = {
  readonly game: string;
  readonly title: string;
  readonly options: readonly Option[];
  /** Return to player of the bets, by the options that affect it. */
  readonly returns: readonly {
    readonly config: Readonly<Record<string, unknown>>;
    readonly bets: readonly BetReturn[];
  }[];
};

export const gamesQuery = queryOptions({
  queryKey: ["games"],
  queryFn: async ({ signal }): Promise<readonly Makeable[]> => {
    const { games } = await ask("GET /api/games", answer, { signal });
    return games
      .filter(({ house }) => !house)
      .map(({ game, title, config, returns }) => ({
        game,
        title,
        options: Object.entries(config.properties)
          .filter(([, { deprecated }]) => deprecated !== true)
          .map(([name, one]) => readOption(name, one))
          .filter((option) => option !== null),
        returns: returns.map(({ config, rtp }) => ({
          config,
          bets: rtp.bets.map(({ bet, title, rtpBps }) => ({ bet, title, returned: rtpBps, staked: 10_000 })),
        })),
      }));
  },
  staleTime: Number.POSITIVE_INFINITY,
});
