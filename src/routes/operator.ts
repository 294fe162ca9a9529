import { operator as role } from "../auth/operator.ts";
import { ROLES } from "../auth/roles.ts";
import { replay } from "../consumers/replay.ts";
import { Refused, refusals } from "../http/refusals.ts";
import { deadLettersStub, promotionsStub } from "../stubs.ts";
import { operatorAudit } from "./operator-audit.ts";
import { operatorModel } from "./operator-model.ts";
import { operatorPlayers } from "./operator-players.ts";
import { operatorRooms } from "./operator-rooms.ts";
import { amount, createRoute, instant, json, OPERATOR, pageLimit, router, whole, z } from "./schemas.ts";

/**
 * Under /api/operator: what went wrong on the way out or in, what the lotteries may still give, and the operators' players, rooms and
 * audit log.
 */

const tags = ["operator"];
const security = OPERATOR;

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
  tags,
  summary: "Whose key this is",
  description: "Role: viewer.",
  security,
  middleware: [role("viewer")] as const,
  responses: {
    200: json("Name and role", z.object({ name: z.string().openapi({ example: "anna" }), role: z.enum(ROLES) })),
    ...refusals("not_an_operator", "role_too_low"),
  },
});

const listRoute = createRoute({
  method: "get",
  path: "/dead-letters",
  tags,
  summary: "Messages that will never be right as they are, newest first",
  description: "Role: viewer.",
  security,
  middleware: [role("viewer")] as const,
  request: {
    query: z.object({
      cursor: whole(0).optional().openapi({ description: "`next` of the page before." }),
      limit: pageLimit(50, 200),
    }),
  },
  responses: {
    200: json(
      "One page; `next` is null on the last",
      z.object({ open: z.int(), replayed: z.int(), letters: z.array(letter), next: z.int().nullable() }),
    ),
    ...refusals("not_an_operator", "role_too_low", "invalid_request"),
  },
});

const replayRoute = createRoute({
  method: "post",
  path: "/dead-letters/replay",
  tags,
  summary: "Send one again",
  description:
    "Through the very consumer that put it away; harmless to repeat, since every effect is had once by the event's id. Role: admin.",
  security,
  middleware: [role("admin")] as const,
  request: {
    body: {
      required: true,
      content: {
        "application/json": {
          schema: z.strictObject({ id: z.string().min(1).max(300).openapi({ example: "roulette:main:3f2a91bc:12" }) }),
        },
      },
    },
  },
  responses: {
    200: json(
      "What came of it",
      z.object({
        id: z.string(),
        outcome: z
          .enum(["done", "queued", "parked", "retry"])
          .openapi({ description: "`parked`: it is still not right. `retry`: something does not answer just now." }),
        reason: z.string().nullable(),
      }),
    ),
    ...refusals(
      "not_an_operator",
      "role_too_low",
      "unknown_letter",
      "audit_unavailable",
      "malformed_json",
      "bad_origin",
      "too_large",
      "not_json",
      "invalid_request",
    ),
  },
});

const budgetsRoute = createRoute({
  method: "get",
  path: "/lotteries",
  tags,
  summary: "What each lottery was given to give, and has given",
  description: "Role: viewer.",
  security,
  middleware: [role("viewer")] as const,
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
    ...refusals("not_an_operator", "role_too_low"),
  },
});

export const operator = router()
  .openapi(meRoute, (c) => {
    const { name, role: mine } = c.get("operator");
    return c.json({ name, role: mine }, 200);
  })
  .openapi(listRoute, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const letters = deadLettersStub(c.env);
    const [page, count] = await Promise.all([letters.list(cursor ?? null, limit), letters.count()]);
    return c.json({ ...count, ...page }, 200);
  })
  .openapi(replayRoute, async (c) => {
    const { id } = c.req.valid("json");
    const letters = deadLettersStub(c.env);
    const found = await letters.find(id);
    if (found === null) throw new Refused("unknown_letter");
    const { outcome, reason } = await replay(c.env, found);
    await letters.replayed(id, reason === null ? outcome : `${outcome}: ${reason}`);
    return c.json({ id, outcome, reason }, 200);
  })
  .openapi(budgetsRoute, async (c) => c.json({ lotteries: await promotionsStub(c.env).budgets() }, 200))
  .route("/players", operatorPlayers)
  .route("/rooms", operatorRooms)
  .route("/audit", operatorAudit)
  .route("/model", operatorModel);
