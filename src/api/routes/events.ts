import { ASYNCAPI, SCHEMAS } from "../docs/asyncapi.ts";
import { Refused } from "../http/refusals.ts";
import { createRoute, json, router, z } from "./schemas.ts";

/** Machine-readable documents of the events sent and received by queue and Kafka. */

const tags = ["events"];
const document = z.record(z.string(), z.unknown());

const asyncRoute = createRoute({
  method: "get",
  path: "/asyncapi.json",
  operationId: "getAsyncApi",
  tags,
  summary: "Topics and sockets, every message both ways, as AsyncAPI 3.0",
  responses: { 200: json("The document", document) },
});

const schemaRoute = createRoute({
  method: "get",
  path: "/schemas/{type}",
  operationId: "getEventSchema",
  tags,
  summary: "One event's JSON Schema (draft 7)",
  request: {
    params: z.object({
      type: z.string().openapi({ param: { name: "type", in: "path" }, example: "player.stakeCreated" }),
    }),
  },
  refuses: ["unknown_schema"],
  responses: { 200: json("The schema", document) },
});

export const events = router()
  .openapi(asyncRoute, (c) => c.json(ASYNCAPI as Record<string, unknown>, 200))
  .openapi(schemaRoute, (c) => {
    const schema = SCHEMAS.get(c.req.valid("param").type);
    if (schema === undefined) throw new Refused("unknown_schema");
    return c.json(schema as Record<string, unknown>, 200);
  });
