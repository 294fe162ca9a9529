import type { Ctx } from "./http/context.ts";
import { identifyIfAny } from "./auth/identify.ts";
import { settingsOf } from "../env.ts";
import { limits } from "./http/guards.ts";
import { findRoom } from "./routes/find.ts";
import { Refused } from "./http/refusals.ts";

/**
 * The page's shell: what answers an address that is neither an asset nor the API's. It answers navigations alone: a script that is
 * not there must be a 404 and not a page, or a browser keeps the page for it. An address that is no page, and a room that is not
 * there, get the shell with 404, so that the reader sees the house and a crawler is not misled.
 */

/** Every page of web/app.tsx, by its pattern. */
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

/** What is the API's, whatever its case: no page begins like that. */
const NOT_A_PAGE = /^\/(api|docs|metrics|assets)(\/|$)/i;

/** A file's name at the end, `.js` or `.png`: nobody navigates there by hand. */
const A_FILE = /\.[a-z0-9]{1,8}$/i;

/** The parameters of the page at this path; null: it is none. */
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

/** Whether the request is somebody going to an address, by browser or by hand. */
export function isNavigation(method: string, path: string, header: (name: string) => string | undefined): boolean {
  if ((method !== "GET" && method !== "HEAD") || NOT_A_PAGE.test(path)) return false;
  const mode = header("sec-fetch-mode");
  if (mode !== undefined) return mode === "navigate";
  const accept = header("accept") ?? "*/*";
  return !A_FILE.test(path) && /text\/html|\*\/\*/.test(accept);
}

/** Whether there is something to see at the address: a page, and the room that it names. */
async function exists(c: Ctx): Promise<boolean> {
  const found = pageAt(decoded(c.req.path));
  if (found === null) return false;
  const { game, id } = found;
  if (game === undefined || id === undefined) return true;
  try {
    // An invited player is let in by the page, with the invitation.
    if (c.req.query("invite") !== undefined) return true;
    c.set("settings", settingsOf(c.env));
    await limits(c, async () => undefined);
    const me = await identifyIfAny(c);
    await findRoom(c.env, { game, id }, me?.profile.id ?? null);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.code === "unknown_room") return false;
    return true; // the house cannot tell just now: the page will
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The shell, with 200 for a page that is there and 404 for one that is not. */
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
