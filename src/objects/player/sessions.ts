/**
 * A player's sessions, their used socket tickets, and the rooms that each session entered: when a session ends, its sockets are
 * closed. Synchronous; the caller commits what belongs together.
 */

export type NewSession = { readonly id: string; readonly expiresAt: number };

export type SessionInfo = { readonly id: string; readonly startedAt: number; readonly expiresAt: number };

/** Extends a session to `until`, but only by `everyMs` or more, because each extension is a row written. */
export type Use = { readonly until: number; readonly everyMs: number };

/**
 * An ended session, and a room that must be told. `last`: no live session has entered that room, so automatic play for the player
 * ends there.
 */
export type Leaving = { readonly session: string; readonly room: string; readonly last: boolean };

/** `room`: the room that the ticket opens; null: the personal socket. */
export type Ticket = {
  readonly ticket: string;
  readonly expiresAt: number;
  readonly session: string;
  readonly room: string | null;
};

export const DOOR_TABLES = `
CREATE TABLE IF NOT EXISTS door (
  session TEXT NOT NULL,
  room TEXT NOT NULL,
  over INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (session, room)
) STRICT, WITHOUT ROWID;
`;

/** With this many sessions, opening another one ends the oldest. */
const SESSIONS_MAX = 50;

export class Sessions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Opens a session. Answers the sessions that end by it: expired ones, or the oldest of too many. */
  open({ id, expiresAt }: NewSession, now: number): string[] {
    const late = this.expire(now);
    const oldest = this.#delete(
      "id IN (SELECT id FROM session ORDER BY opened_at DESC, id LIMIT -1 OFFSET ?)",
      SESSIONS_MAX - 1,
    );
    this.#sql.exec("INSERT INTO session (id, opened_at, expires_at) VALUES (?, ?, ?)", id, now, expiresAt);
    return [...late, ...oldest];
  }

  alive(id: string, now: number): boolean {
    return this.endOf(id, now) !== null;
  }

  /** When a live session will end; null: it is over. */
  endOf(id: string, now: number): number | null {
    const [row] = this.#sql
      .exec<{ end: number }>("SELECT expires_at AS end FROM session WHERE id = ? AND expires_at > ?", id, now)
      .toArray();
    return row?.end ?? null;
  }

  /** Uses a session and extends it by `use`. Answers its end; null: it is over. */
  use(id: string, use: Use | undefined, now: number): number | null {
    const end = this.endOf(id, now);
    if (end === null || use === undefined || use.until - end < use.everyMs) return end;
    this.#sql.exec("UPDATE session SET expires_at = ? WHERE id = ? AND expires_at < ?1", use.until, id);
    return use.until;
  }

  /** Replaces a session by a new one, which takes over the rooms it has entered. Answers the ended sessions, `old` included. */
  replace(old: string, next: NewSession, now: number): string[] {
    this.#sql.exec("DELETE FROM session WHERE id = ?", old);
    const ended = this.open(next, now);
    this.#sql.exec(
      "INSERT OR IGNORE INTO door (session, room) SELECT ?, room FROM door WHERE session = ?",
      next.id,
      old,
    );
    this.#shut();
    return [...ended, old];
  }

  /** Ends the expired sessions, and answers them. */
  expire(now: number): string[] {
    return this.#delete("expires_at <= ?", now);
  }

  /** When the next session expires; null: there is none. */
  nextEnd(): number | null {
    return this.#sql.exec<{ end: number | null }>("SELECT min(expires_at) AS end FROM session").one().end;
  }

  /** The live sessions, newest first. */
  list(now: number): SessionInfo[] {
    return this.#sql
      .exec<SessionInfo>(
        "SELECT id, opened_at AS startedAt, expires_at AS expiresAt FROM session WHERE expires_at > ? ORDER BY opened_at DESC, id",
        now,
      )
      .toArray();
  }

  /** Ends all sessions but one that were opened by the instant `by`. Answers the ended ones. */
  killOthers(id: string, by: number): string[] {
    return this.#delete("id <> ? AND opened_at <= ?", id, by);
  }

  kill(id: string): void {
    this.#delete("id = ?", id);
  }

  killAll(): void {
    this.#delete("1");
  }

  #delete(which: string, ...values: (string | number | null)[]): string[] {
    const gone = this.#sql.exec<{ id: string }>(`DELETE FROM session WHERE ${which} RETURNING id`, ...values).toArray();
    if (gone.length > 0) this.#shut();
    return gone.map(({ id }) => id);
  }

  // ---- the rooms that sessions have entered ----

  /** Notes that a session has entered a room. A repeat writes nothing. */
  #goIn(session: string, room: string): void {
    this.#sql.exec("INSERT INTO door (session, room) VALUES (?, ?) ON CONFLICT DO NOTHING", session, room);
  }

  /** Marks each room that an ended session had entered as to be told. If no session is left, so is every room with a purse. */
  #shut(): void {
    this.#sql.exec("UPDATE door SET over = 1 WHERE over = 0 AND session NOT IN (SELECT id FROM session)");
    this.#sql.exec(
      `INSERT OR IGNORE INTO door (session, room, over) SELECT '', room, 1 FROM purse
       WHERE NOT EXISTS (SELECT 1 FROM session) AND room NOT IN (SELECT room FROM door)`,
    );
  }

  leaving(): Leaving[] {
    return this.#sql
      .exec<{ session: string; room: string; open: number }>(
        `SELECT session, room, (SELECT count(*) FROM door AS other WHERE other.room = door.room AND other.over = 0) AS open
         FROM door WHERE over = 1`,
      )
      .toArray()
      .map(({ session, room, open }) => ({ session, room, last: open === 0 }));
  }

  left({ session, room }: Pick<Leaving, "session" | "room">): void {
    this.#sql.exec("DELETE FROM door WHERE session = ? AND room = ?", session, room);
  }

  /** Uses up a ticket; false: it is used or expired, or its session is over. Expired tickets are refused, so not kept. */
  redeem({ ticket, expiresAt, session, room }: Ticket, now: number): boolean {
    if (!this.alive(session, now)) return false;
    this.#sql.exec("DELETE FROM ticket WHERE expires_at <= ?", now);
    if (expiresAt <= now) return false;
    const added = this.#sql.exec(
      "INSERT INTO ticket (id, expires_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING RETURNING id",
      ticket,
      expiresAt,
    );
    if (added.toArray().length === 0) return false;
    if (room !== null) this.#goIn(session, room);
    return true;
  }
}
