import type { PlayerId } from "../../../rooms/game.ts";
import type { Ctx } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { logOf } from "../../log.ts";
import type { ReadModel } from "../../stats/index.ts";
import { instant, z } from "./schemas.ts";

/**
 * How fresh an answer of the read side is. What is settled gets there by queue, so it can be a moment behind; who has just won says of
 * which round they know (`after`), and the answer waits for it.
 */

const PAUSES_MS = [20, 40, 80, 160, 250] as const;

export const after = z
  .string()
  .max(120)
  .transform((text, context) => {
    const [, room, n] = /^([a-z]{1,40}:[A-Za-z0-9_-]{1,80})\/(\d{1,15})$/.exec(text) ?? [];
    const round = Number(n);
    if (room !== undefined && round >= 1) return { room, round };
    context.addIssue("`<game>:<id>/<round>`");
    return z.NEVER;
  })
  .optional()
  .openapi({
    type: "string",
    description:
      "`<game>:<id>/<round>`: a round the player was in. Waits, 3 s at most, until it is counted; `behind` says that it was not by then.",
    example: "roulette:main/42",
  });

export const fresh = {
  lag: z
    .object({
      projectedAt: instant.nullable().openapi({ description: "When something was last counted; null: never." }),
      lagMs: z.int().openapi({ description: "How old the oldest of that was by then.", example: 180 }),
    })
    .openapi("Lag"),
  behind: z
    .boolean()
    .openapi({ description: "The round of `after` is not counted yet: ask again in a moment.", example: false }),
};

/** What the read model answers, or the refusal `model_unavailable`; why is in the log alone. */
export async function fromModel<T>(c: Ctx, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    logOf(c.env).error("read model", { requestId: c.get("requestId"), path: c.req.path, error });
    throw new Refused("model_unavailable");
  }
}

/** Waits for the round, if one is named. True: it was not there in time. */
export async function isBehind(
  c: Ctx,
  model: Pick<ReadModel, "has">,
  player: PlayerId,
  awaited: { readonly room: string; readonly round: number } | undefined,
): Promise<boolean> {
  if (awaited === undefined) return false;
  const most = c.get("settings").READ_WAIT_MS;
  for (let waited = 0, i = 0; ; i += 1) {
    if (await model.has(player, awaited.room, awaited.round)) return false;
    if (waited >= most) return true;
    const pause = PAUSES_MS[Math.min(i, PAUSES_MS.length - 1)] ?? 0;
    await new Promise((resolve) => setTimeout(resolve, pause));
    waited += pause;
  }
}
