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
 * How every call is described and guarded. A route says who may call it, what it takes and what it refuses by itself; what a request
 * may meet before it gets there (http/guards.ts, http/idempotency.ts, auth) follows from that.
 */

/** `visitor`: with a session or without; `player`: with one; else an operator's role or a higher one. Missing: anybody. */
export type Caller = "visitor" | "player" | Role;

type Config = Omit<RouteConfig, "security" | "operationId"> & {
  /** The call's name for generated clients: it stays when words change. */
  readonly operationId: string;
  readonly caller?: Caller;
  /** Besides what any call with such a caller and such a request may be told. */
  readonly refuses?: readonly RefusalCode[];
};

export const idempotencyHeader = z.object({
  "idempotency-key": z.string().optional().openapi({
    description: "A repeat within 24 hours gets the first answer and does nothing.",
    example: "6b1f0c9e-1",
    pattern: KEY.source,
  }),
});

/** Of calls whose answer holds a token, which is kept nowhere. */
export const sameAgainHeader = z.object({
  "idempotency-key": z.string().optional().openapi({
    description:
      "Hard to guess, like a token. Whoever lost the answer asks again under the same key, and gets what came of it.",
    example: "6b1f0c9e-8d1f-4a77-9c51-2f0f5b1f6a11",
    pattern: KEY.source,
  }),
});

/** `invalid_request`: no call takes a parameter that it does not have. */
const ALWAYS = ["rate_limited", "internal", "bad_settings", "invalid_request"] as const;
const OF_SESSIONS = ["unauthenticated", "other_player"] as const;
const OF_OPERATORS = ["not_an_operator", "role_too_low"] as const;
const OF_CHANGES = ["bad_origin", "malformed_json", "not_json", "too_large"] as const;
const OF_KEYS = ["idempotency_conflict", "idempotency_busy", "too_many_keys"] as const;
type CommonCode =
  | (typeof ALWAYS | typeof OF_SESSIONS | typeof OF_OPERATORS | typeof OF_CHANGES | typeof OF_KEYS)[number]
  | "audit_unavailable";

const isRole = (caller: Caller | undefined): caller is Role => ROLES.some((role) => role === caller);

/** A bearer token or the page's cookie is needed, or may be there; or an operator's key, as a bearer token. */
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
 * Nothing that is sent is left out in silence: a parameter of the query that the route does not have is refused, and so are the
 * fields of a body where none is taken. Bodies themselves are strict objects. `middleware`, where it is said, stands for what follows
 * from `caller` and the headers.
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
