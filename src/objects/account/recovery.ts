/** The hashes of the valid recovery code and the one used before it, and the Idempotency-Keys of requests for new codes. */

export const RECOVERY_TABLES = `
CREATE TABLE IF NOT EXISTS recovery (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  spent BLOB CHECK (spent IS NULL OR length(spent) = 32),
  made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS recovery_asked (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

type Row = { hash: ArrayBuffer; spent: ArrayBuffer | null; made_at: number };

const NONE = new ArrayBuffer(32);

export class Recovery {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  #row(): Row | undefined {
    return this.#sql.exec<Row>("SELECT hash, spent, made_at FROM recovery").toArray()[0];
  }

  since(): number | null {
    return this.#row()?.made_at ?? null;
  }

  set(hash: ArrayBuffer, now: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO recovery (one, hash, spent, made_at) VALUES (1, ?, NULL, ?)", hash, now);
  }

  /** Like `set`, but once per `key`. False: `key` was used before and another code is valid by now. The caller commits. */
  renew(key: string | null, hash: ArrayBuffer, now: number): boolean {
    if (key === null) {
      this.set(hash, now);
      return true;
    }
    if (this.#sql.exec("SELECT 1 FROM recovery_asked WHERE key = ?", key).toArray().length > 0)
      return this.match(hash) === "good";
    this.set(hash, now);
    this.#sql.exec("INSERT INTO recovery_asked (key) VALUES (?)", key);
    return true;
  }

  spend(code: ArrayBuffer, next: ArrayBuffer, now: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO recovery (one, hash, spent, made_at) VALUES (1, ?, ?, ?)", next, code, now);
  }

  clear(): void {
    this.#sql.exec("DELETE FROM recovery");
    this.#sql.exec("DELETE FROM recovery_asked");
  }

  /** `spent`: the code was valid and is used up. Compares in constant time. */
  match(code: ArrayBuffer): "good" | "spent" | "wrong" {
    const row = this.#row();
    const good = crypto.subtle.timingSafeEqual(row?.hash ?? NONE, code) && row !== undefined;
    const spent = crypto.subtle.timingSafeEqual(row?.spent ?? NONE, code) && row?.spent != null;
    return good ? "good" : spent ? "spent" : "wrong";
  }
}
