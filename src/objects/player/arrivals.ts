import { transact } from "../../../rooms/host/sql.ts";
import type { Entry } from "./ledger.ts";
import type { Parts } from "./parts.ts";
import { profileOf, type Profile } from "./profile.ts";
import { keepRenewal, renewalOf } from "./renewals.ts";
import type { NewSession } from "./sessions.ts";

/** How a session begins: for a new player, for a known one, or as the renewal of another session. */

export type Arrival = Profile & {
  readonly grant: number;
  readonly session: NewSession;
  /** A session that this one replaces: a guest's, when the guest registers. */
  readonly replaces: string | null;
  /** For a new guest whose ids derive from the request's key: a repeat within this many milliseconds gets the same answer. */
  readonly againMs?: number;
};
/** `again`: a repeated request for a guest; the session exists already and ends at `expiresAt`. */
export type Entered =
  | { readonly ok: true; readonly profile: Profile; readonly again?: { readonly expiresAt: number } }
  | { readonly ok: false; readonly code: "already_registered" }
  /** A repeated request for a guest who has logged out, has registered, or was created too long ago. */
  | { readonly ok: false; readonly code: "idempotency_conflict" }
  /** Refused by the player's own limits, until then. */
  | { readonly ok: false; readonly code: "excluded" | "limit_session"; readonly until: number };
/** The answer, the ledger entry of the grant, and the sessions that ended by it. */
export type EnteredWith = {
  readonly answer: Entered;
  readonly granted: Entry | null;
  readonly ended: readonly string[];
};

export type Renewed = { readonly profile: Profile; readonly session: NewSession };

const refused = (answer: Entered): EnteredWith => ({ answer, granted: null, ended: [] });

/** In one commit: creates the player with the grant, or registers the guest, if needed; and opens the session. */
export function enter(parts: Parts, arrival: Arrival, now: number): EnteredWith {
  const { id, name, account, grant, session, replaces, againMs } = arrival;
  const { profile: profiles, ledger, sessions, limits, news } = parts;
  const before = againMs === undefined ? null : enteredBefore(parts, session.id, againMs, now);
  if (before !== null) return refused(before);
  return transact(parts.storage, (): EnteredWith => {
    const known = profiles.row();
    const barred = known === null ? null : limits.barred(now);
    // The session limit bars only a log-in, which begins a session; a guest who registers goes on with theirs.
    if (barred !== null && (barred.code === "excluded" || known?.account !== null)) {
      return refused({ ok: false, ...barred });
    }
    const registers = known !== null && known.account === null && account !== null;
    let granted: Entry | null = null;
    if (known === null) {
      profiles.create({ id, name, account }, now);
      if (grant > 0) granted = ledger.add({ kind: "grant", amount: grant, room: null, transfer: null, at: now });
    } else if (registers) {
      profiles.register({ name, account }, now);
    } else if (known.account !== account) {
      return refused({ ok: false, code: "already_registered" });
    }
    const ended = replaces === null ? sessions.open(session, now) : sessions.replace(replaces, session, now);
    const profile = known === null || known.account === null ? { id, name, account } : profileOf(known);
    limits.seen(now, ledger.purses().length > 0);
    const persona = { name: profile.name, hidden: news.hidden(), guest: profile.account === null };
    news.shown(id, persona, now, registers);
    if (granted !== null) news.entered(id, granted);
    return { answer: { ok: true, profile }, granted, ended };
  });
}

/**
 * The answer to a repeated request for a new guest. Null: there is no such player yet. The key only gives the session that it
 * began, and only for `withinMs`: it opens no other one, and signs in no guest who has logged out or registered since.
 */
export function enteredBefore(
  { profile, sessions }: Parts,
  session: string,
  withinMs: number,
  now: number,
): Entered | null {
  const row = profile.row();
  if (row === null) return null;
  const expiresAt = sessions.endOf(session, now);
  const good = row.account === null && Math.abs(now - row.created_at) < withinMs;
  if (!good || expiresAt === null) return { ok: false, code: "idempotency_conflict" };
  return { ok: true, profile: profileOf(row), again: { expiresAt } };
}

/** Replaces a session by a new one. `ended`: the sessions that end by it. Null: the old one was over, so none was opened. */
export function renew(
  { storage, profile: profiles, sessions }: Parts,
  old: string,
  next: NewSession,
  key: string | null,
  now: number,
): (Renewed & { readonly ended: readonly string[] }) | null {
  const row = profiles.row();
  if (row === null) return null;
  const profile = profileOf(row);
  const before = key === null ? null : renewalOf(storage.sql, old, key, now);
  if (before !== null && sessions.alive(before.id, now)) return { profile, session: before, ended: [] };
  const ended = transact(storage, () => {
    if (!sessions.alive(old, now)) return null;
    if (key !== null) keepRenewal(storage.sql, old, key, next, now);
    return sessions.replace(old, next, now);
  });
  return ended === null ? null : { profile, session: next, ended };
}
