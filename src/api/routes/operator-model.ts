import type { PlayerId } from "../../../rooms/game.ts";
import { isPlayerId } from "../auth/random.ts";
import { Refused } from "../http/refusals.ts";
import { readModelOf } from "../../stats/index.ts";
import { rebuildRoom, startRebuild, tellPlayers } from "../../stats/rebuild.ts";
import { fresh } from "./projected.ts";
import { createRoute, json, takes, router, z } from "./schemas.ts";

/** Routes under /api/operator/model: the read model's checksum, and rebuilding it (`npm run rebuild` drives that). */

const tags = ["operator"];

const stateRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "getReadModel",
  tags,
  summary: "The read model's checksum and age",
  description: "Reads all of it. Two models with the same events have the same sum, whatever the store.",
  caller: "admin",
  responses: {
    200: json(
      "As it is now",
      z.object({
        sum: z.string().openapi({ description: "64 hex digits.", example: "9f86d081884c7d65".repeat(4) }),
        facts: z
          .int()
          .openapi({ description: "Results, changes of balances and names that are in it.", example: 1_204 }),
        lag: fresh.lag,
      }),
    ),
  },
});

const player = z.string().refine(isPlayerId, "not a player's id").openapi({ example: "7k2m9qx4c0v8h1ztr3fw" });

const knownRoute = createRoute({
  method: "get",
  path: "/players",
  operationId: "listModelPlayers",
  tags,
  summary: "The players in the read model, in pages and in no order",
  caller: "admin",
  request: {
    query: z.object({
      cursor: z
        .string()
        .regex(/^[0-9A-Za-z_-]{1,64}$/)
        .optional()
        .openapi({ description: "`next` of the page before.", example: "7k2m9qx4c0v8h1ztr3fw" }),
    }),
  },
  responses: {
    200: json(
      "One page; `next` is null on the last",
      z.object({ players: z.array(z.string()), next: z.string().nullable() }),
    ),
  },
});

const cursor = z
  .string()
  .regex(/^[a-z]{1,40}:[A-Za-z0-9_-]{1,80}@\d{1,15}$/)
  .openapi({ example: "roulette:main@120" });

const rebuildRoute = createRoute({
  method: "post",
  path: "/rebuild",
  operationId: "rebuildModel",
  tags,
  summary: "One step of building the read model anew",
  description:
    "With `cursor` null it is emptied; then each step takes some of a room's settled rounds, until `next` is null. Then tell the players: all that were in `GET /players` before, and all that the steps named.",
  caller: "admin",
  request: {
    body: takes(
      z.strictObject({
        cursor: cursor.nullable().openapi({ description: "`next` of the step before; null empties it." }),
      }),
    ),
  },
  refuses: ["unknown_room"],
  responses: {
    200: json(
      "Done so far",
      z.object({
        next: z
          .string()
          .nullable()
          .openapi({ description: "Null: that was the last room.", example: "roulette:main@120" }),
        events: z.int(),
        players: z.array(z.string()).openapi({ description: "The players in them." }),
      }),
    ),
  },
});

const PLAYERS_MAX = 100;

const playersRoute = createRoute({
  method: "post",
  path: "/rebuild/players",
  operationId: "rebuildModelPlayers",
  tags,
  summary: "Send the read model again what players hold",
  description: "Names, grants, awards. Harmless to repeat.",
  caller: "admin",
  request: {
    body: takes(z.strictObject({ players: z.array(player).min(1).max(PLAYERS_MAX) })),
  },
  responses: { 200: json("Told", z.object({ events: z.int() })) },
});

export const operatorModel = router()
  .openapi(stateRoute, async (c) => {
    const model = readModelOf(c.env);
    const [checksum, lag] = await Promise.all([model.checksum(), model.freshness()]);
    return c.json({ ...checksum, lag }, 200);
  })
  .openapi(knownRoute, async (c) => {
    const { players, next } = await readModelOf(c.env).known(c.req.valid("query").cursor ?? null);
    return c.json({ players: [...players], next }, 200);
  })
  .openapi(rebuildRoute, async (c) => {
    const model = readModelOf(c.env);
    const from = c.req.valid("json").cursor;
    const [room = "", after] = from?.split("@") ?? [];
    const step =
      from === null
        ? await startRebuild(c.env, model)
        : await rebuildRoom(c.env, model, { room, after: Number(after) });
    if (step === null) throw new Refused("unknown_room");
    const next = step.next === null ? null : `${step.next.room}@${step.next.after}`;
    return c.json({ next, events: step.events, players: [...step.players] }, 200);
  })
  .openapi(playersRoute, async (c) => {
    const players: PlayerId[] = c.req.valid("json").players.filter(isPlayerId);
    return c.json({ events: await tellPlayers(c.env, readModelOf(c.env), players) }, 200);
  });
