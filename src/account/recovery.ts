/** The hash of the recovery code that is good, and of the one before it. */

export const RECOVERY_TABLES = `
CREATE TABLE IF NOT EXISTS recovery (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  spent BLOB CHECK (spent IS NULL OR length(spent) = 32),
  made_at INTEGER NOT NULL
) STRICT;
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

  spend(code: ArrayBuffer, next: ArrayBuffer, now: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO recovery (one, hash, spent, made_at) VALUES (1, ?, ?, ?)", next, code, now);
  }

  clear(): void {
    this.#sql.exec("DELETE FROM recovery");
  }

  /** `spent`: it was good, and is used up. */
  match(code: ArrayBuffer): "good" | "spent" | "wrong" {
    const row = this.#row();
    const good = crypto.subtle.timingSafeEqual(row?.hash ?? NONE, code) && row !== undefined;
    const spent = crypto.subtle.timingSafeEqual(row?.spent ?? NONE, code) && row?.spent != null;
    return good ? "good" : spent ? "spent" : "wrong";
  }
}
