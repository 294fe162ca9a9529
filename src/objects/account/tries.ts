/**
 * Counts wrong passwords for one name and makes each further try wait twice as long. They are counted per browser if that browser
 * has logged in to this name before, else per address, so that nobody's guesses lock anybody else out. Many failures for the name
 * in all only make unknown addresses wait sooner.
 */

export type Guesser = {
  /** The client's address. */
  readonly address: string;
  /** The browser's id, signed by this house. */
  readonly device: string;
};

/** A renewed session keeps the first characters of its id (`successorOf`), so that its wrong tries still count. */
const LINE_CHARS = 12;
export const bySession = (session: string): string => `session ${session.slice(0, LINE_CHARS)}`;
export const successorOf = (session: string, fresh: string): string =>
  session.slice(0, LINE_CHARS) + fresh.slice(LINE_CHARS);

export const TRY_TABLES = `
CREATE TABLE IF NOT EXISTS tries (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  failures INTEGER NOT NULL CHECK (failures >= 0),
  blocked_until INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS guesser (
  who TEXT PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  blocked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS device (id TEXT PRIMARY KEY, used_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

export const FORGET_TRIES_MS = 86_400_000;
/** Free tries of an unknown address while the name is under siege (LOGIN_NAME_TRIES exceeded). */
const FREE_UNDER_SIEGE = 1;
const GUESSERS_MAX = 2_000;
const DEVICES_MAX = 50;

export type TrySettings = {
  readonly LOGIN_FREE_TRIES: number;
  readonly LOGIN_NAME_TRIES: number;
  readonly LOGIN_BACKOFF_MAX_S: number;
};

export class Tries {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** The counter of this guesser: the browser's if it has logged in to this name before, else the address's. */
  counterOf({ address, device }: Guesser): string {
    const known = this.#sql.exec("SELECT 1 FROM device WHERE id = ?", device).toArray().length > 0;
    return known ? `device ${device}` : `address ${address}`;
  }

  /** How long this guesser still has to wait, in milliseconds. At most the maximum: a longer one is a clock error. */
  waitOf(who: string, { LOGIN_BACKOFF_MAX_S }: TrySettings, now: number): number {
    const [row] = this.#sql
      .exec<{ until: number }>("SELECT blocked_until AS until FROM guesser WHERE who = ?", who)
      .toArray();
    return Math.min(LOGIN_BACKOFF_MAX_S * 1_000, Math.max(0, (row?.until ?? 0) - now));
  }

  /** Counts a failed try. Failures are forgotten a day after the last one. */
  count(who: string, settings: TrySettings, now: number): void {
    this.#sql.exec("DELETE FROM guesser WHERE blocked_until <= ?", now - FORGET_TRIES_MS);
    const all = this.#ofName(now) + 1;
    this.#sql.exec("INSERT OR REPLACE INTO tries (one, failures, blocked_until) VALUES (1, ?, ?)", all, now);
    const [row] = this.#sql.exec<{ n: number }>("SELECT failures AS n FROM guesser WHERE who = ?", who).toArray();
    const failures = (row?.n ?? 0) + 1;
    const siege = all > settings.LOGIN_NAME_TRIES && who.startsWith("address ");
    const beyond = failures - (siege ? FREE_UNDER_SIEGE : settings.LOGIN_FREE_TRIES);
    const waitMs = beyond < 0 ? 0 : Math.min(settings.LOGIN_BACKOFF_MAX_S, 2 ** Math.min(beyond, 20)) * 1_000;
    this.#sql.exec(
      "INSERT OR REPLACE INTO guesser (who, failures, blocked_until) VALUES (?, ?, ?)",
      who,
      failures,
      now + waitMs,
    );
    this.#sql.exec(
      "DELETE FROM guesser WHERE who IN (SELECT who FROM guesser ORDER BY blocked_until DESC, who LIMIT -1 OFFSET ?)",
      GUESSERS_MAX,
    );
  }

  #ofName(now: number): number {
    const [row] = this.#sql
      .exec<{ failures: number; last: number }>("SELECT failures, blocked_until AS last FROM tries")
      .toArray();
    return row === undefined || row.last <= now - FORGET_TRIES_MS ? 0 : row.failures;
  }

  /** After a right password: clears this guesser's failures, and takes this try back from the name's count. */
  forget(who: string): void {
    this.#sql.exec("DELETE FROM guesser WHERE who = ?", who);
    this.#sql.exec("UPDATE tries SET failures = failures - 1 WHERE failures > 0");
    this.#sql.exec("DELETE FROM tries WHERE failures = 0");
  }

  /** Notes that this browser has logged in to the name. */
  welcome(device: string, now: number): void {
    this.#sql.exec("INSERT OR REPLACE INTO device (id, used_at) VALUES (?, ?)", device, now);
    this.#sql.exec(
      "DELETE FROM device WHERE id IN (SELECT id FROM device ORDER BY used_at DESC, id LIMIT -1 OFFSET ?)",
      DEVICES_MAX,
    );
  }

  /** When the last failure will be forgotten; null: there is none left. */
  forgetAt(now: number): number | null {
    const [row] = this.#sql.exec<{ last: number }>("SELECT blocked_until AS last FROM tries").toArray();
    const at = (row?.last ?? 0) + FORGET_TRIES_MS;
    return at > now ? at : null;
  }
}
