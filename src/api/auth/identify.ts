import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { createMiddleware } from "hono/factory";
import type { AppEnv, Ctx, Me } from "../http/context.ts";
import { keyOf } from "../http/idempotency.ts";
import { Refused } from "../http/refusals.ts";
import { playerStub } from "../../objects/stubs.ts";
import { tokenEnd, useOf } from "./lifetime.ts";
import { readSession, signSession, type SessionClaims } from "./token.ts";

/** From a request to its player: a bearer token, or the page's cookie. */

const COOKIE = "croupier";
/** Whom a page takes its visitor for: windows share a cookie, and somebody else may have logged in in another. */
const MEANT = "if-player";

/** `__Host-` where there is TLS: no other host, path or plain connection can have set it. */
const cookieOf = (c: Ctx): { name: string; secure: boolean } => {
  const secure = new URL(c.req.url).protocol === "https:";
  return { name: secure ? `__Host-${COOKIE}` : COOKIE, secure };
};

export function keepCookie(c: Ctx, token: string, expiresAt = tokenEnd()): void {
  const { name, secure } = cookieOf(c);
  setCookie(c, name, token, { path: "/", httpOnly: true, sameSite: "Strict", secure, expires: new Date(expiresAt) });
}

/** The same session's, for as long again: a cookie has an end too. Only where a page asks who it is, see `identify`. */
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
 * Null: no token at all. `unauthenticated`: one that is not good. A cookie with it is taken back where a page asks who it is, and nowhere
 * else: the answer to a request that left before somebody signed up would take away the cookie that they have got since.
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

/** For what everybody may read: a page whose cookie has just run out reads on as a stranger; a bad bearer token is told. */
export async function identifyIfAny(c: Ctx): Promise<Me | null> {
  try {
    return await identify(c);
  } catch (error) {
    const fromPage = c.req.header("authorization") === undefined;
    if (fromPage && error instanceof Refused && error.code === "unauthenticated") return null;
    throw error;
  }
}

/** Whose token it is, though its session may be over. Null: there is none, or it is none of ours. */
export async function claimed(c: Ctx): Promise<SessionClaims | null> {
  const token = tokenOf(c);
  return token === null ? null : readSession(c.get("settings").AUTH_SECRET, token);
}

/**
 * As `signedIn`, for what may end the very session that asks for it: a repeat under its Idempotency-Key is heard once more, so that
 * it gets its answer.
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
