import { DurableObject } from "cloudflare:workers";
import type { PlayerId } from "../../rooms/game.ts";
import { transact } from "../../rooms/host/sql.ts";
import { Look, type Holder } from "./account/look.ts";
import { Recovery, RECOVERY_TABLES } from "./account/recovery.ts";
import { bySession, FORGET_TRIES_MS, Tries, TRY_TABLES, type Guesser } from "./account/tries.ts";
import { hashPassword, verifyPassword, type Hashed } from "../api/auth/password.ts";
import { settingsOf, type Env } from "../env.ts";
import { logOf } from "../log.ts";
import { step } from "../steps.ts";
import { playerStub } from "./stubs.ts";

/**
 * Durable Object `Account`, by folded user name: the credentials, the player they belong to, and the failed log-ins. Under the name of
 * a look (account/look.ts) it is only who has that.
 *
 * A name that nobody has does the same work, counts its failures and makes one wait just like one that somebody has, so
 * neither answer nor time tells the two apart.
 */

export type Claimed = { readonly ok: true } | { readonly ok: false; readonly code: "username_taken" };

export type Denied =
  | { readonly ok: false; readonly code: "invalid_credentials" }
  | { readonly ok: false; readonly code: "too_many_attempts"; readonly retryAfterMs: number };
export type Verified = { readonly ok: true; readonly player: PlayerId; readonly username: string } | Denied;

/** What a registration brings besides the name. */
export type Credentials = { readonly password: string; readonly device: string; readonly recovery: ArrayBuffer };

type Owner = { player: PlayerId; username: string } & Hashed;

const TELL_AGAIN_MS = 5_000;

const OWNER_TABLES = `
CREATE TABLE IF NOT EXISTS owner (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  player TEXT NOT NULL,
  username TEXT NOT NULL CHECK (length(username) BETWEEN 3 AND 20),
  salt BLOB NOT NULL CHECK (length(salt) = 16),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  claimed_at INTEGER NOT NULL
) STRICT;
`;
/** The last change of the password, and whether the sessions of before have been ended for it. */
const CHANGE_TABLES = `
CREATE TABLE IF NOT EXISTS changed (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  operation TEXT,
  session TEXT NOT NULL,
  at INTEGER NOT NULL,
  told INTEGER NOT NULL CHECK (told IN (0, 1))
) STRICT;
`;
const TABLES = OWNER_TABLES + TRY_TABLES + RECOVERY_TABLES + CHANGE_TABLES;

/** Once by `operation`, which stands for this very request; null: it has none. */
export type NewPassword = {
  readonly current: string;
  readonly next: string;
  readonly player: PlayerId;
  /** The one that goes on; every other ends. */
  readonly session: string;
  readonly operation: string | null;
};
type Changed = { operation: string | null; session: string; at: number; told: number };
/** No session goes on. */
const NONE = "";

