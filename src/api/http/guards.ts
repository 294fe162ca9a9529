import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { illFormed, LEVELS_MAX, tooDeep } from "../../../rooms/kit/text.ts";
import { protoPath, unknownField } from "../../../rooms/kit/unknown-fields.ts";
import { settingsOf } from "../../env.ts";
import { limiterStub } from "../../objects/stubs.ts";
import { addressOf } from "./address.ts";
import type { AppEnv, Ctx } from "./context.ts";
import { Refused } from "./refusals.ts";

/** The middleware of every /api request before its route, in the order of app.ts. */

const BODY_BYTES_MAX = 16_384;

const SECURITY: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
  "referrer-policy": "same-origin",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};

/** Sets a request id of our own, never the client's, and the security headers that web/public/_headers gives to assets. */
export const headers = createMiddleware<AppEnv>(async (c, next) => {
  c.set("requestId", crypto.randomUUID());
  await next();
  if (c.res.status === 101) return;
  c.header("x-request-id", c.get("requestId"));
  for (const [name, value] of Object.entries(SECURITY)) c.header(name, value);
  if (c.res.headers.get("cache-control") === null) c.header("cache-control", "no-store");
});

/** A bad setting makes every request fail with an answer that names the setting. */
export const settings = createMiddleware<AppEnv>(async (c, next) => {
  c.set("settings", settingsOf(c.env));
  await next();
});

const changesNothing: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** Changes and sockets must come from our own origin or an allowed one: same scheme, host and port. Refused `bad_origin`. */
export const sameOrigin = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header("origin");
  const guarded = !changesNothing.has(c.req.method) || c.req.header("upgrade") !== undefined;
  if (guarded && origin !== undefined) {
    const ours = origin === new URL(c.req.url).origin || c.get("settings").ALLOWED_ORIGINS.includes(origin);
    if (!ours) throw new Refused("bad_origin");
  }
  await next();
});

const foreignPage = cors({
  origin: (origin) => origin,
  allowMethods: ["GET", "POST"],
  allowHeaders: ["authorization", "content-type", "idempotency-key", "if-player"],
  exposeHeaders: ["retry-after", "x-request-id", "idempotent-replayed"],
  credentials: true,
  maxAge: 600,
});

/** CORS: only pages of the allowed origins can read the answers. */
export const allowedPages = createMiddleware<AppEnv>(async (c, next) => {
  const origin = c.req.header("origin");
  const allowed = origin !== undefined && c.get("settings").ALLOWED_ORIGINS.includes(origin);
  return allowed ? foreignPage(c, next) : next();
});

/** Addresses of local development and tests: no request through Cloudflare has one. */
export const LOOPBACK: ReadonlySet<string> = new Set(["local", "127.0.0.1", "0:0:0:0::/64"]);
const GRANT = "grant";

/**
 * Makes a new player within the day's limit for the client address, because each new player gets a grant of play money. Refused
 * `too_many_grants`. Not counted: a refused attempt, and a repeat of a request that had already made the player.
 */
export async function withinGrants<T extends { readonly again?: boolean }>(c: Ctx, make: () => Promise<T>): Promise<T> {
  const address = addressOf(c.req.header("cf-connecting-ip"));
  const { GUEST_GRANT, LIMIT_GRANTS_PER_DAY } = c.get("settings");
  if (GUEST_GRANT === 0 || LOOPBACK.has(address)) return make();
  const limiter = limiterStub(c.env, address);
  const taken = await limiter.takeOfDay(GRANT, LIMIT_GRANTS_PER_DAY);
  if (!taken.ok) {
    const nextAt = Date.now() + taken.retryAfterMs;
    throw new Refused("too_many_grants", { nextAt, retryAfterS: Math.ceil(taken.retryAfterMs / 1_000) });
  }
  try {
    const made = await make();
    if (made.again === true) await limiter.giveBack(GRANT);
    return made;
  } catch (error) {
    if (error instanceof Refused) await limiter.giveBack(GRANT);
    throw error;
  }
}

const AUTH_PATHS: ReadonlySet<string> = new Set([
  "/api/auth/register",
  "/api/auth/login",
  "/api/auth/recover",
  "/api/auth/refresh",
]);

/** Exact rate limits by client address, separate for log-in, new guests and the rest of the API. Refused `rate_limited`. */
export const limits = createMiddleware<AppEnv>(async (c, next) => {
  const { LIMIT_AUTH_PER_MIN, LIMIT_GUEST_PER_MIN, LIMIT_API_PER_MIN } = c.get("settings");
  const [bucket, perMinute] = AUTH_PATHS.has(c.req.path)
    ? (["auth", LIMIT_AUTH_PER_MIN] as const)
    : c.req.path === "/api/auth/guest"
      ? (["guest", LIMIT_GUEST_PER_MIN] as const)
      : (["api", LIMIT_API_PER_MIN] as const);
  const address = addressOf(c.req.header("cf-connecting-ip"));
  const taken = await limiterStub(c.env, address).take(bucket, perMinute);
  if (!taken.ok) throw new Refused("rate_limited", { retryAfterS: Math.ceil(taken.retryAfterMs / 1_000) });
  await next();
});

/** An empty body counts as no body, whatever its headers say. */
export const emptyBody = createMiddleware<AppEnv>(async (c, next) => {
  const { raw } = c.req;
  if (
    !changesNothing.has(c.req.method) &&
    raw.headers.has("content-type") &&
    (await c.req.arrayBuffer()).byteLength === 0
  ) {
    const headers = new Headers(raw.headers);
    headers.delete("content-type");
    headers.delete("content-length");
    c.req.raw = new Request(raw.url, { method: raw.method, headers });
  }
  await next();
});

/**
 * Bodies must be JSON. Whether there is a body is decided by the headers, because a request without one may have an empty stream
 * after passing a proxy. Refused `not_json`.
 */
export const jsonOnly = createMiddleware<AppEnv>(async (c, next) => {
  const type = c.req.header("content-type");
  const hasBody = type !== undefined || (c.req.header("content-length") ?? "0") !== "0";
  if (!changesNothing.has(c.req.method) && hasBody && !/^application\/json\s*(;|$)/i.test(type ?? "")) {
    throw new Refused("not_json");
  }
  await next();
});

/**
 * Refuses bodies as `invalid_request` for faults that no schema checks: nesting too deep; an unpaired surrogate, which would be
 * stored as a different text; a field `__proto__`.
 */
export const soundBody = createMiddleware<AppEnv>(async (c, next) => {
  if (!changesNothing.has(c.req.method) && c.req.header("content-type") !== undefined) {
    const body: unknown = await c.req.json().catch(() => null);
    if (tooDeep(body)) {
      throw new Refused("invalid_request", { fields: { body: `nested deeper than ${LEVELS_MAX} levels` } });
    }
    const unknown = protoPath(body)?.join(".");
    if (unknown !== undefined) {
      throw new Refused("invalid_request", { fields: { [unknown]: unknownField("__proto__", []) } });
    }
    const field = illFormed(body)?.join(".");
    if (field !== undefined) {
      throw new Refused("invalid_request", {
        fields: { [field.toWellFormed() || "body"]: "half a character: not well-formed" },
      });
    }
  }
  await next();
});

export const smallBody = bodyLimit({
  maxSize: BODY_BYTES_MAX,
  onError: () => {
    throw new Refused("too_large");
  },
});
