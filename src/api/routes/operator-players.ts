import type { PlayerId } from "../../../rooms/game.ts";
import { isPlayerId } from "../auth/random.ts";
import { readUsername } from "../auth/username.ts";
import type { Env } from "../../env.ts";
import { Refused } from "../http/refusals.ts";
import { accountStub, playerStub, roomStub } from "../../objects/stubs.ts";
import { entry } from "./balance.ts";
import { amount, createRoute, freeText, instant, json, takes, router, requestId, z } from "./schemas.ts";

/** Routes under /api/operator/players: a player as operators see them, and transfers into and out of the wallet. */

const tags = ["operator"];
const ENTRIES = 20;
const AMOUNT_MAX = 1_000_000_000_000;

const params = z.object({
  id: z.string().openapi({ param: { name: "id", in: "path" }, example: "7k2m9qx4c0v8h1ztr3fw" }),
});

const note = z.object({
  id: requestId,
  text: z.string().openapi({ example: "Asked about the stuck wheel of 27 November." }),
  by: z.string().openapi({ example: "anna" }),
  at: instant,
});

const findRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "findPlayer",
  tags,
  summary: "Whose user name this is",
  description: "Registered players only: a guest's made-up name finds nobody.",
  caller: "viewer",
  request: {
    query: z.object({ name: z.string().max(200).openapi({ description: "Case does not matter.", example: "heron" }) }),
  },
  refuses: ["unknown_player"],
  responses: {
    200: json("The player", z.object({ id: z.string(), username: z.string() })),
  },
});

const readRoute = createRoute({
  method: "get",
  path: "/{id}",
  operationId: "inspectPlayer",
  tags,
  summary: "One player: who, how much, where",
  caller: "viewer",
  request: { params },
  refuses: ["unknown_player"],
  responses: {
    200: json(
      "The player",
      z.object({
        id: z.string(),
        username: z.string(),
        guest: z.boolean(),
        hidden: z.boolean().openapi({ description: "From boards, by their own choice." }),
        createdAt: instant,
        available: amount.openapi({ description: "In the wallet." }),
        rooms: z.array(
          z.object({
            room: z.string().openapi({ example: "roulette:main" }),
            purse: amount.nullable().openapi({ description: "Null: the room does not answer." }),
            held: amount.nullable().openapi({ description: "In the game's hands." }),
          }),
        ),
        notes: z.array(note).openapi({ description: "The last twenty of operators, newest first." }),
        entries: z.array(entry).openapi({ description: "The last twenty of the statement, newest first." }),
      }),
    ),
  },
});

const transferRoute = createRoute({
  method: "post",
  path: "/{id}/transfers",
  operationId: "makeTransfer",
  tags,
  summary: "Move money into a wallet or out of it",
  description:
    "From or to promotions, never below 0. Once by its id: the same body again gets the same answer; a refused one moved nothing and is judged anew.",
  caller: "support",
  request: {
    params,
    body: takes(
      z.strictObject({
        id: requestId,
        amount: z
          .int()
          .min(-AMOUNT_MAX)
          .max(AMOUNT_MAX)
          .refine((n) => n !== 0, "not 0")
          .openapi({ description: "Signed, minor units: above 0 into the wallet.", example: 5_000 }),
        reason: freeText(200).openapi({ example: "A round was lost to a stuck wheel." }),
      }),
    ),
  },
  refuses: ["unknown_player", "insufficient_funds", "transfer_conflict"],
  responses: {
    200: json("Its line in the statement", z.object({ id: z.string(), available: amount, entry })),
  },
});

const noteRoute = createRoute({
  method: "post",
  path: "/{id}/notes",
  operationId: "notePlayer",
  tags,
  summary: "Note something about a player, for other operators",
  description: "The player does not see it. Once by its id.",
  caller: "support",
  request: {
    params,
    body: takes(
      z.strictObject({
        id: requestId,
        text: freeText(1_000).openapi({ example: "Asked about the stuck wheel." }),
      }),
    ),
  },
  refuses: ["unknown_player", "note_conflict"],
  responses: {
    200: json("It is noted", z.object({ id: z.string() })),
  },
});

/** Refused `unknown_player` for a malformed id, without touching an object. */
function idOf(id: string): PlayerId {
  if (!isPlayerId(id)) throw new Refused("unknown_player");
  return id;
}

async function pursesOf(env: Env, player: PlayerId, rooms: readonly string[]) {
  return Promise.all(
    rooms.map(async (room) => {
      const found = await roomStub(env, room)
        .holdings(player)
        .catch(() => null);
      return { room, purse: found?.purse ?? null, held: found?.held ?? null };
    }),
  );
}

export const operatorPlayers = router()
  .openapi(findRoute, async (c) => {
    const name = readUsername(c.req.valid("query").name);
    const found = name === null ? null : await accountStub(c.env, name.folded).whose();
    if (found === null) throw new Refused("unknown_player");
    return c.json({ id: found.player, username: found.username }, 200);
  })
  .openapi(readRoute, async (c) => {
    const id = idOf(c.req.valid("param").id);
    const player = playerStub(c.env, id);
    const [about, standing, { entries }, notes] = await Promise.all([
      player.about(),
      player.standing(),
      player.entries(null, ENTRIES),
      player.notes(),
    ]);
    if (about === null || standing === null) throw new Refused("unknown_player");
    const { name, account, hidden, createdAt } = about;
    const rooms = await pursesOf(c.env, id, standing.rooms);
    const who = { id, username: name, guest: account === null, hidden, createdAt };
    return c.json({ ...who, available: standing.available, rooms, notes, entries }, 200);
  })
  .openapi(transferRoute, async (c) => {
    const player = idOf(c.req.valid("param").id);
    const { id, amount: moved, reason } = c.req.valid("json");
    const by = c.get("operator").name;
    const answer = await playerStub(c.env, player).operatorTransfer({ id, amount: moved, reason, by });
    if (answer.ok) return c.json({ id, available: answer.entry.balance, entry: answer.entry }, 200);
    if (answer.code !== "beyond_wallet") throw new Refused(answer.code);
    throw new Refused("invalid_request", { fields: { amount: "no wallet holds as much as that would be" } });
  })
  .openapi(noteRoute, async (c) => {
    const player = idOf(c.req.valid("param").id);
    const { id, text } = c.req.valid("json");
    const added = await playerStub(c.env, player).addNote({ id, text, by: c.get("operator").name, at: Date.now() });
    if (added === null) throw new Refused("unknown_player");
    if (!added) throw new Refused("note_conflict");
    return c.json({ id }, 200);
  });