export class Account extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;
  readonly #tries = new Tries(this.#sql);
  readonly #recovery = new Recovery(this.#sql);
  readonly #look = new Look(this.#sql);
  #exists = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'owner'").toArray().length > 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (this.#exists) this.#sql.exec(TABLES); // what came later; where it is there, nothing is written
  }

  #create(): void {
    if (!this.#exists) this.#sql.exec(TABLES);
    this.#exists = true;
  }

  #owner(): Owner | null {
    if (!this.#exists) return null;
    return this.#sql.exec<Owner>("SELECT player, username, salt, hash FROM owner").toArray()[0] ?? null;
  }

  /**
   * Takes the name for a player, once: of two at a time one is told `username_taken`. The same player with the same password
   * may ask again, which is how a registration that lost its answer goes on; the recovery code is the one that it brings then.
   */
  async claim(username: string, { password, device, recovery }: Credentials, player: PlayerId): Promise<Claimed> {
    const owner = this.#owner();
    const again = owner !== null && owner.player === player && verifyPassword(password, owner);
    if (owner !== null && !again) return { ok: false, code: "username_taken" };
    // No await from the check to the write: nothing can come between.
    const { salt, hash } = hashPassword(password);
    const now = Date.now();
    transact(this.ctx.storage, () => {
      this.#create();
      if (!again) {
        this.#sql.exec(
          "INSERT INTO owner (one, player, username, salt, hash, claimed_at) VALUES (1, ?, ?, ?, ?, ?)",
          player,
          username,
          salt,
          hash,
          now,
        );
      }
      this.#tries.welcome(device, now);
      this.#recovery.set(recovery, now);
    });
    return { ok: true };
  }

  /**
   * Checks a password. Each try counts as failed before it is looked at, so that tries at the same time cannot share a
   * place; beyond the free ones each has to wait twice as long as the one before.
   */
  async verify(password: string, guesser: Guesser): Promise<Verified> {
    const verified = this.#guess(this.#counterOf(guesser), (owner) => verifyPassword(password, owner));
    if (verified.ok) this.#tries.welcome(guesser.device, Date.now());
    return verified;
  }

  #counterOf(guesser: Guesser): string {
    return this.#exists ? this.#tries.counterOf(guesser) : `address ${guesser.address}`;
  }

  /** Nothing is awaited in it: two guesses at a time count as two. */
  #guess(who: string, isRight: (owner: Owner | null) => boolean): Verified {
    const now = Date.now();
    const settings = settingsOf(this.env);
    const waitMs = this.#exists ? this.#tries.waitOf(who, settings, now) : 0;
    if (waitMs > 0) return { ok: false, code: "too_many_attempts", retryAfterMs: waitMs };
    const owner = this.#owner();
    this.#create();
    this.#tries.count(who, settings, now);
    if (owner === null) void this.ctx.storage.setAlarm(now + FORGET_TRIES_MS);
    if (!isRight(owner) || owner === null) return { ok: false, code: "invalid_credentials" };
    this.#tries.forget(who);
    return { ok: true, player: owner.player, username: owner.username };
  }

  /**
   * A new password for the old one, which ends every other session: noted in the same commit, and told the player until it is done.
   * A wrong one counts against the session that asks, alone, by whatever tokens it goes on: who guesses from outside keeps nobody from it. Again under one operation
   * it changes nothing and is told the same.
   */
  async change({ current, next, player, session, operation }: NewPassword): Promise<Verified> {
    const owner = this.#owner();
    if (owner?.player === player && operation !== null && this.#changed()?.operation === operation) {
      await this.#endOthers(player);
      return { ok: true, player, username: owner.username };
    }
    const verified = this.#guess(bySession(session), (known) => verifyPassword(current, known));
    if (verified.ok) await this.#replace(verified.player, next, { session, operation }, () => undefined);
    return verified;
  }

  /**
   * Another recovery code for the password. The one before is worthless from then on. Again under one key it changes nothing; where
   * another code is good by then it is a conflict.
   */
  async renewRecovery(
    password: string,
    code: ArrayBuffer,
    session: string,
    key: string | null,
  ): Promise<Verified | { readonly ok: false; readonly code: "idempotency_conflict" }> {
    const verified = this.#guess(bySession(session), (owner) => verifyPassword(password, owner));
    if (!verified.ok) return verified;
    const now = Date.now();
    const good = transact(this.ctx.storage, () => this.#recovery.renew(key, code, now));
    return good ? verified : { ok: false, code: "idempotency_conflict" };
  }

  /** Whether there is one, since when. */
  async recoverySince(): Promise<number | null> {
    return this.#exists ? this.#recovery.since() : null;
  }

  /**
   * A new password for the recovery code, which is used up: `next` is the one after it. Every session ends. Asked again with the
   * same new password, because the answer was lost, it does the same.
   */
  async recover(code: ArrayBuffer, password: string, next: ArrayBuffer, guesser: Guesser): Promise<Verified> {
    const verified = this.#guess(this.#counterOf(guesser), (owner) => {
      const match = this.#recovery.match(code);
      return match === "good" || (match === "spent" && verifyPassword(password, owner));
    });
    if (!verified.ok) return verified;
    await this.#replace(verified.player, password, { session: NONE, operation: null }, () => {
      this.#recovery.spend(code, next, Date.now());
      this.#tries.welcome(guesser.device, Date.now());
    });
    return verified;
  }

  async #replace(
    player: PlayerId,
    password: string,
    { session, operation }: Pick<NewPassword, "session" | "operation">,
    besides: () => void,
  ): Promise<void> {
    const { salt, hash } = hashPassword(password);
    const at = Date.now();
    transact(this.ctx.storage, () => {
      this.#sql.exec("UPDATE owner SET salt = ?, hash = ?", salt, hash);
      this.#sql.exec(
        "INSERT OR REPLACE INTO changed (one, operation, session, at, told) VALUES (1, ?, ?, ?, 0)",
        operation,
        session,
        at,
      );
      besides();
    });
    await this.ctx.storage.setAlarm(at + TELL_AGAIN_MS);
    await step(this.env, "requests.between");
    // The password is new: what is left to do is the alarm's, should the player's object not answer.
    await this.#endOthers(player).catch((error: unknown) => logOf(this.env).error("sessions to be ended", { error }));
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

  /** Gives the name back when its player turned out to be registered under another: see auth/enter.ts. */
  async release(player: PlayerId): Promise<void> {
    if (this.#owner()?.player !== player) return;
    transact(this.ctx.storage, () => {
      this.#sql.exec("DELETE FROM owner");
      this.#sql.exec("DELETE FROM device");
      this.#recovery.clear();
    });
  }

  /** Of a look: the name that has it, which is this one if nobody had. `instead`: of one that is nobody's by now. */
  async hold(folded: string, instead: string | null): Promise<Holder> {
    return transact(this.ctx.storage, () => this.#look.hold(folded, instead, Date.now()));
  }

  /** A name that nobody has leaves nothing behind once its failures are forgotten. */
  override async alarm(): Promise<void> {
    if (!this.#exists) return;
    const owner = this.#owner();
    if (owner !== null) {
      await this.ctx.storage.setAlarm(Date.now() + TELL_AGAIN_MS);
      await this.#endOthers(owner.player);
      if (this.#changed()?.told !== 0) await this.ctx.storage.deleteAlarm();
      return;
    }
    const at = this.#tries.forgetAt(Date.now());
    if (at !== null) {
      await this.ctx.storage.setAlarm(at);
      return;
    }
    this.#exists = false;
    await this.ctx.storage.deleteAll();
  }
}
