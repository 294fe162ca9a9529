import type { PlayerId } from "../../../rooms/game.ts";
import type { Ctx } from "../http/context.ts";
import { csvHeaders, csvStream, type Cell } from "../http/csv.ts";
import { Refused } from "../http/refusals.ts";
import { readModelOf, type Place, type ReadModel, type Result } from "../../stats/index.ts";
import { cursorOf, placeCursor } from "./cursor.ts";
import { gameFilter, playerParams, totals } from "./players.ts";
import { after, fresh, fromModel, isBehind, OF_AWAITED } from "./projected.ts";
import { amount, createRoute, instant, json, pageLimit, router, z } from "./schemas.ts";

/** Routes under /api/players for a player's own days and bets. For any other id they are refused, whether it exists or not. */

const tags = ["players"];

const daysRoute = createRoute({
  method: "get",
  path: "/{id}/days",
  operationId: "listPlayerDays",
  tags,
  summary: "My last days, oldest first",
  caller: "player",
  request: {
    params: playerParams,
    query: z.object({ days: pageLimit(30, 366, "How many days back, today included"), after }),
  },
  refuses: ["not_yours", ...OF_AWAITED, "model_unavailable"],
  responses: {
    200: json(
      "From my first day on, up to today; days without rounds too",
      z.object({
        days: z.array(
          z.object({
            day: z.string().openapi({ description: "UTC.", example: "2026-11-27" }),
            balance: amount.openapi({ description: "At its end: in the wallet and at tables together." }),
            ...totals,
          }),
        ),
        ...fresh,
      }),
    ),
  },
});

const bet = z
  .object({
    room: z.string().openapi({ example: "roulette:main" }),
    game: z.string().openapi({ example: "roulette" }),
    round: z.int().openapi({ example: 42 }),
    at: instant,
    staked: amount,
    returned: amount,
    net: amount.openapi({ description: "Returned less staked.", example: -250 }),
    proof: z.string().openapi({ description: "The page that proves it.", example: "/rooms/roulette/main/rounds/42" }),
    record: z
      .string()
      .openapi({ description: "The same for programs.", example: "/api/rooms/roulette/main/rounds/42" }),
  })
  .openapi("Bet");

const historyRoute = createRoute({
  method: "get",
  path: "/{id}/history",
  operationId: "listPlayerBets",
  tags,
  summary: "My rounds, newest first",
  description: "Rounds that were void are not in it: every stake was given back.",
  caller: "player",
  request: {
    params: playerParams,
    query: z.object({ game: gameFilter, cursor: placeCursor.optional(), limit: pageLimit(50, 200), after }),
  },
  refuses: ["not_yours", ...OF_AWAITED, "model_unavailable"],
  responses: {
    200: json(
      "One page; `next` is null on the last",
      z.object({ bets: z.array(bet), next: z.string().nullable(), ...fresh }),
    ),
  },
});

const csvRoute = createRoute({
  method: "get",
  path: "/{id}/history.csv",
  operationId: "exportPlayerBets",
  tags,
  summary: "All my rounds as a table, newest first",
  caller: "player",
  request: { params: playerParams, query: z.object({ game: gameFilter }) },
  refuses: ["not_yours"],
  responses: {
    200: {
      description: "RFC 4180, with a header line; amounts in minor units",
      content: {
        "text/csv": {
          schema: z.string().openapi({
            example:
              "at,game,room,round,staked,returned,net,proof\r\n2026-11-27T07:29:09.024Z,roulette,roulette:main,42,250,0,-250,https://croupier.example/rooms/roulette/main/rounds/42\r\n",
          }),
        },
      },
    },
  },
});

/** Refused `not_yours` for any other id, existing or not. */
function mine(c: Ctx, id: string): PlayerId {
  const me = c.get("me").profile.id;
  if (id !== "me" && id !== me) throw new Refused("not_yours");
  return me;
}

const pathOf = ({ room, round }: Result): string => `/rooms/${room.replace(":", "/")}/rounds/${round}`;

function betOf(result: Result): z.infer<typeof bet> {
  const { room, game, round, at, staked, returned } = result;
  const proof = pathOf(result);
  return { room, game, round, at, staked, returned, net: returned - staked, proof, record: `/api${proof}` };
}

const COLUMNS = ["at", "game", "room", "round", "staked", "returned", "net", "proof"] as const;
const CSV_PAGE = 1_000;

async function* tableOf(
  model: ReadModel,
  player: PlayerId,
  game: string | null,
  origin: string,
): AsyncGenerator<Cell[][]> {
  let before: Place | null = null;
  do {
    const page: Awaited<ReturnType<ReadModel["history"]>> = await model.history(player, game, before, CSV_PAGE);
    yield page.results.map((result) => {
      const { at, room, round, staked, returned } = result;
      const proof = `${origin}${pathOf(result)}`;
      return [new Date(at).toISOString(), result.game, room, round, staked, returned, returned - staked, proof];
    });
    before = page.next;
  } while (before !== null);
}

export const bets = router()
  .openapi(daysRoute, async (c) => {
    const player = mine(c, c.req.valid("param").id);
    const query = c.req.valid("query");
    const model = readModelOf(c.env);
    const behind = await fromModel(c, isBehind(c, model, player, query.after));
    const [days, lag] = await fromModel(
      c,
      Promise.all([model.days(player, query.days, Date.now()), model.freshness()]),
    );
    return c.json({ days: [...days], lag, behind }, 200);
  })
  .openapi(historyRoute, async (c) => {
    const player = mine(c, c.req.valid("param").id);
    const query = c.req.valid("query");
    const model = readModelOf(c.env);
    const behind = await fromModel(c, isBehind(c, model, player, query.after));
    const [page, lag] = await fromModel(
      c,
      Promise.all([model.history(player, query.game ?? null, query.cursor ?? null, query.limit), model.freshness()]),
    );
    const next = page.next === null ? null : cursorOf(page.next);
    return c.json({ bets: page.results.map(betOf), next, lag, behind }, 200);
  })
  .openapi(csvRoute, (c) => {
    const player = mine(c, c.req.valid("param").id);
    const { origin } = new URL(c.req.url);
    const rows = tableOf(readModelOf(c.env), player, c.req.valid("query").game ?? null, origin);
    return c.body(csvStream(COLUMNS, rows), 200, csvHeaders("croupier-bets.csv"));
  });
