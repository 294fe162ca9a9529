/**
 * A player's sessions, the socket tickets they used, and the rooms that they went into: a session that ends takes its sockets
 * along. Synchronous; the caller wraps what belongs together.
 */

export type NewSession = { readonly id: string; readonly expiresAt: number };

/** A session that is over, and a room that has to hear of it. */
export type Leaving = { readonly session: string; readonly room: string };

export const DOOR_TABLES = `
CREATE TABLE IF NOT EXISTS door (
  session TEXT NOT NULL,
  room TEXT NOT NULL,
  over INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (session, room)
) STRICT, WITHOUT ROWID;
`;

/** The oldest goes when a further one opens. */
const SESSIONS_MAX = 50;

export class Sessions {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  open({ id, expiresAt }: NewSession, now: number): void {
    this.#sql.exec("DELETE FROM session WHERE expires_at <= ?", now);
    this.#sql.exec(
      "DELETE FROM session WHERE id IN (SELECT id FROM session ORDER BY opened_at DESC, id LIMIT -1 OFFSET ?)",
      SESSIONS_MAX - 1,
    );
    this.#shut();
    this.#sql.exec("INSERT INTO session (id, opened_at, expires_at) VALUES (?, ?, ?)", id, now, expiresAt);
  }

  alive(id: string, now: number): boolean {
    return this.#sql.exec("SELECT 1 FROM session WHERE id = ? AND expires_at > ?", id, now).toArray().length > 0;
  }

  /** Those that live, the newest first. */
  list(now: number): { id: string; startedAt: number; expiresAt: number }[] {
    return this.#sql
      .exec<{ id: string; startedAt: number; expiresAt: number }>(
        "SELECT id, opened_at AS startedAt, expires_at AS expiresAt FROM session WHERE expires_at > ? ORDER BY opened_at DESC, id",
        now,
      )
      .toArray();
  }

  /** All but one that were open by then. */
  killOthers(id: string, by: number): string[] {
    const killed = this.#sql
      .exec<{ id: string }>("DELETE FROM session WHERE id <> ? AND opened_at <= ? RETURNING id", id, by)
      .toArray();
    this.#shut();
    return killed.map((row) => row.id);
  }

  kill(id: string): void {
    this.#sql.exec("DELETE FROM session WHERE id = ?", id);
    this.#shut();
  }

  killAll(): void {
    this.#sql.exec("DELETE FROM session");
    this.#shut();
  }

  // ---- the rooms that they went into ----

  /** Again it writes nothing. */
  goIn(session: string, room: string): void {
    this.#sql.exec("INSERT INTO door (session, room) VALUES (?, ?) ON CONFLICT DO NOTHING", session, room);
  }

  /** Every room that sessions went into which are over by now has to hear of it. */
  #shut(): void {
    this.#sql.exec("UPDATE door SET over = 1 WHERE over = 0 AND session NOT IN (SELECT id FROM session)");
  }

  leaving(): Leaving[] {
    return this.#sql.exec<Leaving>("SELECT session, room FROM door WHERE over = 1").toArray();
  }

  left({ session, room }: Leaving): void {
    this.#sql.exec("DELETE FROM door WHERE session = ? AND room = ?", session, room);
  }

  /** True the first time. Expired tickets are refused by their signature's date, so they need not be remembered. */
  useTicket(id: string, expiresAt: number, now: number): boolean {
    this.#sql.exec("DELETE FROM ticket WHERE expires_at <= ?", now);
    if (expiresAt <= now) return false;
    const added = this.#sql.exec(
      "INSERT INTO ticket (id, expires_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING RETURNING id",
      id,
      expiresAt,
    );
    return added.toArray().length > 0;
  }
}
