import type { PlayerId } from "../../../rooms/game.ts";
import { identifyIfAny } from "../auth/identify.ts";
import type { Ctx, Me } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { BOARDS, PERIODS, readModelOf, spanOf, type Board } from "../../stats/index.ts";
import { shownPlayer } from "../../stats/persona.ts";
import { period } from "./players.ts";
import { after, fresh, fromModel, isBehind, OF_AWAITED } from "./projected.ts";
import { amount, createRoute, json, pageLimit, router, z } from "./schemas.ts";

/** Routes under /api/leaderboards. A player who hides appears on no board but their own. */

const boardRoute = createRoute({
  method: "get",
  path: "/{board}",
  operationId: "getLeaderboard",
  tags: ["leaderboards"],
  summary: "One board, best first",
  description:
    "Only the house's own tables count, `<game>:main`, and no table that a player made. Guests are on no board unless the house allows it. `balance`: grants and awards, with what was won less what was lost. `profit`: returned less staked. `wagered`: staked. `biggest-win`: the highest profit of one round. A day's or a week's board counts its rounds; for `balance` it has the players who played in it, by what they have now.",
  caller: "visitor",
  request: {
    params: z.object({
      board: z.string().openapi({ param: { name: "board", in: "path" }, enum: [...BOARDS], example: "profit" }),
    }),
    query: z.object({
      period,
      limit: pageLimit(20, 100),
      around: z
        .string()
        .max(64)
        .optional()
        .openapi({ description: "The lines around this player: an id, or `me`.", example: "me" }),
      after,
    }),
  },
  refuses: ["unknown_board", "unknown_player", ...OF_AWAITED, "model_unavailable"],
  responses: {
    200: json(
      "Equal values have equal ranks, and the ranks after them are left out: 1, 2, 2, 4",
      z
        .object({
          board: z.enum(BOARDS),
          period: z.enum(PERIODS),
          span: z.string().openapi({ description: "`all`, a day, or an ISO week.", example: "2026-W48" }),
          lines: z.array(
            z.object({
              rank: z.int().openapi({ example: 1 }),
              player: z.object({
                id: z.string().openapi({ example: "7k2m9qx4c0v8h1ztr3fw" }),
                name: z.string().openapi({ example: "heron" }),
              }),
              value: amount,
            }),
          ),
          players: z
            .int()
            .openapi({ description: "How many players are on it, without those who hide.", example: 318 }),
          ...fresh,
        })
        .openapi("Leaderboard"),
    ),
  },
});

const isBoard = (name: string): name is Board => BOARDS.some((board) => board === name);

/** The player to show in the middle of the board. Refused `unknown_player` when others may not see that player. */
async function middleOf(c: Ctx, around: string | undefined, me: Me | null): Promise<PlayerId | null> {
  if (around === undefined) return null;
  if (around === "me" && me === null) throw new Refused("unauthenticated");
  if (me !== null && (around === "me" || around === me.profile.id)) return me.profile.id;
  const shown = await shownPlayer(c.env, around);
  if (shown === null) throw new Refused("unknown_player");
  return shown.id;
}

export const leaderboards = router().openapi(boardRoute, async (c) => {
  const { board } = c.req.valid("param");
  if (!isBoard(board)) throw new Refused("unknown_board");
  const query = c.req.valid("query");
  const me = await identifyIfAny(c);
  const middle = await middleOf(c, query.around, me);
  const model = readModelOf(c.env);
  const behind = me !== null && (await fromModel(c, isBehind(c, model, me.profile.id, query.after)));
  const now = Date.now();
  const [page, lag] = await fromModel(
    c,
    Promise.all([model.board(board, query.period, query.limit, middle, now), model.freshness()]),
  );
  const lines = page.lines.map(({ rank, player, name, value }) => ({ rank, player: { id: player, name }, value }));
  const span = spanOf(query.period, now);
  return c.json({ board, period: query.period, span, lines, players: page.players, lag, behind }, 200);
});
