import { useSyncExternalStore } from "react";
import { ApiError, ask, tell } from "./client.ts";
import { session, type Player } from "./shapes.ts";
import { kept } from "../ui/kept.ts";

/** Who the visitor is. Nobody is asked for anything first: who has no session becomes a guest with play money at once. */

export type Session =
  | { readonly state: "arriving" }
  | { readonly state: "here"; readonly player: Player }
  /** Nobody: logged out, or no guest could be made. They may still watch. `closed`: they wished to be kept out. */
  | { readonly state: "away"; readonly why: string | null; readonly closed?: true };

let current: Session = { state: "arriving" };
let entering: Promise<Session> | null = null;
/** A log-out is under way. */
let leaving = false;
const listeners = new Set<() => void>();

export function sessionNow(): Session {
  return current;
}

export function onSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): Session {
  return useSyncExternalStore(onSession, sessionNow);
}

/** The player, or null while there is none. */
export function usePlayer(): Player | null {
  const now = useSession();
  return now.state === "here" ? now.player : null;
}

/** Resumes the session that the browser has, or begins a guest's. Asking again while it runs joins the first. */
export function enter(): Promise<Session> {
  entering ??= arrive().finally(() => {
    entering = null;
  });
  return entering;
}

/** The house knows this session no more: a guest begins anew, and who has a name is not made a guest behind their back. */
export async function comeBack(): Promise<Session> {
  if (leaving) return settle({ state: "away", why: null });
  if (current.state !== "here" || current.player.guest) return enter();
  return settle({ state: "away", why: "You were signed out. Log in to go on." });
}

async function arrive(): Promise<Session> {
  try {
    const known = await ask("GET /api/auth/session", session).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    });
    const closed = known === null ? closedNow() : null;
    if (closed !== null) return settle({ state: "away", why: closed, closed: true });
    const { player } = known ?? (await ask("POST /api/auth/guest", session));
    return settle({ state: "here", player });
  } catch (error) {
    return settle({ state: "away", why: error instanceof Error ? error.message : null });
  }
}

/** A guest keeps their balance. */
export async function register(username: string, password: string): Promise<void> {
  const { player } = await ask("POST /api/auth/register", session, { body: { username, password } });
  settle({ state: "here", player });
}

export async function logIn(username: string, password: string): Promise<void> {
  const { player } = await ask("POST /api/auth/login", session, { body: { username, password } });
  settle({ state: "here", player });
}

export async function logOut(everywhere: boolean): Promise<void> {
  leaving = true;
  try {
    await tell("POST /api/auth/logout", { body: { everywhere } });
    settle({ state: "away", why: null });
  } finally {
    leaving = false;
  }
}

// ---- kept out by one's own wish ----

const CLOSED = "croupier.closed";

/**
 * Who had themselves kept out is logged out, and until then (epoch milliseconds) this browser makes no guest of them behind
 * their back. `why`: what the page says instead.
 */
export function noteClosed(until: number, why: string): void {
  kept.set(CLOSED, JSON.stringify([until, why]));
  settle({ state: "away", why, closed: true });
}

function closedNow(): string | null {
  const noted = kept.json(CLOSED);
  if (Array.isArray(noted)) {
    const [until, why]: unknown[] = noted;
    if (typeof until === "number" && typeof why === "string" && until > Date.now()) return why;
  }
  kept.remove(CLOSED);
  return null;
}

function settle(next: Session): Session {
  current = next;
  for (const listener of listeners) listener();
  return next;
}
