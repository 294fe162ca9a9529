import { createRoute as routeOf, z, type RouteConfig } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono/types";
import { signedIn } from "../auth/identify.ts";
import { operator } from "../auth/operator.ts";
import { ROLES, type Role } from "../auth/roles.ts";
import type { AppEnv } from "./context.ts";
import { idempotent, KEY } from "./idempotency.ts";
import { noFields } from "./no-fields.ts";
import { refusals, type RefusalCode, type Refusals } from "./refusals.ts";

/**
 * Describes and guards every call. A route states its caller, its input and its own refusals. Guards, common refusals and
 * documentation (http/guards.ts, http/idempotency.ts, auth) follow from that.
 */

/** `visitor`: session optional; `player`: session required; a role: an operator of that role or higher. Missing: anybody. */
export type Caller = "visitor" | "player" | Role;

type Config = Omit<RouteConfig, "security" | "operationId"> & {
  /** The call's name in generated clients: it must not change when texts do. */
  readonly operationId: string;
  readonly caller?: Caller;
  /** Refusals of this route besides the common ones. */
  readonly refuses?: readonly RefusalCode[];
};

export const idempotencyHeader = z.object({
  "idempotency-key": z.string().optional().openapi({
    description: "A repeat within 24 hours gets the first answer and does nothing.",
    example: "6b1f0c9e-1",
    pattern: KEY.source,
  }),
});

/** For calls whose answer holds a token: the answer is not stored, but made again for a repeat under the same key. */
export const sameAgainHeader = z.object({
  "idempotency-key": z.string().optional().openapi({
    description:
      "Hard to guess, like a token. Whoever lost the answer asks again under the same key, and gets what came of it.",
    example: "6b1f0c9e-8d1f-4a77-9c51-2f0f5b1f6a11",
    pattern: KEY.source,
  }),
});

/** `invalid_request` is always possible: every call refuses unknown query parameters. */
const ALWAYS = ["rate_limited", "internal", "bad_settings", "invalid_request"] as const;
const OF_SESSIONS = ["unauthenticated", "other_player"] as const;
const OF_OPERATORS = ["not_an_operator", "role_too_low"] as const;
const OF_CHANGES = ["bad_origin", "malformed_json", "not_json", "too_large"] as const;
const OF_KEYS = ["idempotency_conflict", "idempotency_busy", "too_many_keys"] as const;
type CommonCode =
  | (typeof ALWAYS | typeof OF_SESSIONS | typeof OF_OPERATORS | typeof OF_CHANGES | typeof OF_KEYS)[number]
  | "audit_unavailable";

const isRole = (caller: Caller | undefined): caller is Role => ROLES.some((role) => role === caller);

/** Security in the OpenAPI document: a bearer token or the page's cookie, required or optional; or an operator's bearer key. */
function securityOf(caller: Caller | undefined): { security?: Record<string, string[]>[] } {
  if (caller === undefined) return {};
  if (isRole(caller)) return { security: [{ operator: [] }] };
  const session: Record<string, string[]>[] = [{ bearer: [] }, { cookie: [] }];
  return { security: caller === "visitor" ? [{}, ...session] : session };
}

function guardsOf(caller: Caller | undefined, keyed: boolean): MiddlewareHandler<AppEnv>[] {
  if (isRole(caller)) return [operator(caller)];
  return [...(caller === "player" ? [signedIn] : []), ...(keyed ? [idempotent] : [])];
}

function codesOf({ caller, method, refuses = [] }: Config, keyed: boolean): RefusalCode[] {
  const changes = method !== "get";
  const own = isRole(caller) ? OF_OPERATORS : caller === undefined ? [] : OF_SESSIONS;
  return [
    ...own,
    ...(isRole(caller) && changes ? (["audit_unavailable"] as const) : []),
    ...(changes ? OF_CHANGES : []),
    ...refuses,
    ...ALWAYS,
    ...(keyed ? OF_KEYS : []),
  ];
}

const HEADERS = {
  "x-request-id": { description: "Name it when you ask us about this request.", schema: { type: "string" } },
} as const;
const RETRY = { "retry-after": { description: "Seconds.", schema: { type: "integer" } } } as const;
const REPLAYED = {
  "idempotent-replayed": { description: "`true`: this is the first answer once more.", schema: { type: "string" } },
} as const;

type Responses = RouteConfig["responses"];

function withHeaders(responses: Responses, keyed: boolean): Responses {
  const all = Object.entries(responses).map(([status, response]) => {
    if (!("description" in response) || status === "101") return [status, response];
    const retry = status === "429" || status === "409" || status === "403" ? RETRY : {};
    return [status, { ...response, headers: { ...HEADERS, ...retry, ...(keyed ? REPLAYED : {}) } }];
  });
  return Object.fromEntries(all) as Responses;
}

type OwnCode<R> = R extends { readonly refuses: readonly (infer Code extends RefusalCode)[] } ? Code : never;
type Answers<R extends Config> = R["responses"] & Omit<Refusals<OwnCode<R> | CommonCode>, keyof R["responses"]>;
type Path<P extends string> = ReturnType<ReturnType<typeof routeOf<P, RouteConfig & { path: P }>>["getRoutingPath"]>;

/**
 * Input is never ignored: unknown query parameters are refused, and so are fields where no body is taken. Schemas of bodies must
 * be strict objects. `middleware`, where given, replaces the guards that follow from `caller` and the headers.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- so that a path is inferred as the text that it is
export function createRoute<P extends string, R extends Config & { path: P }>(
  config: R,
): Omit<R, "responses" | "caller" | "refuses"> & { responses: Answers<R>; getRoutingPath: () => Path<R["path"]> } {
  const { caller, refuses: _, middleware, description, ...route }: Config = config;
  const { method, request, responses } = route;
  const keyed = request?.headers === idempotencyHeader;
  const query = request?.query instanceof z.ZodObject ? request.query.strict() : (request?.query ?? z.strictObject({}));
  const before = [middleware ?? guardsOf(caller, keyed)].flat();
  const bare = method !== "get" && request?.body === undefined;
  const words = [description, isRole(caller) ? `Role: ${caller}.` : undefined].filter((one) => one !== undefined);
  return routeOf({
    ...route,
    ...(words.length === 0 ? {} : { description: words.join(" ") }),
    ...securityOf(caller),
    request: { ...request, query },
    middleware: bare ? [...before, noFields] : before,
    responses: withHeaders({ ...responses, ...refusals(codesOf(config, keyed)) }, keyed),
  }) as never;
}
