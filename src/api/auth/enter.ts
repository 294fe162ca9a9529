import type { PlayerId } from "../../../rooms/game.ts";
import type { Denied } from "../../objects/account.ts";
import { successorOf, type Guesser } from "../../objects/account/tries.ts";
import type { Me } from "../http/context.ts";
import { Refused } from "../http/refusals.ts";
import { settingsOf, type Env } from "../../env.ts";
import type { Arrival, Entered } from "../../objects/player/arrivals.ts";
import type { Profile } from "../../objects/player/profile.ts";
import type { NewSession } from "../../objects/player/sessions.ts";
import { accountStub, lookStub, playerStub } from "../../objects/stubs.ts";
import { step } from "../../steps.ts";
import { sessionEnd, tokenEnd } from "./lifetime.ts";
import { friendlyName, lettersOf, newPlayerId, playerIdOf, randomLetters } from "./random.ts";
import { signSession, type SessionClaims } from "./token.ts";
import { lookOf } from "./look-alikes.ts";
import { hashOfCode, newRecoveryCode, recoveryCodeFor } from "./recovery.ts";
import { isReserved } from "./reserved.ts";
import type { Username } from "./username.ts";

/**
 * Registration, log-in and guest entry. Registering writes to three objects, and the Worker may die between the writes:
 *
 *   0. `Account.hold`   reserves the look of the name. An abandoned registration blocks the look for a short time only.
 *   1. `Account.claim`  assigns the name to a player id: the guest's, or a new random one
 *   2. `Player.enter`   creates the player, or registers the guest, and opens the session, in one commit
 *
 * Death before 1: nothing happened. Death after 1: the name is taken, and its player is still a guest or does not exist. Step 2
 * is idempotent and is the same call as in a log-in. So the next log-in under that name completes it, or the guest does by
 * registering it again with the same password. Money is never at risk: a grant is given in the commit that creates a player,
 * and an upgrade from guest to registered player moves no money.
 *
 * A guest who registers two names at once gets the one that reaches the Player object first. The other name is released at
 * once or, if the Worker died, at the next log-in under it.
 */

export type Session = {
  readonly profile: Profile;
  readonly session: string;
  readonly token: string;
  readonly expiresAt: number;
  /** The session already existed: this request is a repeat and gets the first request's result. */
  readonly again?: boolean;
};

const SESSION_CHARS = 26;

function newSession(env: Env): NewSession {
  return { id: randomLetters(SESSION_CHARS), expiresAt: sessionEnd(settingsOf(env)) };
}

async function welcomed(env: Env, profile: Profile, { id, expiresAt }: NewSession): Promise<Session> {
  const claims = { sub: profile.id, sid: id, exp: tokenEnd() / 1_000 };
  return { profile, session: id, token: await signSession(settingsOf(env).AUTH_SECRET, claims), expiresAt };
}

/** Null: this player is registered under another name. Throws `Refused` when the player's own limits forbid entering. */
async function enter(
  env: Env,
  who: Omit<Arrival, "grant" | "session">,
  session = newSession(env),
): Promise<Session | null> {
  const entered = await playerStub(env, who.id).enter({ ...who, grant: settingsOf(env).GUEST_GRANT, session });
  return outcome(env, entered, session);
}

async function outcome(env: Env, entered: Entered, session: NewSession): Promise<Session | null> {
  if (!entered.ok) {
    if (entered.code === "already_registered") return null;
    throw new Refused(entered.code, "until" in entered ? { nextAt: entered.until } : {});
  }
  const { profile, again } = entered;
  if (again === undefined) return welcomed(env, profile, session);
  return { ...(await welcomed(env, profile, { ...session, ...again })), again: true };
}

/** The player and session ids derived from the Idempotency-Key of a new-guest request and its client address. */
export type GuestRequest = { readonly id: PlayerId; readonly session: string };

export async function guestRequest(env: Env, address: string, key: string): Promise<GuestRequest> {
  const { AUTH_SECRET } = settingsOf(env);
  const text = JSON.stringify(["guest", address, key]);
  const id = await playerIdOf(AUTH_SECRET, text);
  return { id, session: await lettersOf(AUTH_SECRET, `session ${text}`, SESSION_CHARS) };
}

