import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";

/**
 * Durable Object `Limiter`, one for each client address: exact token buckets by name.
 *
 * A bucket is one number, the instant at which it will be full again (GCRA). The stored value runs a tenth of a bucket ahead of
 * the use, so that emptying a bucket writes about ten rows, not one per use. An object that was restarted takes the stored value:
 * it may refuse a little early, but never lets more through.
 *
 * It also counts what an address may have only so often in a day (UTC). Each of these uses is stored before it is granted.
 */

export type Taken = { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number };

const WINDOW_MS = 60_000;
/** Tolerance: steps are fractions, so their sum may miss the window by rounding. */
const ROUNDING_MS = 0.5;
const FORGET_MS = 3_600_000;

const DAY_MS = 86_400_000;

type Bucket = { fullAt: number; stored: number };

export class Limiter extends DurableObject<Env> {
  readonly #buckets = new Map<string, Bucket>();
  #hasTable: boolean;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    const found = ctx.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'bucket'").toArray();
    this.#hasTable = found.length > 0;
    if (!this.#hasTable) return;
    const rows = ctx.storage.sql.exec<{ name: string; full_at: number }>("SELECT name, full_at FROM bucket");
    for (const { name, full_at } of rows) this.#buckets.set(name, { fullAt: full_at, stored: full_at });
  }

  /** Takes one token of `bucket`, which holds `perMinute` and refills steadily; refused, it says when there will be one. */
  async take(bucket: string, perMinute: number): Promise<Taken> {
    const now = Date.now();
    const step = WINDOW_MS / perMinute;
    const known = this.#known(bucket, now);
    const fullAt = Math.max(known.fullAt, now) + step;
    if (fullAt - now > WINDOW_MS + ROUNDING_MS) return { ok: false, retryAfterMs: Math.ceil(fullAt - now - WINDOW_MS) };
    const stored = fullAt <= known.stored ? known.stored : fullAt + step * Math.floor(perMinute / 10);
    this.#buckets.set(bucket, { fullAt, stored });
    if (stored !== known.stored) await this.#write(bucket, stored);
    return { ok: true };
  }

  /** Takes one of the `perDay` uses of today; refused, it says how long the day still lasts. */
  async takeOfDay(name: string, perDay: number): Promise<Taken> {
    const now = Date.now();
    const day = Math.floor(now / DAY_MS);
    const taken = this.#takenOn(name, day);
    if (taken >= perDay) return { ok: false, retryAfterMs: (day + 1) * DAY_MS - now };
    this.#count(name, day, taken + 1);
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(now + FORGET_MS);
    return { ok: true };
  }

  /** Returns one use that was taken today and not needed. */
  async giveBack(name: string): Promise<void> {
    const day = Math.floor(Date.now() / DAY_MS);
    const taken = this.#takenOn(name, day);
    if (taken > 0) this.#count(name, day, taken - 1);
  }

  #takenOn(name: string, day: number): number {
    const { sql } = this.ctx.storage;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS daily (name TEXT PRIMARY KEY, day INTEGER NOT NULL, n INTEGER NOT NULL) STRICT",
    );
    const [row] = sql
      .exec<{ day: number; n: number }>("SELECT day, n FROM daily WHERE name = ? AND day = ?", name, day)
      .toArray();
    return row?.n ?? 0;
  }

  #count(name: string, day: number, n: number): void {
    this.ctx.storage.sql.exec("INSERT OR REPLACE INTO daily (name, day, n) VALUES (?, ?, ?)", name, day, n);
  }

  /** A bucket that is full only after more than two windows was written by a clock that was ahead: it is ignored. */
  #known(bucket: string, now: number): Bucket {
    const known = this.#buckets.get(bucket);
    return known === undefined || known.fullAt > now + 2 * WINDOW_MS ? { fullAt: 0, stored: 0 } : known;
  }

  async #write(bucket: string, fullAt: number): Promise<void> {
    const { sql } = this.ctx.storage;
    const first = !this.#hasTable;
    if (first) sql.exec("CREATE TABLE bucket (name TEXT PRIMARY KEY, full_at REAL NOT NULL) STRICT, WITHOUT ROWID");
    this.#hasTable = true;
    sql.exec(
      "INSERT INTO bucket (name, full_at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET full_at = excluded.full_at",
      bucket,
      fullAt,
    );
    if (first) await this.ctx.storage.setAlarm(Date.now() + FORGET_MS);
  }

  /** Deletes everything once all buckets are full and nothing was counted today. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    const { sql } = this.ctx.storage;
    const daily = sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'daily'").toArray().length > 0;
    const counts =
      daily && sql.exec("SELECT 1 FROM daily WHERE day >= ?", Math.floor(now / DAY_MS)).toArray().length > 0;
    const busy = counts || [...this.#buckets.values()].some((bucket) => bucket.stored > now);
    if (busy) {
      await this.ctx.storage.setAlarm(now + FORGET_MS);
      return;
    }
    this.#buckets.clear();
    this.#hasTable = false;
    await this.ctx.storage.deleteAll();
  }
}
