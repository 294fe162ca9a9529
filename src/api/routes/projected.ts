import type { PlayerId } from "../../../rooms/game.ts";
import type { Ctx } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { logOf } from "../../log.ts";
import type { ReadModel } from "../../stats/index.ts";
import { openRoom } from "../../objects/stubs.ts";
import { findRoom } from "./find.ts";
import { instant, z } from "./schemas.ts";

/**
 * Freshness of answers from the read model. Settled rounds reach it by queue, so it may lag behind. A client that has just
 * finished a round names it (`after`), and the answer waits until that round has been projected.
 */

const PAUSES_MS = [20, 40, 80, 160, 250] as const;
/** After this many pauses the room is asked whether the round will come at all. Usually it has arrived by then. */
const PATIENT_PAUSES = 3;
/** Rounds after the last finished one that may be awaited: the open one and, in crash, the one that bets are queued for. */
const ROUNDS_AHEAD = 2;

type Awaited = { readonly room: string; readonly round: number };

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
      "`<game>:<id>/<round>`: a round the player was in. Waits, 3 s at most, until it is counted; `behind` says that it was not by then. A void round is never counted, and not waited for; a room or a round that there is not is a 404.",
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

/** The read model's answer. Any failure becomes `model_unavailable`; its cause is only logged. */
export async function fromModel<T>(c: Ctx, asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Refused) throw error;
    logOf(c.env).error("read model", { requestId: c.get("requestId"), path: c.req.path, error });
    throw new Refused("model_unavailable");
  }
}

/** Further refusals of a call that takes `after`. */
export const OF_AWAITED = ["unknown_room", "unknown_round"] as const;

/** Waits for the named round, if any. True: it was not projected in time. Refused `unknown_room` or `unknown_round`. */
export async function isBehind(
  c: Ctx,
  model: Pick<ReadModel, "has">,
  player: PlayerId,
  awaited: Awaited | undefined,
): Promise<boolean> {
  if (awaited === undefined) return false;
  const most = c.get("settings").READ_WAIT_MS;
  for (let waited = 0, i = 0; ; i += 1) {
    if (await model.has(player, awaited.room, awaited.round)) return false;
    if (i === PATIENT_PAUSES && !(await isToCome(c, player, awaited))) return false;
    if (waited >= most) return i > PATIENT_PAUSES || (await isToCome(c, player, awaited));
    const pause = PAUSES_MS[Math.min(i, PAUSES_MS.length - 1)] ?? 0;
    await new Promise((resolve) => setTimeout(resolve, pause));
    waited += pause;
  }
}

/** False: the round is void, and void rounds are not projected. Refused `unknown_room` or `unknown_round`: it never comes. */
async function isToCome(c: Ctx, player: PlayerId, { room: name, round }: Awaited): Promise<boolean> {
  const [game = "", id = ""] = name.split(":");
  const { listing } = await findRoom(c.env, { game, id }, player);
  const room = await openRoom(c.env, listing);
  const record = await room.readRound(round, player);
  if (record !== null) return !record.void;
  const [newest] = (await room.listRounds(null, 1, player)).rounds;
  const over = newest?.round ?? 0;
  if (round <= over || round > over + ROUNDS_AHEAD) throw new Refused("unknown_round");
  return true;
}
