import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { AppEnv, Ctx, Me } from "../http/context.ts";
import { keyOf } from "../http/idempotency.ts";
import { Refused } from "../http/refusals.ts";
import { playerStub } from "../../objects/stubs.ts";
import { tokenEnd, useOf } from "./lifetime.ts";
import { readSession, signSession, type SessionClaims } from "./token.ts";

/** Finds the player of a request, by bearer token or by the page's cookie. */

const COOKIE = "croupier";
/** The player id that a page expects: windows share a cookie, and someone else may have logged in in another window. */
const MEANT = "if-player";

/** `__Host-` over TLS, so that no other host or path and no plain connection can have set the cookie. */
const cookieOf = (c: Ctx): { name: string; secure: boolean } => {
  const secure = new URL(c.req.url).protocol === "https:";
  return { name: secure ? `__Host-${COOKIE}` : COOKIE, secure };
};

export function keepCookie(c: Ctx, token: string, expiresAt = tokenEnd()): void {
  const { name, secure } = cookieOf(c);
  setCookie(c, name, token, { path: "/", httpOnly: true, sameSite: "Strict", secure, expires: new Date(expiresAt) });
}

/** Extends the cookie of the same session, since cookies expire too. Only when a page asks who it is: see `identify`. */
async function renewCookie(c: Ctx, { sub, sid }: SessionClaims): Promise<void> {
  const end = tokenEnd();
  keepCookie(c, await signSession(c.get("settings").AUTH_SECRET, { sub, sid, exp: end / 1_000 }), end);
}

export function dropCookie(c: Ctx): void {
  const { name, secure } = cookieOf(c);
  deleteCookie(c, name, { path: "/", httpOnly: true, sameSite: "Strict", secure });
}

function tokenOf(c: Ctx): string | null {
  const header = c.req.header("authorization");
  if (header !== undefined) return /^Bearer ([\w.-]+)$/i.exec(header)?.[1] ?? "";
  return getCookie(c, cookieOf(c).name) ?? null;
}

/**
 * Null: no token. Refused `unauthenticated` for an invalid one. An invalid cookie is deleted only when a page asks who it is
 * (GET /api/auth/session): the answer to an older request must not delete the cookie of a log-in that happened since.
 */
export async function identify(c: Ctx): Promise<Me | null> {
  const token = tokenOf(c);
  if (token === null) return null;
  const claims = await readSession(c.get("settings").AUTH_SECRET, token);
  const asked = c.req.path === "/api/auth/session";
  const use = useOf(c.get("settings"), asked);
  const known = claims === null ? null : await playerStub(c.env, claims.sub).session(claims.sid, use);
  const fromPage = c.req.header("authorization") === undefined;
  if (claims === null || known === null) {
    if (asked && fromPage) dropCookie(c);
    throw new Refused("unauthenticated");
  }
  const meant = c.req.header(MEANT);
  if (meant !== undefined && meant !== known.profile.id) throw new Refused("other_player");
  if (asked && fromPage) await renewCookie(c, claims);
  return { ...known, session: claims.sid };
}

/** For calls open to all: a page with an expired cookie is treated as not signed in, but a bad bearer token is still refused. */
export async function identifyIfAny(c: Ctx): Promise<Me | null> {
  try {
    return await identify(c);
  } catch (error) {
    const fromPage = c.req.header("authorization") === undefined;
    if (fromPage && error instanceof Refused && error.code === "unauthenticated") return null;
    throw error;
  }
}

/** The claims of the token, even if its session is over. Null: no token, or not one of ours. */
export async function claimed(c: Ctx): Promise<SessionClaims | null> {
  const token = tokenOf(c);
  return token === null ? null : readSession(c.get("settings").AUTH_SECRET, token);
}

/**
 * Like `signedIn`, for calls that may end their own session. If the session is over but the request's Idempotency-Key has already
 * taken effect, the request is let in, so that the retry gets its answer.
 */
export const signedInOrAgain = createMiddleware<AppEnv>(async (c, next) => {
  try {
    const me = await identify(c);
    if (me === null) throw new Refused("unauthenticated");
    c.set("me", me);
  } catch (error) {
    const key = keyOf(c);
    const claims = key === null ? null : await claimed(c);
    const profile = key === null || claims === null ? null : await playerStub(c.env, claims.sub).repeats(key);
    if (claims === null || profile === null) throw error;
    c.set("me", { profile, session: claims.sid, expiresAt: claims.exp * 1_000 });
  }
  await next();
});

export const signedIn = createMiddleware<AppEnv>(async (c, next) => {
  const me = await identify(c);
  if (me === null) throw new Refused("unauthenticated");
  c.set("me", me);
  await next();
});
