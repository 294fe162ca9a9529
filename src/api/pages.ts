import type { Ctx } from "./http/context.ts";
import { identifyIfAny } from "./auth/identify.ts";
import { settingsOf } from "../env.ts";
import { limits } from "./http/guards.ts";
import { findRoom } from "./routes/find.ts";
import { Refused } from "./http/refusals.ts";

/**
 * Serves the page's HTML shell at addresses that are neither an asset nor of the API, for navigations only: a missing script must
 * be a 404, or a browser would cache the HTML as that script. Unknown pages and unknown rooms get the shell with status 404, so
 * that people see the site and crawlers do not index them.
 */

/** Every page of web/app.tsx, by path pattern. */
export const PAGES: readonly string[] = [
  "/",
  "/operator",
  "/operator/*",
  "/rooms/:game/:id",
  "/rooms/:game/:id/rounds/:round",
  "/account",
  "/me",
  "/bets",
  "/boards",
  "/players/:id",
  "/health",
  "/architecture",
];

/** Prefixes of the API, in any case: no page starts with one. */
const NOT_A_PAGE = /^\/(api|docs|metrics|assets)(\/|$)/i;

/** A file name at the end, such as `.js` or `.png`: people do not navigate to these. */
const A_FILE = /\.[a-z0-9]{1,8}$/i;

/** The path parameters of the page at this path; null: no such page. */
export function pageAt(path: string): Readonly<Record<string, string>> | null {
  const parts = split(path);
  for (const pattern of PAGES) {
    const found = match(split(pattern), parts);
    if (found !== null) return found;
  }
  return null;
}

const split = (path: string): string[] => path.split("/").filter((part) => part !== "");

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | null {
  const open = pattern.at(-1) === "*";
  if (open ? parts.length < pattern.length : parts.length !== pattern.length) return null;
  const found: Record<string, string> = {};
  for (const [i, piece] of pattern.entries()) {
    const part = parts[i] ?? "";
    if (piece === "*") return found;
    if (piece.startsWith(":")) found[piece.slice(1)] = part;
    else if (piece !== part) return null;
  }
  return found;
}

/** Whether a person is navigating to this address, in a browser or with a tool such as curl. */
export function isNavigation(method: string, path: string, header: (name: string) => string | undefined): boolean {
  if ((method !== "GET" && method !== "HEAD") || NOT_A_PAGE.test(path)) return false;
  const mode = header("sec-fetch-mode");
  if (mode !== undefined) return mode === "navigate";
  const accept = header("accept") ?? "*/*";
  return !A_FILE.test(path) && /text\/html|\*\/\*/.test(accept);
}

/** Whether the page exists, and the room that it names. */
async function exists(c: Ctx): Promise<boolean> {
  const found = pageAt(decoded(c.req.path));
  if (found === null) return false;
  const { game, id } = found;
  if (game === undefined || id === undefined) return true;
  try {
    // With an invitation the page itself joins the room.
    if (c.req.query("invite") !== undefined) return true;
    c.set("settings", settingsOf(c.env));
    await limits(c, async () => undefined);
    const me = await identifyIfAny(c);
    await findRoom(c.env, { game, id }, me?.profile.id ?? null);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.code === "unknown_room") return false;
    return true; // cannot be checked right now: the page will find out
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The shell, with 200 for an existing page and 404 otherwise. */
export async function shell(c: Ctx): Promise<Response> {
  const there = await exists(c);
  const headers = new Headers();
  const etag = c.req.header("if-none-match");
  if (there && etag !== undefined) headers.set("if-none-match", etag);
  const asset = await c.env.ASSETS.fetch(new Request(new URL("/", c.req.url), { method: c.req.method, headers }));
  if (there || !asset.ok) return new Response(asset.body, asset);
  const page = new Response(asset.body, { status: 404, headers: asset.headers });
  page.headers.set("cache-control", "no-store");
  page.headers.delete("etag");
  return page;
}
