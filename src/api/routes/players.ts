import { games } from "../../../rooms/games.ts";
import { identifyIfAny } from "../auth/identify.ts";
import type { Ctx } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { PERIODS, readModelOf } from "../../stats/index.ts";
import { shownPlayer, type Shown } from "../../stats/persona.ts";
import { after, fresh, fromModel, isBehind, OF_AWAITED } from "./projected.ts";
import { amount, createRoute, json, router, z } from "./schemas.ts";

/** Routes under /api/players: a player's totals. Everybody may see them, unless the player hides. */

export const playerParams = z.object({
  id: z.string().openapi({
    param: { name: "id", in: "path" },
    description: "A player's id, or `me`.",
    example: "me",
  }),
});

export const period = z
  .enum(PERIODS)
  .default("all")
  .openapi({ description: "Today, this week (from Monday) or all time, UTC.", example: "week" });

export const gameFilter = z
  .enum([...games.keys()])
  .optional()
  .openapi({ description: "Of this game only.", example: "roulette" });

export const totals = {
  rounds: z.int().openapi({ description: "Rounds and hands.", example: 120 }),
  wagered: amount,
  returned: amount,
  won: z.int().openapi({ description: "Rounds that returned more than was staked.", example: 52 }),
  biggestWin: amount.openapi({ description: "The highest profit of one round; 0: none was won." }),
};

const statsRoute = createRoute({
  method: "get",
  path: "/{id}/stats",
  operationId: "getPlayerStats",
  tags: ["players"],
  summary: "A player's sums and streaks",
  description: "For others, a player who hides looks like one who does not exist.",
  caller: "visitor",
  request: { params: playerParams, query: z.object({ period, game: gameFilter, after }) },
  refuses: ["unknown_player", ...OF_AWAITED, "model_unavailable"],
  responses: {
    200: json(
      "Counted from the settled rounds",
      z
        .object({
          player: z.object({
            id: z.string().openapi({ example: "7k2m9qx4c0v8h1ztr3fw" }),
            name: z.string().openapi({ example: "heron" }),
          }),
          period: z.enum(PERIODS),
          total: z.object(totals),
          games: z
            .record(z.string(), z.object(totals))
            .openapi({ description: "By game; those with a round in the period.", example: {} }),
          streaks: z.object({
            current: z.int().openapi({ description: "Positive: won in a row up to now; negative: lost.", example: 3 }),
            longestWon: z.int().openapi({ example: 7 }),
            longestLost: z.int().openapi({ example: 9 }),
          }),
          ...fresh,
        })
        .openapi("Stats"),
    ),
  },
});

const NAMES_MAX = 20;

const namesRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "listNames",
  tags: ["players"],
  summary: "What players are called",
  description: "Players who hide are left out, like ids that do not exist.",
  request: {
    query: z.object({
      ids: z
        .string()
        .max(NAMES_MAX * 21)
        .openapi({ description: `Up to ${NAMES_MAX} ids, with commas between.`, example: "7k2m9qx4c0v8h1ztr3fw" }),
    }),
  },
  responses: {
    200: json(
      "Those that others may know of",
      z
        .object({ players: z.array(z.object({ id: z.string(), name: z.string().openapi({ example: "heron" }) })) })
        .openapi("Names"),
    ),
  },
});

/** The player whose totals are asked for. Refused `unknown_player` when others may not see that player. */
async function playerOf(c: Ctx, id: string): Promise<Shown> {
  const me = (await identifyIfAny(c))?.profile;
  if (id === "me" && me === undefined) throw new Refused("unauthenticated");
  if (me !== undefined && (id === "me" || id === me.id)) return { id: me.id, name: me.name };
  const shown = await shownPlayer(c.env, id);
  if (shown === null) throw new Refused("unknown_player");
  return shown;
}

export const players = router()
  .openapi(namesRoute, async (c) => {
    const ids = [...new Set(c.req.valid("query").ids.split(","))].slice(0, NAMES_MAX);
    const shown = await Promise.all(ids.map((id) => shownPlayer(c.env, id)));
    return c.json({ players: shown.filter((one) => one !== null) }, 200);
  })
  .openapi(statsRoute, async (c) => {
    const query = c.req.valid("query");
    const player = await playerOf(c, c.req.valid("param").id);
    const model = readModelOf(c.env);
    const behind = await fromModel(c, isBehind(c, model, player.id, query.after));
    const [stats, lag] = await fromModel(
      c,
      Promise.all([model.stats(player.id, query.period, query.game ?? null, Date.now()), model.freshness()]),
    );
    return c.json({ player, period: query.period, ...stats, lag, behind }, 200);
  });