/** For how long a repeat under the same key returns the same guest. */
export const GUEST_AGAIN_MS = 600_000;

/** The guest made by an earlier request under this key; null: none. Refused `idempotency_conflict` when it is no longer valid. */
export async function guestAgain(env: Env, { id, session }: GuestRequest): Promise<Session | null> {
  const before = await playerStub(env, id).enteredBefore(session, GUEST_AGAIN_MS);
  return before === null ? null : outcome(env, before, { ...newSession(env), id: session });
}

export async function enterAsGuest(env: Env, request: GuestRequest | null): Promise<Session> {
  const guest = { id: request?.id ?? newPlayerId(), name: friendlyName(), account: null, replaces: null };
  const entered =
    request === null
      ? await enter(env, guest)
      : await enter(env, { ...guest, againMs: GUEST_AGAIN_MS }, { ...newSession(env), id: request.session });
  if (entered === null) throw new Error("a new player id was known already");
  return entered;
}

export type Registered = Session & { readonly recoveryCode: string };

/**
 * With a guest's session, that player keeps everything and the session is replaced. A new player's id is derived from the
 * request's key, so that a client that lost the answer gets the same player by repeating the same key, name and password.
 */
export async function register(
  env: Env,
  username: Username,
  password: string,
  guest: Me | null,
  { device }: Guesser,
  key: string | null,
): Promise<Registered> {
  if (guest !== null && guest.profile.account !== null) throw new Refused("already_registered");
  if (isReserved(username)) throw taken("That name is kept for the house. Another one?");
  await takeLook(env, username);
  const { AUTH_SECRET } = settingsOf(env);
  const fresh = async (): Promise<PlayerId> =>
    key === null ? newPlayerId() : playerIdOf(AUTH_SECRET, `register ${username.folded} ${key}`);
  const id = guest?.profile.id ?? (await fresh());
  const account = accountStub(env, username.folded);
  const recoveryCode = await codeOfRegistration(env, username, key);
  const recovery = await hashOfCode(recoveryCode);
  const claimed = await account.claim(username.shown, { password, device, recovery }, id);
  if (!claimed.ok) throw taken("Somebody has that name. Another one?");
  await step(env, "requests.between");
  const replaces = guest?.session ?? null;
  const session = await enter(env, { id, name: username.shown, account: username.folded, replaces });
  if (session !== null) return { ...session, recoveryCode };
  await account.release(id);
  throw new Refused("already_registered");
}

/** Derived from the key if there is one: a repeat returns the same code, so a code that was already shown stays valid. */
const codeOfRegistration = async (env: Env, { folded }: Username, key: string | null): Promise<string> =>
  key === null ? newRecoveryCode() : recoveryCodeFor(settingsOf(env).AUTH_SECRET, ["register", folded, key]);

const taken = (message: string): Refused => new Refused("username_taken", { message, fields: { username: message } });

/** Of two names that look the same, only one can be registered. Refused `username_taken`. */
async function takeLook(env: Env, { folded, look }: Username): Promise<void> {
  const isSomebodys = async (name: string): Promise<boolean> => (await accountStub(env, name).whose()) !== null;
  const stub = lookStub(env, look);
  const alike = "Somebody has a name that looks like this one. Another one?";
  // Names registered before looks were stored have no Look record: check the account whose name equals the look.
  if (look !== folded && (await isSomebodys(look))) throw taken(alike);
  const { folded: holder, sure } = await stub.hold(folded, null);
  if (holder === folded) return;
  if (!sure || (await isSomebodys(holder))) throw taken(alike);
  const held = await stub.hold(folded, holder);
  if (held.folded !== folded) throw taken(alike);
}

/**
 * Registering ends the guest's session. A client that lost the answer repeats the request with the ended session: that is treated
 * as a log-in if the name belongs to that session's player. Null: it does not.
 */
