import { randomLetters } from "../../api/auth/random.ts";

/**
 * The answers stored by Idempotency-Key, for 24 hours. A key stands for one operation, which has an id. The operation's effect is
 * committed together with its result (`once`), so that a request that died before its answer was stored may run again: it finds
 * the effect done and gives the same answer. Synchronous and without a transaction of its own; calls do not interleave, so two
 * requests with one key cannot both be told to run.
 */

/** The request behind a key. Every repeat has the same `id`; a key that is used again after a day has a new one. */
export type Operation = { readonly key: string; readonly id: string };

export type KeyState =
  | { readonly state: "run"; readonly operation: string }
  | { readonly state: "done"; readonly status: number; readonly body: string }
  /** The first request with this key has no answer yet. */
  | { readonly state: "busy" }
  /** The key was used for another request. */
  | { readonly state: "conflict" }
  | { readonly state: "too_many" };

export const KEY_KEPT_MS = 86_400_000;
/** A request without an answer after this time is taken for dead, and may run again. */
export const KEY_LEASE_MS = 60_000;
const KEYS_MAX = 10_000;
const PRUNE_EVERY_MS = 600_000;
const OPERATION_CHARS = 20;

/** Columns that a later version added; older rows have null in both. */
export const REQUEST_COLUMNS = ["operation TEXT", "done TEXT CHECK (done IS NULL OR json_valid(done))"] as const;

type Row = { hash: string; status: number | null; body: string | null; at: number; operation: string | null };

export class Requests {
  readonly #sql: SqlStorage;
  /** Keys with a running request, and until when it is taken to run. In memory: after a restart they may run again. */
  readonly #leases = new Map<string, number>();
  #prunedAt = 0;
  #count = 0;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Decides whether a request with this key may run. `before`: the operation's id for a key that an older version stored. */
  claim(key: string, hash: string, before: string, now: number): KeyState {
    this.#prune(now);
    const known = this.#sql
      .exec<Row>("SELECT hash, status, body, at, operation FROM request WHERE key = ?", key)
      .toArray()[0];
    if (known !== undefined && known.at > now - KEY_KEPT_MS) {
      if (known.hash !== hash) return { state: "conflict" };
      if (known.status !== null && known.body !== null) {
        return { state: "done", status: known.status, body: known.body };
      }
      if ((this.#leases.get(key) ?? 0) > now) return { state: "busy" };
      const operation = known.operation ?? before;
      if (known.operation === null) this.#sql.exec("UPDATE request SET operation = ? WHERE key = ?", operation, key);
      this.#leases.set(key, now + KEY_LEASE_MS);
      return { state: "run", operation };
    }
    if (known === undefined && this.#count >= KEYS_MAX) return { state: "too_many" };
    const operation = randomLetters(OPERATION_CHARS);
    this.#sql.exec(
      "INSERT OR REPLACE INTO request (key, hash, at, operation) VALUES (?, ?, ?, ?)",
      key,
      hash,
      now,
      operation,
    );
    if (known === undefined) this.#count += 1;
    this.#leases.set(key, now + KEY_LEASE_MS);
    return { state: "run", operation };
  }

  /**
   * Runs the effect once per operation, and stores its result in the same commit, which the caller makes. `again`: the effect was
   * done before, and this is its stored result. Null: nothing was done, so a repeat runs it again. Without an operation it runs
   * every time.
   */
  once<Result extends object | null>(
    operation: Operation | null,
    effect: () => Result,
  ): { readonly result: Result; readonly again: boolean } {
    if (operation === null) return { result: effect(), again: false };
    const { key, id } = operation;
    const [known] = this.#sql
      .exec<{ done: string | null }>("SELECT done FROM request WHERE key = ? AND operation = ?", key, id)
      .toArray();
    if (known?.done != null) return { result: JSON.parse(known.done) as Result, again: true };
    const result = effect();
    this.#sql.exec(
      "UPDATE request SET done = ? WHERE key = ? AND operation = ?",
      result === null ? null : JSON.stringify(result),
      key,
      id,
    );
    return { result, again: false };
  }

  /** Whether the request under this key has had its effect or an answer. */
  done(key: string, now: number): boolean {
    const rows = this.#sql.exec(
      "SELECT 1 FROM request WHERE key = ? AND (done IS NOT NULL OR status IS NOT NULL) AND at > ?",
      key,
      now - KEY_KEPT_MS,
    );
    return rows.toArray().length > 0;
  }

  /** Stores the answer. Null frees the key, so that the request can be retried, unless its effect is done: then the key stays. */
  settle(key: string, answer: { status: number; body: string } | null): void {
    this.#leases.delete(key);
    if (answer === null) {
      const gone = this.#sql
        .exec("DELETE FROM request WHERE key = ? AND status IS NULL AND done IS NULL RETURNING key", key)
        .toArray();
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
    for (const [key, until] of this.#leases) if (until <= now) this.#leases.delete(key);
  }
}

/** Adds the columns to the table of an older version; writes nothing if they exist. */
export function addRequestColumns(sql: SqlStorage): void {
  const names = new Set(
    sql
      .exec<{ name: string }>("SELECT name FROM pragma_table_info('request')")
      .toArray()
      .map(({ name }) => name),
  );
  for (const column of REQUEST_COLUMNS) {
    const [name = ""] = column.split(" ");
    if (!names.has(name)) sql.exec(`ALTER TABLE request ADD COLUMN ${column}`);
  }
}
