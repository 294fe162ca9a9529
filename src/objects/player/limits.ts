import type { Allowance, Flow, LimitCode } from "../../../rooms/kernel/transfer.ts";
import type { Ms } from "../../../rooms/game.ts";
import { dayOf } from "../../stats/model.ts";

/**
 * Responsible play: the limits that players set for themselves, how much of them is used, and the allowances that rooms were
 * given from the rest. Synchronous and without a transaction of its own: the caller commits. Days are UTC.
 *
 * A room stakes from its allowance and reports with each transfer what was staked and returned since the last. Until then the
 * whole allowance counts as used, so that a limit is never exceeded, however many tables the player plays at. So a table may be
 * refused what another one has not used; that is freed when the player leaves the other table or asks for a new allowance there.
 */

export type Limits = {
  /** Staked less returned in a day, minor units. */
  readonly lossPerDay: number | null;
  readonly stakePerDay: number | null;
  readonly sessionMinutes: number | null;
  /** How often the page says how it stands. */
  readonly realityCheckMinutes: number | null;
};
/** A field that is left out stays as it is. */
export type LimitChange = { readonly [Name in keyof Limits]?: Limits[Name] | undefined };
export type Exclusion = { readonly kind: "cool-off" | "self-exclusion"; readonly until: number };
export type Session = {
  readonly startedAt: number;
  /** Null: no limit is set. */
  readonly endsAt: number | null;
  /** Once it is over: when the next may begin. */
  readonly breakUntil: number | null;
};
export type LimitsStanding = {
  readonly limits: Limits;
  /** What was raised or taken away, and when that counts. */
  readonly pending: { readonly limits: Partial<Limits>; readonly at: number } | null;
  /** Today. */
  readonly used: { readonly day: string; readonly staked: number; readonly lost: number };
  readonly session: Session | null;
  readonly excluded: Exclusion | null;
};

/** A raised limit takes effect after this time; a lowered one at once. */
export const RAISE_AFTER_MS = 86_400_000;
/** A player who has reached the session limit pauses for this long; after such a pause a new session begins. */
export const BREAK_MS = 15 * 60_000;
/** How often presence is stored at most: each time is a row written. */
const SEEN_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS_KEPT = 40;

export const NO_LIMITS: Limits = {
  lossPerDay: null,
  stakePerDay: null,
  sessionMinutes: null,
  realityCheckMinutes: null,
};

export const LIMIT_TABLES = `
CREATE TABLE IF NOT EXISTS limits (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  version INTEGER NOT NULL CHECK (version >= 1),
  limits TEXT NOT NULL CHECK (json_valid(limits)),
  pending TEXT CHECK (pending IS NULL OR json_valid(pending)),
  excluded TEXT CHECK (excluded IS NULL OR json_valid(excluded))
) STRICT;
CREATE TABLE IF NOT EXISTS used (
  day TEXT PRIMARY KEY, staked INTEGER NOT NULL, returned INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS given (
  room TEXT PRIMARY KEY, day TEXT NOT NULL, stake INTEGER CHECK (stake >= 0), loss INTEGER CHECK (loss >= 0)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS revoking (
  room TEXT PRIMARY KEY, version INTEGER NOT NULL, leaves INTEGER NOT NULL CHECK (leaves IN (0, 1))) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sitting (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  started_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, told_at INTEGER NOT NULL,
  staked INTEGER NOT NULL, returned INTEGER NOT NULL
) STRICT;
`;

type Row = { version: number; limits: string; pending: string | null; excluded: string | null };
type Pending = { limits: Partial<Limits>; at: number };
type State = { version: number; limits: Limits; pending: Pending | null; excluded: Exclusion | null };
type Sitting = { started_at: number; seen_at: number; told_at: number; staked: number; returned: number };
export type Revocation = { readonly room: string; readonly version: number; readonly leaves: number };