export async function registerAgain(
  env: Env,
  username: Username,
  password: string,
  player: PlayerId,
  guesser: Guesser,
  key: string | null,
): Promise<Registered | null> {
  const account = accountStub(env, username.folded);
  if ((await account.whose())?.player !== player) return null;
  const session = await logIn(env, username, password, guesser);
  const recoveryCode = await codeOfRegistration(env, username, key);
  const renewed = await account.renewRecovery(password, await hashOfCode(recoveryCode), session.session, null);
  if (!renewed.ok) throw denied(renewed, "invalid_credentials");
  return { ...session, recoveryCode };
}

type Wrong = "invalid_credentials" | "bad_recovery_code";

function denied(answer: Denied | { readonly code: "idempotency_conflict" }, wrong: Wrong): Refused {
  if (answer.code === "idempotency_conflict") return new Refused(answer.code);
  if (answer.code === "invalid_credentials") return new Refused(wrong);
  return new Refused("too_many_attempts", { retryAfterS: Math.ceil(answer.retryAfterMs / 1_000) });
}

/** An unknown name and a wrong password get the same answer and cost the same work, so they cannot be told apart. */
export async function logIn(env: Env, username: Username, password: string, guesser: Guesser): Promise<Session> {
  const account = accountStub(env, username.folded);
  const verified = await account.verify(password, guesser);
  if (!verified.ok) throw denied(verified, "invalid_credentials");
  const { player: id, username: name } = verified;
  const session = await enter(env, { id, name, account: username.folded, replaces: null });
  // An account older than stored looks gets its look reserved now, unless another name holds it already.
  if (session !== null) {
    await lookStub(env, lookOf(name)).hold(username.folded, null);
    return session;
  }
  await account.release(id);
  throw new Refused("invalid_credentials");
}

/** Sets a new password by recovery code and ends every session. Returns the next code, which is derived from this one. */
export async function recover(
  env: Env,
  username: Username,
  code: string | null,
  password: string,
  guesser: Guesser,
): Promise<string> {
  const next =
    code === null
      ? newRecoveryCode()
      : await recoveryCodeFor(settingsOf(env).AUTH_SECRET, ["next", username.folded, code]);
  // A malformed code counts as a try too, so the answer does not tell it from a wrong one.
  const [given, kept] = await Promise.all([hashOfCode(code ?? ""), hashOfCode(next)]);
  const verified = await accountStub(env, username.folded).recover(given, password, kept, guesser);
  if (!verified.ok) throw denied(verified, "bad_recovery_code");
  return next;
}

/** Changes the password, given the old one, and ends every other session. Idempotent by `operation`. */
export async function changePassword(
  env: Env,
  me: Me,
  current: string,
  next: string,
  operation: string | null,
): Promise<void> {
  const request = { current, next, player: me.profile.id, session: me.session, operation };
  const changed = await accountOf(env, me).change(request);
  if (!changed.ok) throw denied(changed, "invalid_credentials");
}

/**
 * Issues a new recovery code; the old one stops working. A repeat under the same key returns the same code while it is valid, so
 * that a retry does not invalidate the code that the player has written down.
 */
export async function renewRecovery(env: Env, me: Me, password: string, key: string | null): Promise<string> {
  const { AUTH_SECRET } = settingsOf(env);
  const code =
    key === null ? newRecoveryCode() : await recoveryCodeFor(AUTH_SECRET, ["another", me.profile.account ?? "", key]);
  const renewed = await accountOf(env, me).renewRecovery(password, await hashOfCode(code), me.session, key);
  if (!renewed.ok) throw denied(renewed, "invalid_credentials");
  return code;
}

export function accountOf(env: Env, { profile }: Me): ReturnType<typeof accountStub> {
  if (profile.account === null) throw new Refused("not_registered");
  return accountStub(env, profile.account);
}

/** A new token for an old one, which stops working. A repeat under the same key returns the same new session. */
export async function refresh(env: Env, { sub, sid }: SessionClaims, key: string | null): Promise<Session> {
  const fresh = newSession(env);
  const renewed = await playerStub(env, sub).renew(sid, { ...fresh, id: successorOf(sid, fresh.id) }, key);
  if (renewed === null) throw new Refused("unauthenticated");
  const { profile, session } = renewed;
  return welcomed(env, profile, session);
}
