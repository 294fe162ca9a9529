import * as z from "zod/mini";
import type { Ms } from "../game.ts";
import { configs } from "../kit/config.ts";
import { bet, roll, type Roll } from "./rolls.ts";

const limit = z.int().check(z.positive(), z.maximum(1_000_000_000));
export const { config, stored } = configs(
  {
    minStake: z._default(limit, 1),
    maxStake: z._default(limit, 10_000),
    maxProfit: z._default(limit, 1_000_000),
    rolls: z._default(z.int().check(z.positive(), z.maximum(500)), 100),
    seedMs: z._default(z.int().check(z.minimum(1_000), z.maximum(600_000)), 60_000),
  },
  [["minStake", "minStake is more than maxStake: no bet is possible", (c) => c.minStake <= c.maxStake]],
);
export type Config = z.infer<typeof config>;

export const command = z.discriminatedUnion("type", [z.strictObject({ type: z.literal("roll"), ...bet })]);
export type Command = z.infer<typeof command>;

export const event = z.discriminatedUnion("type", [
  z.object({ type: z.literal("rolled"), roll, at: z.custom<Ms>((value) => Number.isSafeInteger(value)) }),
  z.object({ type: z.literal("voided"), reason: z.string() }),
  z.object({ type: z.literal("rotated") }),
]);
export type Event = z.infer<typeof event>;

/** `rolls`: under the open round's seed; `past`: under the one before. `until`: when the round ends; null: no roll yet. */
export type State = {
  readonly config: Config;
  readonly round: number;
  readonly rolls: readonly Roll[];
  readonly past: readonly Roll[];
  readonly until: Ms | null;
};
