import { KEY_KEPT_MS } from "./requests.ts";
import type { NewSession } from "./sessions.ts";

/**
 * Which session was renewed as which new one, under which Idempotency-Key. A client that lost the answer has only the old token,
 * which is void by then; its repeat under the same key gets the same new session. Synchronous and without a transaction of its
 * own.
 */

export const RENEWAL_TABLES = `
CREATE TABLE IF NOT EXISTS renewal (
  old TEXT PRIMARY KEY, key TEXT NOT NULL, next TEXT NOT NULL, expires_at INTEGER NOT NULL, at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;

export function keepRenewal(sql: SqlStorage, old: string, key: string, next: NewSession, now: number): void {
  sql.exec("DELETE FROM renewal WHERE at <= ?", now - KEY_KEPT_MS);
  sql.exec(
    "INSERT INTO renewal (old, key, next, expires_at, at) VALUES (?, ?, ?, ?, ?)",
    old,
    key,
    next.id,
    next.expiresAt,
    now,
  );
}

/** The session that `old` was renewed as under this key; null: it was not, or too long ago. */
export function renewalOf(sql: SqlStorage, old: string, key: string, now: number): NewSession | null {
  const found = sql.exec<{ id: string; expiresAt: number }>(
    "SELECT next AS id, expires_at AS expiresAt FROM renewal WHERE old = ? AND key = ? AND at > ?",
    old,
    key,
    now - KEY_KEPT_MS,
  );
  return found.toArray()[0] ?? null;
}
