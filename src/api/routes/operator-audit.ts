import { ROLES } from "../auth/roles.ts";
import { auditStub } from "../../objects/stubs.ts";
import { createRoute, CURSOR, instant, json, pageLimit, router, whole, z } from "./schemas.ts";

/** Routes under /api/operator/audit: the log of operators' calls. */

const entry = z
  .object({
    n: z.int().openapi({ description: "Counts up from 1.", example: 12 }),
    name: z.string().nullable().openapi({ description: "Null: no key of ours.", example: "anna" }),
    role: z.enum(ROLES).nullable(),
    method: z.string().openapi({ example: "POST" }),
    path: z.string().openapi({ example: "/api/operator/rooms/roulette/main/void" }),
    summary: z
      .string()
      .nullable()
      .openapi({ description: "The plain fields of the body, as JSON text.", example: '{"reason":"a stuck wheel"}' }),
    client: z.string().openapi({ description: "The client's address, hashed.", example: "9f2c61d0ab34" }),
    requestId: z.string().openapi({ description: "As in the answer's `x-request-id`." }),
    at: instant,
    result: z
      .object({
        status: z.int().openapi({ example: 200 }),
        outcome: z.string().openapi({ description: "`ok`, or the refusal's code.", example: "ok" }),
        at: instant,
      })
      .nullable()
      .openapi({ description: "Null: it was never finished, or is not yet." }),
  })
  .openapi("AuditEntry");

const listRoute = createRoute({
  method: "get",
  path: "/",
  operationId: "listAuditEntries",
  tags: ["operator"],
  summary: "What operators did, newest first",
  description:
    "Every call with a key, and those without one as far as there is room for them. A change is written down before it is done.",
  caller: "viewer",
  request: {
    query: z.object({
      cursor: whole(0).optional().openapi({ description: CURSOR }),
      limit: pageLimit(50, 200),
    }),
  },
  responses: {
    200: json(
      "One page; `next` is null on the last",
      z.object({
        entries: z.array(entry),
        next: z.int().nullable(),
        unlisted: z.int().openapi({ description: "Calls without a key that were only counted, ever." }),
      }),
    ),
  },
});

export const operatorAudit = router().openapi(listRoute, async (c) => {
  const { cursor, limit } = c.req.valid("query");
  return c.json(await auditStub(c.env).list(cursor ?? null, limit), 200);
});
