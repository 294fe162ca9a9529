import type { PlayerId } from "../../rooms/game.ts";
import type { Me } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { settingsOf, type Env } from "../env.ts";
import type { Arrival, Profile } from "../player.ts";
import type { NewSession } from "../player/sessions.ts";
import { accountStub, playerStub } from "../stubs.ts";
import { step } from "../steps.ts";
import { sessionEnd, tokenEnd } from "./lifetime.ts";
import { friendlyName, newPlayerId, playerIdOf, randomLetters } from "./random.ts";
import { signSession, type SessionClaims } from "./token.ts";
import { isReserved, type Username } from "./username.ts";

/**
 * The three ways in. Registering writes two objects, and may die between them:
 *
 *   1. `Account.claim`  the name now belongs to a player id: the guest's, or a new random one that nobody else has
 *   2. `Player.enter`   that player is created, or the guest is registered, and the session opened, in one commit
 *
 * Died before 1: nothing happened. Died after 1: the name is taken, and its player is still a guest or does not exist. Step 2
 * is the same call as a log-in's and harmless to repeat, so it is made good by the next log-in under that name, or by the
 * guest registering it again with the same password. Money is never at stake: a grant is given in the commit that
 * creates a player, and an upgrade moves nothing.
 *
 * One guest who registers two names at once gets the one that reaches the player first; the other is given back, at once, or,
 * had the Worker died, when somebody next logs in under it.
 */

export type Session = { readonly profile: Profile; readonly token: string; readonly expiresAt: number };

function newSession(env: Env): NewSession {
  return { id: randomLetters(26), expiresAt: sessionEnd(settingsOf(env)) };
}

async function tokenFor(env: Env, player: PlayerId, session: NewSession): Promise<string> {
  const claims = { sub: player, sid: session.id, exp: tokenEnd() / 1_000 };
  return signSession(settingsOf(env).AUTH_SECRET, claims);
}

/** Null: this player is registered under another name. Throws what the player's own limits have to say. */
async function enter(env: Env, who: Omit<Arrival, "grant" | "session">): Promise<Session | null> {
  const session = newSession(env);
  const entered = await playerStub(env, who.id).enter({ ...who, grant: settingsOf(env).GUEST_GRANT, session });
  if (!entered.ok) {
    if (entered.code === "already_registered") return null;
    throw new Refused(entered.code, { nextAt: entered.until });
  }
  return { profile: entered.profile, token: await tokenFor(env, who.id, session), expiresAt: session.expiresAt };
}

export async function enterAsGuest(env: Env): Promise<Session> {
  const session = await enter(env, { id: newPlayerId(), name: friendlyName(), account: null, replaces: null });
  if (session === null) throw new Error("a new player id was known already");
  return session;
}

/**
 * With a guest's session, that player keeps everything and the session is replaced. A new player's id comes of the request's key,
 * so that whoever lost the answer gets the same player again: with the same key, name and password.
 */
export async function register(
  env: Env,
  username: Username,
  password: string,
  guest: Me | null,
  key: string | null,
): Promise<Session> {
  if (guest !== null && guest.profile.account !== null) throw new Refused("already_registered");
  if (isReserved(username)) throw new Refused("username_taken");
  const { AUTH_SECRET } = settingsOf(env);
  const fresh = async (): Promise<PlayerId> =>
    key === null ? newPlayerId() : playerIdOf(AUTH_SECRET, `register ${username.folded} ${key}`);
  const id = guest?.profile.id ?? (await fresh());
  const account = accountStub(env, username.folded);
  const claimed = await account.claim(username.shown, password, id);
  if (!claimed.ok) throw new Refused(claimed.code);
  await step(env, "requests.between");
  const replaces = guest?.session ?? null;
  const session = await enter(env, { id, name: username.shown, account: username.folded, replaces });
  if (session !== null) return session;
  await account.release(id);
  throw new Refused("already_registered");
}

/**
 * A guest's session ends as they register, so whoever lost the answer asks again by one that is over: that is a log-in, when the name
 * is that player's. Null: it is not.
 */
export async function registerAgain(
  env: Env,
  username: Username,
  password: string,
  player: PlayerId,
): Promise<Session | null> {
  const owner = await accountStub(env, username.folded).whose();
  return owner?.player === player ? logIn(env, username, password) : null;
}

/** An unknown name and a wrong password get the same answer for the same work. */
export async function logIn(env: Env, username: Username, password: string): Promise<Session> {
  const account = accountStub(env, username.folded);
  const verified = await account.verify(password);
  if (!verified.ok) {
    if (verified.code === "invalid_credentials") throw new Refused("invalid_credentials");
    throw new Refused("too_many_attempts", { retryAfterS: Math.ceil(verified.retryAfterMs / 1_000) });
  }
  const { player: id, username: name } = verified;
  const session = await enter(env, { id, name, account: username.folded, replaces: null });
  if (session !== null) return session;
  await account.release(id);
  throw new Refused("invalid_credentials");
}

/** A new token for an old one, which is dead from then on; again under the same key it is that session's once more. */
export async function refresh(env: Env, { sub, sid }: SessionClaims, key: string | null): Promise<Session> {
  const renewed = await playerStub(env, sub).renew(sid, newSession(env), key);
  if (renewed === null) throw new Refused("unauthenticated");
  const { profile, session } = renewed;
  return { profile, token: await tokenFor(env, profile.id, session), expiresAt: session.expiresAt };
}
