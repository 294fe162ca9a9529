import { DurableObject } from "cloudflare:workers";
import type { PlayerId } from "../rooms/game.ts";
import { transact } from "../rooms/sql.ts";
import { hashPassword, verifyPassword, type Hashed } from "./auth/password.ts";
import { settingsOf, type Env } from "./env.ts";
import { step } from "./steps.ts";
import { playerStub } from "./stubs.ts";

/**
 * Durable Object `Account`, by folded user name: the credentials, the player they belong to, and the failed log-ins.
 *
 * A name that nobody has does the same work, counts its failures and makes one wait just like one that somebody has, so
 * neither answer nor time tells the two apart.
 */

export type Claimed = { readonly ok: true } | { readonly ok: false; readonly code: "username_taken" };

export type Verified =
  | { readonly ok: true; readonly player: PlayerId; readonly username: string }
  | { readonly ok: false; readonly code: "invalid_credentials" }
  | { readonly ok: false; readonly code: "too_many_attempts"; readonly retryAfterMs: number };

type Owner = { player: PlayerId; username: string } & Hashed;
type Tries = { failures: number; blocked_until: number };

const FORGET_TRIES_MS = 86_400_000;

const TABLES = `
CREATE TABLE IF NOT EXISTS owner (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  player TEXT NOT NULL,
  username TEXT NOT NULL CHECK (length(username) BETWEEN 3 AND 20),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  claimed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS tries (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  failures INTEGER NOT NULL CHECK (failures >= 0),
  blocked_until INTEGER NOT NULL
) STRICT;
`;

/** The last change of the password, and whether the sessions of before have been ended for it. */
const LATER_TABLES = `
CREATE TABLE IF NOT EXISTS changed (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  operation TEXT,
  session TEXT NOT NULL,
  at INTEGER NOT NULL,
  told INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
`;
const TELL_AGAIN_MS = 5_000;

/** Once by `operation`, which stands for this very wish; null: it has none. */
export type NewPassword = {
  readonly current: string;
  readonly next: string;
  readonly player: PlayerId;
  /** The one that goes on; every other ends. */
  readonly session: string;
  readonly operation: string | null;
};
type Changed = { operation: string | null; session: string; at: number; told: number };

