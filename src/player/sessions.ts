/** A player's sessions and the socket tickets they used. Synchronous; the caller wraps what belongs together. */

export type NewSession = { readonly id: string; readonly expiresAt: number };

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

  /** All but one. */
  killOthers(id: string): string[] {
    return this.#sql
      .exec<{ id: string }>("DELETE FROM session WHERE id <> ? RETURNING id", id)
      .toArray()
      .map((row) => row.id);
  }

  kill(id: string): boolean {
    return this.#sql.exec("DELETE FROM session WHERE id = ? RETURNING id", id).toArray().length > 0;
  }

  killAll(): void {
    this.#sql.exec("DELETE FROM session");
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
