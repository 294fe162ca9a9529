import type { OpenAPIHono } from "@hono/zod-openapi";
import { refusals, REFUSALS, type RefusalCode } from "../http/refusals.ts";
import { idempotencyHeader } from "../routes/schemas.ts";
import { OPERATION_IDS } from "./operations.ts";

/**
 * What the OpenAPI document says of every call and no route says by itself: its name, and what a request may meet before it gets
 * to its route (http/guards.ts, http/idempotency.ts, auth/operator.ts).
 */

type Registry = OpenAPIHono["openAPIRegistry"];
type Route = Extract<Registry["definitions"][number], { type: "route" }>["route"];
type Responses = Route["responses"];

/** `invalid_request`: no call takes a parameter that it does not have. */
const ALWAYS = [
  "rate_limited",
  "internal",
  "bad_settings",
  "invalid_request",
] as const satisfies readonly RefusalCode[];
const CHANGES = ["bad_origin", "malformed_json", "not_json", "too_large"] as const satisfies readonly RefusalCode[];
const KEYED = [
  "invalid_request",
  "idempotency_conflict",
  "idempotency_busy",
  "too_many_keys",
] as const satisfies readonly RefusalCode[];

const isCode = (name: string): name is RefusalCode => Object.hasOwn(REFUSALS, name);

function examplesOf(response: Responses[string]): Record<string, unknown> {
  const media = "content" in response ? response.content?.["application/json"] : undefined;
  return media !== undefined && "examples" in media ? (media.examples ?? {}) : {};
}

/** The codes that the route itself names. */
const codesOf = (responses: Responses): RefusalCode[] =>
  Object.values(responses).flatMap((response) => Object.keys(examplesOf(response)).filter(isCode));

/** That keeps the answer under it; what gives a token or a code only does its work once. */
const takesKey = ({ request }: Route): boolean => request?.headers === idempotencyHeader;

const HEADERS = {
  "x-request-id": { description: "Name it when you ask us about this request.", schema: { type: "string" } },
} as const;
const RETRY = { "retry-after": { description: "Seconds.", schema: { type: "integer" } } } as const;
const REPLAYED = {
  "idempotent-replayed": { description: "`true`: this is the first answer once more.", schema: { type: "string" } },
} as const;

function withHeaders(status: string, response: Responses[string], keyed: boolean): Responses[string] {
  if (!("description" in response) || status === "101") return response;
  const retry = status === "429" || status === "409" || status === "403" ? RETRY : {};
  return { ...response, headers: { ...HEADERS, ...retry, ...(keyed ? REPLAYED : {}) } };
}

function completed(route: Route): Responses {
  const keyed = takesKey(route);
  const codes: RefusalCode[] = [
    ...codesOf(route.responses),
    ...ALWAYS,
    ...(route.method === "post" ? CHANGES : []),
    ...(keyed ? KEYED : []),
  ];
  const good = Object.entries(route.responses).filter(
    ([, response]) => !Object.keys(examplesOf(response)).some(isCode),
  );
  const all: [string, Responses[string]][] = [...good, ...Object.entries(refusals(...codes))];
  return Object.fromEntries(all.map(([status, response]) => [status, withHeaders(status, response, keyed)]));
}

/** Once, when every route is mounted. */
export function complete({ definitions }: Registry): void {
  for (const definition of definitions) {
    if (definition.type !== "route") continue;
    const { route } = definition;
    const operationId = OPERATION_IDS[`${route.method.toUpperCase()} ${route.path}`];
    definition.route = { ...route, ...(operationId === undefined ? {} : { operationId }), responses: completed(route) };
  }
}
