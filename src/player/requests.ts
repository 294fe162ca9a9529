/**
 * What was answered under each Idempotency-Key, for 24 hours. Synchronous; each call is one turn, so two requests with one
 * key cannot both be told to run.
 */

export type KeyState =
  | { readonly state: "run" }
  | { readonly state: "done"; readonly status: number; readonly body: string }
  /** The first request with this key has no answer yet. */
  | { readonly state: "busy" }
  /** The key was used for another request. */
  | { readonly state: "conflict" }
  | { readonly state: "too_many" };

export const KEY_KEPT_MS = 86_400_000;
/** A request that has not answered by then died with its Worker, and may run again. */
export const KEY_LEASE_MS = 60_000;
const KEYS_MAX = 10_000;
const PRUNE_EVERY_MS = 600_000;

type Row = { hash: string; status: number | null; body: string | null; at: number };

export class Requests {
  readonly #sql: SqlStorage;
  #prunedAt = 0;
  #count = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  claim(key: string, hash: string, now: number): KeyState {
    this.#prune(now);
    const known = this.#sql.exec<Row>("SELECT hash, status, body, at FROM request WHERE key = ?", key).toArray()[0];
    if (known !== undefined && known.at > now - KEY_KEPT_MS) {
      if (known.hash !== hash) return { state: "conflict" };
      if (known.status !== null && known.body !== null) {
        return { state: "done", status: known.status, body: known.body };
      }
      if (known.at > now - KEY_LEASE_MS) return { state: "busy" };
    } else if (this.#count >= KEYS_MAX) {
      return { state: "too_many" };
    }
    this.#sql.exec("INSERT OR REPLACE INTO request (key, hash, at) VALUES (?, ?, ?)", key, hash, now);
    if (known === undefined) this.#count += 1;
    return { state: "run" };
  }

  /** Keeps the answer; null frees the key, for what may be tried again. */
  settle(key: string, answer: { status: number; body: string } | null): void {
    if (answer === null) {
      const gone = this.#sql.exec("DELETE FROM request WHERE key = ? AND status IS NULL RETURNING key", key).toArray();
      this.#count -= gone.length;
      return;
    }
    this.#sql.exec("UPDATE request SET status = ?, body = ? WHERE key = ?", answer.status, answer.body, key);
  }

  #prune(now: number): void {
    if (now - this.#prunedAt < PRUNE_EVERY_MS) return;
    this.#prunedAt = now;
    this.#sql.exec("DELETE FROM request WHERE at <= ?", now - KEY_KEPT_MS);
    this.#count = this.#sql.exec<{ n: number }>("SELECT count(*) AS n FROM request").one().n;
  }
}
