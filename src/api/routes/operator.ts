import { ROLES } from "../auth/roles.ts";
import { replay, type Replayed } from "../../queue/replay.ts";
import type { LetterFilter, StoredLetter } from "../../objects/dead-letters.ts";
import type { Env } from "../../env.ts";
import { Refused } from "../http/refusals.ts";
import { deadLettersStub, promotionsStub } from "../../objects/stubs.ts";
import { operatorAudit } from "./operator-audit.ts";
import { operatorModel } from "./operator-model.ts";
import { operatorPlayers } from "./operator-players.ts";
import { operatorRooms } from "./operator-rooms.ts";
import { amount, createRoute, CURSOR, instant, json, takes, pageLimit, router, whole, z } from "./schemas.ts";

/**
 * Routes under /api/operator: dead letters and their replay, the lotteries' budgets, and the operators' views of players, rooms
 * and the audit log.
 */

const tags = ["operator"];
/** The most dead letters that one request replays. */
const REPLAY_MAX = 100;

const letter = z
  .object({
    n: z.int(),
    id: z.string().openapi({ description: "The event's own, where it has one.", example: "roulette:main:3f2a91bc:12" }),
    from: z.string().openapi({ description: "A queue, or `kafka:<topic>`.", example: "stakes" }),
    topic: z.enum(["stakes", "awards", "settled"]),
    code: z.string().openapi({ example: "unknown_version" }),
    reason: z.string().openapi({ example: "Version 2 of player.stakeCreated is unknown here." }),
    body: z.unknown().openapi({ description: "As it came." }),
    at: instant,
    replayedAt: instant.nullable(),
    outcome: z.string().nullable().openapi({ description: "What came of sending it again." }),
  })
  .openapi("DeadLetter");

const meRoute = createRoute({
  method: "get",
  path: "/me",
  operationId: "getOperator",
  tags,
  summary: "Whose key this is",
  caller: "viewer",
  responses: {
    200: json("Name and role", z.object({ name: z.string().openapi({ example: "anna" }), role: z.enum(ROLES) })),
  },
});

const filter = {
  code: z.string().max(60).optional().openapi({ description: "Why it was put away.", example: "unknown_player" }),
  topic: z.enum(["stakes", "awards", "settled"]).optional(),
  room: z
    .string()
    .max(80)
    .optional()
    .openapi({ description: "Whose event it is, `<game>:<id>`.", example: "roulette:main" }),
  since: whole(0).optional().openapi({ description: "Put away at this time or later, epoch milliseconds." }),
  before: whole(0).optional().openapi({ description: "Put away before this time." }),
};

const step = {
  after: z.int().min(0).optional().openapi({ description: "`next` of the step before." }),
  limit: z
    .int()
    .min(1)
    .max(REPLAY_MAX)
    .optional()
    .openapi({ description: `At most ${REPLAY_MAX}, which is the default.` }),
};

const outcome = z.enum(["done", "queued", "parked", "retry"]).openapi({
  description:
    "`queued`: its room sends it to Kafka again. `parked`: it is still not right. `retry`: something does not answer just now.",
});

const replayed = z.union([
  z.object({ id: z.string(), outcome, reason: z.string().nullable() }),
  z
    .object({
      done: z.int(),
      queued: z.int(),
      parked: z.int(),
      retry: z.int(),
      left: z.int().openapi({ description: "Open letters that match and were not in this step or one before." }),
      next: z.int().nullable().openapi({ description: "`after` of the next step; null: there is none." }),
    })
    .openapi("ReplayedMany"),
]);

const listRoute = createRoute({
  method: "get",
  path: "/dead-letters",
  operationId: "listDeadLetters",
  tags,
  summary: "Messages that will never be right as they are, newest first",
  caller: "viewer",
  request: {
    query: z.object({
      cursor: whole(0).optional().openapi({ description: CURSOR }),
      limit: pageLimit(50, 200),
      ...filter,
    }),
  },
  responses: {
    200: json(
      "One page; `next` is null on the last",
      z.object({ open: z.int(), replayed: z.int(), letters: z.array(letter), next: z.int().nullable() }),
    ),
  },
});

