import { actAs, ApiError, ask, onOther, tell } from "./client.ts";
import { registered, session, type Player } from "./shapes.ts";
import { kept } from "../ui/kept.ts";
import { Store, useStore } from "../ui/store.ts";

/**
 * The visitor's identity. A new visitor becomes a guest with play money at once, without being asked. All windows of a browser
 * share one session and agree on its player.
 */

export type Session =
  | { readonly state: "arriving" }
  | { readonly state: "here"; readonly player: Player }
  /** No player: logged out, or no guest could be made. The visitor may still watch. `closed`: excluded at their own request. */
  | {
      readonly state: "away";
      readonly why: string | null;
      readonly closed?: true;
      /** The server could not be reached. */
      readonly failed?: true;
    };

const current = new Store<Session>({ state: "arriving" });
let entering: Promise<Session> | null = null;
/** A log-out is in progress. */
let leaving = false;

export const sessionNow = current.get;
export const onSession = current.subscribe;

export function useSession(): Session {
  return useStore(current);
}

/** The player; null: none. */
export function usePlayer(): Player | null {
  const now = useSession();
  return now.state === "here" ? now.player : null;
}

/** Resumes the browser's session, or makes a new visitor a guest. Concurrent calls share one attempt. */
export function enter(): Promise<Session> {
  entering ??= arrive(false).finally(() => {
    entering = null;
  });
  return entering;
}

/** Starts as a new guest at the visitor's request, even if they had an account. */
export async function enterAnew(): Promise<Session> {
  await entering;
  entering = arrive(true).finally(() => {
    entering = null;
  });
  return entering;
}

/** Called when the server no longer knows the session. A registered player is not turned into a guest without being asked. */
export async function comeBack(): Promise<Session> {
  return leaving ? settle({ state: "away", why: null }) : enter();
}

async function arrive(anew: boolean): Promise<Session> {
  try {
    const known = await ask("GET /api/auth/session", session).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    });
    if (known !== null) return settle({ state: "here", player: known.player });
    const closed = closedNow();
    if (closed !== null) return settle({ state: "away", why: closed, closed: true });
    const before = lastHere();
    if (before !== null && !anew) return settle({ state: "away", why: overWords(before) });
    const { player } = await ask("POST /api/auth/guest", session);
    return settle({ state: "here", player });
  } catch (error) {
    // A network error does not log anybody out.
    const now = current.get();
    if (now.state === "here") return now;
    return settle({ state: "away", why: error instanceof Error ? error.message : null, failed: true });
  }
}

/** Registers. A guest keeps their balance. Returns the recovery code. */
export async function register(username: string, password: string): Promise<string> {
  const { player, recoveryCode } = await ask("POST /api/auth/register", registered, { body: { username, password } });
  settle({ state: "here", player });
  return recoveryCode;
}

export async function logIn(username: string, password: string): Promise<void> {
  const { player } = await ask("POST /api/auth/login", session, { body: { username, password } });
  settle({ state: "here", player });
}

export async function logOut(everywhere: boolean): Promise<void> {
  leaving = true;
  try {
    await tell("POST /api/auth/logout", { body: { everywhere } });
    remember({ ...lastHere(), out: true });
    settle({ state: "away", why: null });
  } finally {
    leaving = false;
  }
}

// ---- excluded at the player's own request ----

const CLOSED = "croupier.closed";

/**
 * Logs an excluded player out. Until `until` (epoch milliseconds) this browser does not make them a guest automatically. `why` is
 * the message on the page instead.
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
  if (next.state === "here") remember(next.player);
  actAs(idOf(next));
  current.set(next);
  return next;
}

const idOf = (session: Session): string | null => (session.state === "here" ? session.player.id : null);

/** Identifies a player and their name, since a guest's name may change. */
const markOf = ({ id, username }: Was): string => `${id} ${username}`;
export function markNow(): string | null {
  const now = current.get();
  return now.state === "here" ? markOf(now.player) : null;
}

// ---- the last player of this browser ----

export const WHO = "croupier.who";
/** `out`: the player logged out deliberately. */
type Was = Partial<Player> & { readonly out?: true };
let was: Was | null = null;

function remember(who: Was): void {
  if (was?.id === who.id && was?.username === who.username && was?.out === who.out) return;
  was = who;
  kept.set(WHO, JSON.stringify(who));
}

/** Null: this browser remembers no player. */
function lastHere(): Was | null {
  const last = kept.json(WHO);
  return typeof last === "object" && last !== null ? last : was;
}

function overWords({ guest, username, out }: Was): string | null {
  if (out === true) return null;
  if (guest !== true) return "You were signed out. Log in to go on.";
  return `${username ?? "The guest"} is signed out: that visit is over, and a guest has no password to come back with.`;
}

/** Another window logged in or out: asks the server for the browser's session before doing anything else. */
export function agree(mark: string | null): void {
  void (entering ?? Promise.resolve()).then(() => {
    if (current.get().state !== "arriving" && mark !== markNow()) void enter();
  });
}

/** Compares this window with the last player stored in the browser, and updates the session if they differ. */
export function look(): void {
  const last = lastHere();
  if (last !== null) agree(last.out === true ? null : markOf(last));
}

// The server refused a request because the session belongs to another player now.
onOther(() => void enter());
