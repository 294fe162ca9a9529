import { actAs, ApiError, ask, onOther, tell } from "./client.ts";
import { registered, session, type Player } from "./shapes.ts";
import { kept } from "../ui/kept.ts";
import { Store, useStore } from "../ui/store.ts";

/**
 * Who the visitor is. Nobody is asked for anything first: a new visitor becomes a guest with play money at once. All windows of
 * a browser have one session: they agree on whose it is at once.
 */

export type Session =
  | { readonly state: "arriving" }
  | { readonly state: "here"; readonly player: Player }
  /** Nobody: logged out, or no guest could be made. They may still watch. `closed`: they asked to be kept out. */
  | {
      readonly state: "away";
      readonly why: string | null;
      readonly closed?: true;
      /** The house could not be asked. */
      readonly failed?: true;
    };

const current = new Store<Session>({ state: "arriving" });
let entering: Promise<Session> | null = null;
/** A log-out is under way. */
let leaving = false;

export const sessionNow = current.get;
export const onSession = current.subscribe;

export function useSession(): Session {
  return useStore(current);
}

/** The player, or null while there is none. */
export function usePlayer(): Player | null {
  const now = useSession();
  return now.state === "here" ? now.player : null;
}

/** Resumes the session that the browser has; who was nobody here before begins as a guest. Asking again while it runs joins the first. */
export function enter(): Promise<Session> {
  entering ??= arrive(false).finally(() => {
    entering = null;
  });
  return entering;
}

/** The visitor asked to begin anew, as a guest: whoever they were here before. */
export async function enterAnew(): Promise<Session> {
  await entering;
  entering = arrive(true).finally(() => {
    entering = null;
  });
  return entering;
}

/** The house knows this session no more. Nobody who was somebody is made a guest behind their back. */
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
    // Nobody is put out because the line is down.
    const now = current.get();
    if (now.state === "here") return now;
    return settle({ state: "away", why: error instanceof Error ? error.message : null, failed: true });
  }
}

/** A guest keeps their balance. Gives the recovery code. */
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

// ---- kept out by their own choice ----

const CLOSED = "croupier.closed";

/**
 * A player who asked to be excluded is logged out, and until then (epoch milliseconds) this browser makes no guest of them behind
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
  if (next.state === "here") remember(next.player);
  actAs(idOf(next));
  current.set(next);
  return next;
}

const idOf = (session: Session): string | null => (session.state === "here" ? session.player.id : null);

/** Which player, and under which name: a guest may take one. */
const markOf = ({ id, username }: Was): string => `${id} ${username}`;
export function markNow(): string | null {
  const now = current.get();
  return now.state === "here" ? markOf(now.player) : null;
}

// ---- who was here ----

export const WHO = "croupier.who";
/** `out`: they logged out themselves. */
type Was = Partial<Player> & { readonly out?: true };
let was: Was | null = null;

function remember(who: Was): void {
  if (was?.id === who.id && was?.username === who.username && was?.out === who.out) return;
  was = who;
  kept.set(WHO, JSON.stringify(who));
}

/** Null: nobody, as far as this browser remembers. */
function lastHere(): Was | null {
  const last = kept.json(WHO);
  return typeof last === "object" && last !== null ? last : was;
}

function overWords({ guest, username, out }: Was): string | null {
  if (out === true) return null;
  if (guest !== true) return "You were signed out. Log in to go on.";
  return `${username ?? "The guest"} is signed out: that visit is over, and a guest has no password to come back with.`;
}

/** In another window somebody came or went: whose session the browser has now is asked before anything else is done here. */
export function agree(mark: string | null): void {
  void (entering ?? Promise.resolve()).then(() => {
    if (current.get().state !== "arriving" && mark !== markNow()) void enter();
  });
}

/** Whoever was here last is not any more, or is: as this browser remembers it. */
export function look(): void {
  const last = lastHere();
  if (last !== null) agree(last.out === true ? null : markOf(last));
}

// The house was asked in the name of somebody whose session this is no more.
onOther(() => void enter());