const replayRoute = createRoute({
  method: "post",
  path: "/dead-letters/replay",
  operationId: "replayDeadLetters",
  tags,
  summary: "Send one again, or many",
  description:
    "One by its `id`, those of a `filter` that are open, or `all` that are: the oldest first, a step of at most a hundred at a time, until `next` is null. Through the very consumer that put them away; harmless to repeat, since every effect is had once by the event's id.",
  caller: "admin",
  request: {
    body: takes(
      z.union([
        z.strictObject({ id: z.string().min(1).max(300).openapi({ example: "roulette:main:3f2a91bc:12" }) }),
        z.strictObject({
          filter: z.strictObject({
            ...filter,
            since: z.int().min(0).optional(),
            before: z.int().min(0).optional(),
          }),
          ...step,
        }),
        z.strictObject({ all: z.literal(true), ...step }),
      ]),
    ),
  },
  refuses: ["unknown_letter"],
  responses: {
    200: json("What came of it: of one, or of how many", replayed),
  },
});

const budgetsRoute = createRoute({
  method: "get",
  path: "/lotteries",
  operationId: "listLotteries",
  tags,
  summary: "Each lottery's budget, and what it has given",
  caller: "viewer",
  responses: {
    200: json(
      "By lottery",
      z.object({
        lotteries: z.array(
          z.object({
            lottery: z.string().openapi({ example: "main" }),
            accrued: amount.openapi({ description: "Its share of the stakes that were sent." }),
            spent: amount.openapi({ description: "In awards." }),
            awards: z.int(),
          }),
        ),
      }),
    ),
  },
});

/** Replays the letters and records the outcome of each. */
async function replayThese(env: Env, letters: readonly StoredLetter[]): Promise<Replayed[]> {
  const came = await replay(env, letters);
  const notes = letters.map(({ id }, i) => {
    const { outcome: of = "retry", reason = null } = came[i] ?? {};
    return { id, outcome: reason === null ? of : `${of}: ${reason}` };
  });
  await deadLettersStub(env).replayed(notes);
  return came;
}

async function replayMany(env: Env, only: LetterFilter, after: number, limit: number) {
  const { letters, left } = await deadLettersStub(env).open(after, limit, only);
  const counts = { done: 0, queued: 0, parked: 0, retry: 0 };
  for (const { outcome: of } of await replayThese(env, letters)) counts[of] += 1;
  return { ...counts, left, next: left === 0 ? null : (letters.at(-1)?.n ?? null) };
}

export const operator = router()
  .openapi(meRoute, (c) => {
    const { name, role: mine } = c.get("operator");
    return c.json({ name, role: mine }, 200);
  })
  .openapi(listRoute, async (c) => {
    const { cursor, limit, ...only } = c.req.valid("query");
    const letters = deadLettersStub(c.env);
    const [page, count] = await Promise.all([letters.list(cursor ?? null, limit, only), letters.count()]);
    return c.json({ ...count, ...page }, 200);
  })
  .openapi(replayRoute, async (c) => {
    const body = c.req.valid("json");
    if (!("id" in body)) {
      const { after = 0, limit = REPLAY_MAX } = body;
      return c.json(await replayMany(c.env, "filter" in body ? body.filter : {}, after, limit), 200);
    }
    const { id } = body;
    const found = await deadLettersStub(c.env).find(id);
    if (found === null) throw new Refused("unknown_letter");
    const [came] = await replayThese(c.env, [found]);
    if (came === undefined) throw new Error(`nothing came of ${id}`);
    return c.json({ id, ...came }, 200);
  })
  .openapi(budgetsRoute, async (c) => c.json({ lotteries: await promotionsStub(c.env).budgets() }, 200))
  .route("/players", operatorPlayers)
  .route("/rooms", operatorRooms)
  .route("/audit", operatorAudit)
  .route("/model", operatorModel);
