import { transact } from "../../../rooms/host/sql.ts";
import type { Entry } from "./ledger.ts";
import type { Parts } from "./parts.ts";
import { profileOf, type Profile } from "./profile.ts";
import { keepRenewal, renewalOf } from "./renewals.ts";
import type { NewSession } from "./sessions.ts";

/** How a session begins: of a new player, of one who was here before, or of one that goes on under another id. */

export type Arrival = Profile & {
  readonly grant: number;
  readonly session: NewSession;
  /** A session that ends as this one begins: a guest's, on registering. */
  readonly replaces: string | null;
  /** A new guest and their first session, both named by the request's key: asked again within so long, they are told of once more. */
  readonly againMs?: number;
};
/** `again`: the player was here before, by this very session, which ends then. */
export type Entered =
  | { readonly ok: true; readonly profile: Profile; readonly again?: { readonly expiresAt: number } }
  | { readonly ok: false; readonly code: "already_registered" }
  /** Once more as the same guest, who has left, taken a name, or has been here for too long. */
  | { readonly ok: false; readonly code: "idempotency_conflict" }
  /** By their own limits, until then. */
  | { readonly ok: false; readonly code: "excluded" | "limit_session"; readonly until: number };
/** What came of it: the grant that was entered, and the sessions that ended by it. */
export type EnteredWith = {
  readonly answer: Entered;
  readonly granted: Entry | null;
  readonly ended: readonly string[];
};

export type Renewed = { readonly profile: Profile; readonly session: NewSession };

const refused = (answer: Entered): EnteredWith => ({ answer, granted: null, ended: [] });

/** In one commit: the player is created with their grant, or the guest registered, where that is wanted; and the session opens. */
export function enter(parts: Parts, arrival: Arrival, now: number): EnteredWith {
  const { id, name, account, grant, session, replaces, againMs } = arrival;
  const { profile: profiles, ledger, sessions, limits, news } = parts;
  const before = againMs === undefined ? null : enteredBefore(parts, session.id, againMs, now);
  if (before !== null) return refused(before);
  return transact(parts.storage, (): EnteredWith => {
    const known = profiles.row();
    const barred = known === null ? null : limits.barred(now);
    // A guest who takes a name goes on with their session; whoever logs in begins one.
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
 * Null: there is no such player yet. A guest's key is worth no more than the session that it began, and that for so long: it makes no
 * other one, and signs nobody in who has left or has taken a name since.
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

/** `ended`: the sessions that are over by it. Null: the old one was over before, and nothing was opened. */
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
