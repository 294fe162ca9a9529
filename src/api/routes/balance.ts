import type { PlayerId } from "../../../rooms/game.ts";
import type { Env } from "../../env.ts";
import { csvHeaders, csvStream, type Cell } from "../http/csv.ts";
import { Refused } from "../http/refusals.ts";
import type { Player } from "../../objects/player.ts";
import { playerStub, roomStub } from "../../objects/stubs.ts";
import {
  amount,
  createRoute,
  CURSOR,
  idempotencyHeader,
  instant,
  json,
  pageLimit,
  router,
  whole,
  z,
} from "./schemas.ts";

/** Routes under /api/balance: the wallet, chips on tables, the statement, and the faucet. */

const tags = ["balance"];

const balanceRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "getBalance",
  tags,
  summary: "What I have",
  caller: "player",
  refuses: ["room_unavailable"],
  responses: {
    200: json(
      "The wallet, and what lies in rooms",
      z.object({
        available: amount.openapi({ description: "In the wallet.", example: 96_500 }),
        inPlay: amount.openapi({ description: "In purses at tables and in the games' hands.", example: 2_000 }),
        total: amount.openapi({ description: "The two together.", example: 98_500 }),
        rooms: z
          .array(
            z.object({
              room: z.string().openapi({ example: "roulette:main" }),
              amount: amount.openapi({ example: 2_000 }),
            }),
          )
          .openapi({ description: "What of `inPlay` lies where." }),
      }),
    ),
  },
});

export const entry = z
  .object({
    n: z.int().openapi({ description: "Counts up from 1.", example: 7 }),
    kind: z.enum(["grant", "faucet", "topup", "cashout", "award", "operator"]),
    amount: amount.openapi({ description: "Signed.", example: -2_000 }),
    balance: amount.openapi({ description: "After this entry." }),
    room: z.string().nullable(),
    transfer: z.string().nullable().openapi({ description: "The transfer's id, where a room asked for it." }),
    at: instant,
  })
  .openapi("Entry");

const entriesRoute = createRoute({
  method: "get",
  path: "/entries",
  operationId: "listEntries",
  tags,
  summary: "My statement, newest first",
  caller: "player",
  request: {
    query: z.object({
      cursor: whole(1).optional().openapi({ description: CURSOR }),
      limit: pageLimit(50, 200),
    }),
  },
  responses: {
    200: json("One page; `next` is null on the last", z.object({ entries: z.array(entry), next: z.int().nullable() })),
  },
});

const csvRoute = createRoute({
  method: "get",
  path: "/entries.csv",
  operationId: "exportEntries",
  tags,
  summary: "My whole statement as a table, newest first",
  caller: "player",
  responses: {
    200: {
      description: "RFC 4180, with a header line; amounts in minor units",
      content: {
        "text/csv": {
          schema: z.string().openapi({
            example: "n,at,kind,amount,balance,room,transfer\r\n1,2026-11-27T07:29:09.024Z,grant,100000,100000,,\r\n",
          }),
        },
      },
    },
  },
});

const COLUMNS = ["n", "at", "kind", "amount", "balance", "room", "transfer"] as const;
const CSV_PAGE = 1_000;

async function* statementOf(env: Env, player: PlayerId): AsyncGenerator<Cell[][]> {
  let before: number | null = null;
  do {
    const page: Awaited<ReturnType<Player["entries"]>> = await playerStub(env, player).entries(before, CSV_PAGE);
    yield page.entries.map((one) => [
      one.n,
      new Date(one.at).toISOString(),
      one.kind,
      one.amount,
      one.balance,
      one.room,
      one.transfer,
    ]);
    before = page.next;
  } while (before !== null);
}

const faucetRoute = createRoute({
  method: "post",
  path: "/faucet",
  operationId: "takeFromFaucet",
  tags,
  summary: "More play money, once in a while",
  caller: "player",
  request: { headers: idempotencyHeader },
  refuses: ["faucet_not_due", "excluded"],
  responses: {
    200: json("Added", z.object({ amount, available: amount, nextAt: instant })),
  },
});

export const balance = router()
  .openapi(balanceRoute, async (c) => {
    const { id } = c.get("me").profile;
    const standing = await playerStub(c.env, id).standing();
    if (standing === null) throw new Refused("unauthenticated");
    const { available, rooms: names } = standing;
    const held = await Promise.all(
      names.map(async (room) => {
        const { purse, held: inGame } = await roomStub(c.env, room).holdings(id);
        return { room, amount: purse + inGame };
      }),
    ).catch(() => {
      throw new Refused("room_unavailable");
    });
    const rooms = held.filter((one) => one.amount > 0);
    const inPlay = rooms.reduce((sum, one) => sum + one.amount, 0);
    return c.json({ available, inPlay, total: available + inPlay, rooms }, 200);
  })
  .openapi(entriesRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    return c.json(await playerStub(c.env, c.get("me").profile.id).entries(cursor ?? null, limit), 200);
  })
  .openapi(csvRoute, (c) => {
    const rows = statementOf(c.env, c.get("me").profile.id);
    return c.body(csvStream(COLUMNS, rows), 200, csvHeaders("croupier-statement.csv"));
  })
  .openapi(faucetRoute, async (c) => {
    const { FAUCET_AMOUNT, FAUCET_COOLDOWN_S } = c.get("settings");
    const answer = await playerStub(c.env, c.get("me").profile.id).faucet(
      FAUCET_AMOUNT,
      FAUCET_COOLDOWN_S * 1_000,
      c.get("operation"),
    );
    if (answer === null) throw new Refused("unauthenticated");
    if (answer.ok) return c.json({ amount: answer.amount, available: answer.available, nextAt: answer.nextAt }, 200);
    const retryAfterS = Math.max(1, Math.ceil((answer.nextAt - Date.now()) / 1_000));
    throw new Refused(answer.code, { nextAt: answer.nextAt, retryAfterS });
  });