export class Account extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;
  #exists = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'owner'").toArray().length > 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (this.#exists) this.#sql.exec(LATER_TABLES);
  }

  #create(): void {
    if (!this.#exists) this.#sql.exec(TABLES + LATER_TABLES);
    this.#exists = true;
  }

  #owner(): Owner | null {
    if (!this.#exists) return null;
    return this.#sql.exec<Owner>("SELECT player, username, salt, hash FROM owner").toArray()[0] ?? null;
  }

  /** Failures are forgotten a day after the last one. */
  #tries(now: number): Tries {
    const none = { failures: 0, blocked_until: 0 };
    if (!this.#exists) return none;
    const tries = this.#sql.exec<Tries>("SELECT failures, blocked_until FROM tries").toArray()[0] ?? none;
    if (tries.blocked_until + FORGET_TRIES_MS <= now) return none;
    // A longer wait than there is was made by a clock that has been put back since.
    const latest = now + settingsOf(this.env).LOGIN_BACKOFF_MAX_S * 1_000;
    return { ...tries, blocked_until: Math.min(tries.blocked_until, latest) };
  }

  /**
   * Takes the name for a player, once: of two at a time one is told `username_taken`. The same player with the same password
   * may ask again, which is how a registration that lost its answer goes on.
   */
  async claim(username: string, password: string, player: PlayerId): Promise<Claimed> {
    const owner = this.#owner();
    if (owner !== null) {
      const again = owner.player === player && verifyPassword(password, owner);
      return again ? { ok: true } : { ok: false, code: "username_taken" };
    }
    // No await from the check to the write: nothing can come between.
    const { salt, hash } = hashPassword(password);
    transact(this.ctx.storage, () => {
      this.#create();
      this.#sql.exec(
        "INSERT INTO owner (one, player, username, salt, hash, claimed_at) VALUES (1, ?, ?, ?, ?, ?)",
        player,
        username,
        salt,
        hash,
        Date.now(),
      );
    });
    return { ok: true };
  }

  /**
   * Checks a password. Each try counts as failed before it is looked at, so that tries at the same time cannot share a
   * place; beyond the free ones each has to wait twice as long as the one before.
   */
  async verify(password: string): Promise<Verified> {
    const now = Date.now();
    const tries = this.#tries(now);
    if (now < tries.blocked_until) {
      return { ok: false, code: "too_many_attempts", retryAfterMs: tries.blocked_until - now };
    }
    const owner = this.#owner();
    await this.#countFailure(tries.failures + 1, owner === null, now);
    if (!verifyPassword(password, owner) || owner === null) return { ok: false, code: "invalid_credentials" };
    this.#sql.exec("DELETE FROM tries");
    return { ok: true, player: owner.player, username: owner.username };
  }

  /**
   * A new password for the old one, which ends every other session: noted in the same commit, and told the player until it is done.
   * A wrong one counts as a failed log-in. Again under one operation it changes nothing and is told the same.
   */
  async change({ current, next, player, session, operation }: NewPassword): Promise<Verified> {
    const owner = this.#owner();
    if (owner?.player === player && operation !== null && this.#changed()?.operation === operation) {
      await this.#endOthers(player);
      return { ok: true, player, username: owner.username };
    }
    const verified = await this.verify(current);
    if (!verified.ok) return verified;
    const { salt, hash } = hashPassword(next);
    const at = Date.now();
    transact(this.ctx.storage, () => {
      this.#sql.exec("UPDATE owner SET salt = ?, hash = ?", salt, hash);
      this.#sql.exec(
        "INSERT OR REPLACE INTO changed (one, operation, session, at, told) VALUES (1, ?, ?, ?, 0)",
        operation,
        session,
        at,
      );
    });
    await this.ctx.storage.setAlarm(at + TELL_AGAIN_MS);
    await step(this.env, "requests.between");
    await this.#endOthers(verified.player);
    return verified;
  }

  #changed(): Changed | null {
    return this.#sql.exec<Changed>("SELECT operation, session, at, told FROM changed").toArray()[0] ?? null;
  }

  /** The sessions of before the last change of the password are over. Those that were opened with the new one go on. */
  async #endOthers(player: PlayerId): Promise<void> {
    const changed = this.#changed();
    if (changed === null || changed.told === 1) return;
    await playerStub(this.env, player).leaveOthers(changed.session, changed.at);
    this.#sql.exec("UPDATE changed SET told = 1 WHERE at = ?", changed.at);
  }

  /** Whose name this is; null: nobody's. */
  async whose(): Promise<{ readonly player: PlayerId; readonly username: string } | null> {
    const owner = this.#owner();
    return owner === null ? null : { player: owner.player, username: owner.username };
  }

  async #countFailure(failures: number, unowned: boolean, now: number): Promise<void> {
    const { LOGIN_FREE_TRIES, LOGIN_BACKOFF_MAX_S } = settingsOf(this.env);
    const beyond = failures - LOGIN_FREE_TRIES;
    const waitMs = beyond < 0 ? 0 : Math.min(LOGIN_BACKOFF_MAX_S, 2 ** Math.min(beyond, 20)) * 1_000;
    this.#create();
    this.#sql.exec(
      "INSERT OR REPLACE INTO tries (one, failures, blocked_until) VALUES (1, ?, ?)",
      failures,
      now + waitMs,
    );
    if (unowned && failures === 1) await this.ctx.storage.setAlarm(now + FORGET_TRIES_MS);
  }

  /** Gives the name back when its player turned out to be registered under another: see auth/enter.ts. */
  async release(player: PlayerId): Promise<void> {
    if (this.#owner()?.player === player) this.#sql.exec("DELETE FROM owner");
  }

  /** A name that nobody has leaves nothing behind once its failures are forgotten. */
  override async alarm(): Promise<void> {
    const now = Date.now();
    const owner = this.#owner();
    if (owner !== null) {
      await this.ctx.storage.setAlarm(now + TELL_AGAIN_MS);
      await this.#endOthers(owner.player);
      if (this.#changed()?.told !== 0) await this.ctx.storage.deleteAlarm();
      return;
    }
    const { blocked_until } = this.#tries(now);
    if (blocked_until > 0) {
      await this.ctx.storage.setAlarm(blocked_until + FORGET_TRIES_MS);
      return;
    }
    this.#exists = false;
    await this.ctx.storage.deleteAll();
  }
}