export class LimitBook {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The state as of now: a pending change that is due is in effect, an exclusion that is over is not. */
  #state(now: number): State {
    const [row] = this.#sql.exec<Row>("SELECT version, limits, pending, excluded FROM limits").toArray();
    if (row === undefined) return { version: 0, limits: NO_LIMITS, pending: null, excluded: null };
    const limits: Limits = JSON.parse(row.limits);
    const pending: Pending | null = row.pending === null ? null : JSON.parse(row.pending);
    const excluded: Exclusion | null = row.excluded === null ? null : JSON.parse(row.excluded);
    const over = excluded !== null && excluded.until <= now;
    const due = pending !== null && pending.at <= now;
    return {
      version: row.version,
      limits: due ? { ...limits, ...pending.limits } : limits,
      pending: due ? null : pending,
      excluded: over ? null : excluded,
    };
  }

  /** Stores the state under the next version, which voids all allowances that rooms have. */
  #keep({ version, limits, pending, excluded }: State): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO limits (one, version, limits, pending, excluded) VALUES (1, ?, ?, ?, ?)",
      version + 1,
      JSON.stringify(limits),
      pending === null ? null : JSON.stringify(pending),
      excluded === null ? null : JSON.stringify(excluded),
    );
  }

  standing(now: number): LimitsStanding {
    const { limits, pending, excluded } = this.#state(now);
    const day = dayOf(now);
    const { staked, returned } = this.#used(day);
    const sitting = this.#sitting();
    const session = sitting === null ? null : sessionOf(sitting, limits, now);
    return { limits, pending, used: { day, staked, lost: staked - returned }, session, excluded };
  }

  // ---- what the player sets ----

  /** Lowering takes effect at once; raising or removing takes effect after a day. The reality check always changes at once. */
  set(change: LimitChange, now: number): void {
    const state = this.#state(now);
    let limits = state.limits;
    const later: Partial<Limits> = { ...state.pending?.limits };
    let raised = false;
    for (const key of KEYS) {
      const value = change[key];
      if (value === undefined) continue;
      delete later[key];
      if (value === limits[key]) continue;
      if (key === "realityCheckMinutes" || isLower(value, limits[key])) limits = { ...limits, [key]: value };
      else {
        Object.assign(later, { [key]: value });
        raised = true;
      }
    }
    const at = raised ? now + RAISE_AFTER_MS : (state.pending?.at ?? 0);
    this.#keep({ ...state, limits, pending: Object.keys(later).length === 0 ? null : { limits: later, at } });
  }

  cancelPending(now: number): void {
    const state = this.#state(now);
    if (state.pending !== null) this.#keep({ ...state, pending: null });
  }

  /** Excludes the player. Never shortens an exclusion that is in effect, nor turns a self-exclusion into a cool-off. */
  exclude({ kind, until }: Exclusion, now: number): void {
    const state = this.#state(now);
    const { excluded } = state;
    if (excluded !== null && excluded.until >= until) return;
    const stays = excluded?.kind === "self-exclusion" ? excluded.kind : kind;
    this.#keep({ ...state, excluded: { kind: stays, until } });
  }

  excluded(now: number): Exclusion | null {
    return this.#state(now).excluded;
  }

  /** Why the player may not log in now, and until when; null: they may. */
  barred(now: number): { readonly code: "excluded" | "limit_session"; readonly until: number } | null {
    const { excluded, limits } = this.#state(now);
    if (excluded !== null) return { code: "excluded", until: excluded.until };
    const sitting = this.#sitting();
    const { breakUntil = null } = sitting === null ? {} : sessionOf(sitting, limits, now);
    return breakUntil === null ? null : { code: "limit_session", until: breakUntil };
  }

  // ---- what rooms may stake ----

  /** Books what was staked and returned in a room, and voids the room's allowance. */
  report(room: string, flow: Flow, now: number): void {
    const [given] = this.#sql.exec<{ day: string }>("DELETE FROM given WHERE room = ? RETURNING day", room).toArray();
    if (flow.staked === 0 && flow.returned === 0) return;
    const day = given?.day ?? dayOf(now);
    this.#sql.exec(
      `INSERT INTO used (day, staked, returned) VALUES (?1, ?2, ?3)
       ON CONFLICT (day) DO UPDATE SET staked = staked + ?2, returned = returned + ?3`,
      day,
      flow.staked,
      flow.returned,
    );
    this.#sql.exec("DELETE FROM used WHERE day < ?", dayOf(now - DAYS_KEPT * DAY_MS));
    this.#sql.exec("UPDATE sitting SET staked = staked + ?, returned = returned + ?", flow.staked, flow.returned);
  }

  /** An allowance to stake at least `covers` in a room, which it stores; or why not. Undefined: no limit was ever set. */
  give(room: string, covers: number, now: number): Allowance | LimitCode | undefined {
    const { version, limits, excluded } = this.#state(now);
    if (excluded !== null) return "excluded";
    const sitting = this.#sitting();
    const session = sitting === null ? null : sessionOf(sitting, limits, now);
    if (session?.breakUntil != null) return "limit_session";
    if (version === 0) return undefined;
    const day = dayOf(now);
    const { staked, returned } = this.#used(day);
    const others = this.#sql
      .exec<{ stake: number; loss: number }>(
        "SELECT coalesce(sum(stake), 0) AS stake, coalesce(sum(loss), 0) AS loss FROM given WHERE day = ? AND room <> ?",
        day,
        room,
      )
      .one();
    const stakeLeft = limits.stakePerDay === null ? null : limits.stakePerDay - staked - others.stake;
    const lossLeft = limits.lossPerDay === null ? null : limits.lossPerDay - (staked - returned) - others.loss;
    if (stakeLeft !== null && stakeLeft < covers) return "limit_stake";
    if (lossLeft !== null && lossLeft < covers) return "limit_loss";
    const stake = stakeLeft === null ? null : portion(stakeLeft, covers);
    const loss = lossLeft === null ? null : portion(lossLeft, covers);
    this.#sql.exec("INSERT OR REPLACE INTO given (room, day, stake, loss) VALUES (?, ?, ?, ?)", room, day, stake, loss);
    const endOfDay = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
    const bounded = stake !== null || loss !== null;
    const ends = [session?.endsAt ?? Infinity, bounded ? endOfDay : Infinity].reduce((a, b) => Math.min(a, b));
    return { stake, loss, until: Number.isFinite(ends) ? (ends as Ms) : null, version };
  }

  /** The allowance of a refused room: zero. Undefined: no limit was ever set. */
  nothing(now: number): Allowance | undefined {
    const { version } = this.#state(now);
    return version === 0 ? undefined : { stake: 0, loss: 0, until: 0 as Ms, version };
  }

  #used(day: string): Flow {
    const [row] = this.#sql.exec<Flow>("SELECT staked, returned FROM used WHERE day = ?", day).toArray();
    return row ?? { staked: 0, returned: 0 };
  }

  // ---- telling rooms ----

  /** Notes that these rooms must be told of the change. An excluded player also has to leave them (`leaves`). */
  revoke(rooms: readonly string[], now: number): void {
    const { version, excluded } = this.#state(now);
    for (const room of rooms) {
      this.#sql.exec(
        "INSERT OR REPLACE INTO revoking (room, version, leaves) VALUES (?, ?, ?)",
        room,
        version,
        excluded === null ? 0 : 1,
      );
    }
  }

  revoking(): Revocation[] {
    return this.#sql.exec<Revocation>("SELECT room, version, leaves FROM revoking").toArray();
  }

  revoked({ room, version }: Revocation): void {
    this.#sql.exec("DELETE FROM revoking WHERE room = ? AND version = ?", room, version);
  }

  // ---- the session ----

  #sitting(): Sitting | null {
    return this.#sql.exec<Sitting>("SELECT * FROM sitting").toArray()[0] ?? null;
  }

  /** Notes that the player is present: the session goes on, or a new one begins after a break. `atTables`: a purse is open. */
  seen(now: number, atTables: boolean): void {
    const sitting = this.#sitting();
    const { limits } = this.#state(now);
    const session = sitting === null ? null : sessionOf(sitting, limits, now);
    const paused = sitting !== null && !atTables && now - sitting.seen_at >= BREAK_MS;
    const rested = session?.endsAt != null && now >= session.endsAt + BREAK_MS;
    if (sitting === null || paused || rested) {
      this.#sql.exec(
        "INSERT OR REPLACE INTO sitting (one, started_at, seen_at, told_at, staked, returned) VALUES (1, ?1, ?1, ?1, 0, 0)",
        now,
      );
    } else if (session?.breakUntil == null && now - sitting.seen_at >= SEEN_EVERY_MS)
      this.#sql.exec("UPDATE sitting SET seen_at = ?", now);
  }

  /** When the next reality check is due; null: the player has set none. */
  realityAt(now: number): number | null {
    const minutes = this.#state(now).limits.realityCheckMinutes;
    const sitting = this.#sitting();
    return minutes === null || sitting === null ? null : sitting.told_at + minutes * 60_000;
  }

  /** Notes a reality check as shown. Answers the start of the session and what tables have reported since; null: no session. */
  reality(now: number): (Flow & { readonly startedAt: number }) | null {
    const sitting = this.#sitting();
    if (sitting === null) return null;
    this.#sql.exec("UPDATE sitting SET told_at = ?", now);
    return { startedAt: sitting.started_at, staked: sitting.staked, returned: sitting.returned };
  }

  /** When the pending change takes effect; null: there is none. */
  pendingAt(now: number): number | null {
    return this.#state(now).pending?.at ?? null;
  }
}

const KEYS = ["lossPerDay", "stakePerDay", "sessionMinutes", "realityCheckMinutes"] as const;

const isLower = (next: number | null, before: number | null): boolean =>
  next !== null && (before === null || next < before);

/** Half of what is left, so that other tables can get a part too; but at least what is needed now. */
const portion = (left: number, covers: number): number => Math.max(covers, Math.ceil(left / 2));

function sessionOf({ started_at: startedAt }: Sitting, { sessionMinutes }: Limits, now: number): Session {
  if (sessionMinutes === null) return { startedAt, endsAt: null, breakUntil: null };
  const endsAt = startedAt + sessionMinutes * 60_000;
  const pausing = now >= endsAt && now < endsAt + BREAK_MS;
  return { startedAt, endsAt, breakUntil: pausing ? endsAt + BREAK_MS : null };
}
