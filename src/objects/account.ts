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
 * Durable Object `Account`, named by the folded user name: the credentials, their player and the failed log-ins. An object that
 * is named by a look (account/look.ts) stores only which name holds that look.
 *
 * For an unregistered name it does the same work, counts failures and imposes waits in the same way, so that neither the answer
 * nor its timing tells whether a name exists.
 */

export type Claimed = { readonly ok: true } | { readonly ok: false; readonly code: "username_taken" };

export type Denied =
  | { readonly ok: false; readonly code: "invalid_credentials" }
  | { readonly ok: false; readonly code: "too_many_attempts"; readonly retryAfterMs: number };
export type Verified = { readonly ok: true; readonly player: PlayerId; readonly username: string } | Denied;

/** The data of a registration besides the name. `recovery`: the hash of the recovery code. */
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
/** The last change of the password. `told`: 1 once the player's object has ended the older sessions. */
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

/** A change of the password. `operation` makes it idempotent; null: the request has no Idempotency-Key. */
export type NewPassword = {
  readonly current: string;
  readonly next: string;
  readonly player: PlayerId;
  /** The session that stays; every other one ends. */
  readonly session: string;
  readonly operation: string | null;
};
type Changed = { operation: string | null; session: string; at: number; told: number };
/** In place of a session id: every session ends. */
const NONE = "";

export class Account extends DurableObject<Env> {
  readonly #sql: SqlStorage = this.ctx.storage.sql;
  readonly #tries = new Tries(this.#sql);
  readonly #recovery = new Recovery(this.#sql);
  readonly #look = new Look(this.#sql);
  #exists = this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'owner'").toArray().length > 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    if (this.#exists) this.#sql.exec(TABLES); // adds the tables of later versions; writes nothing if they exist
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
   * Registers the name for a player; a taken one is `username_taken`. Idempotent for the same player and password, so that a
   * registration whose answer was lost can be repeated; the recovery code is then replaced by the one of the repeat.
   */
  async claim(username: string, { password, device, recovery }: Credentials, player: PlayerId): Promise<Claimed> {
    const owner = this.#owner();
    const again = owner !== null && owner.player === player && verifyPassword(password, owner);
    if (owner !== null && !again) return { ok: false, code: "username_taken" };
    // No await between the check and the write: no other call can run between them.
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
   * Checks a password. Each try counts as a failure before the password is checked, so that concurrent tries cannot share one.
   * After the free tries each further one has to wait, twice as long each time.
   */
  async verify(password: string, guesser: Guesser): Promise<Verified> {
    const verified = this.#guess(this.#counterOf(guesser), (owner) => verifyPassword(password, owner));
    if (verified.ok) this.#tries.welcome(guesser.device, Date.now());
    return verified;
  }

  #counterOf(guesser: Guesser): string {
    return this.#exists ? this.#tries.counterOf(guesser) : `address ${guesser.address}`;
  }

  /** Counts a try and checks it. Synchronous, so that two concurrent tries count as two. */
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
   * Replaces the password, given the current one, and ends every other session: the change is committed with a note, and the
   * player's object is told until it has ended them. A wrong password counts only against the requesting session, also after its
   * token is renewed, so that guesses from outside cannot block this. A repeat under the same operation changes nothing and gets
   * the same answer.
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
   * Replaces the recovery code, given the password; the old code is void. A repeat under the same key changes nothing; if another
   * code has replaced this one since, it is a conflict.
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

  /** Since when the current recovery code exists; null: there is none. */
  async recoverySince(): Promise<number | null> {
    return this.#exists ? this.#recovery.since() : null;
  }

  /**
   * Sets a new password, given the recovery code, which is used up: `next` is the hash of the new code. Every session ends. It
   * can be repeated with the same new password, in case the answer was lost.
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
    // The password is changed already: if the player's object does not answer, the alarm retries this.
    await this.#endOthers(player).catch((error: unknown) => logOf(this.env).error("sessions to be ended", { error }));
  }

  #changed(): Changed | null {
    return this.#sql.exec<Changed>("SELECT operation, session, at, told FROM changed").toArray()[0] ?? null;
  }

  /** Ends the sessions that were opened before the last change of the password, but not the one that made the change. */
  async #endOthers(player: PlayerId): Promise<void> {
    const changed = this.#changed();
    if (changed === null || changed.told === 1) return;
    await playerStub(this.env, player).leaveOthers(changed.session, changed.at);
    this.#sql.exec("UPDATE changed SET told = 1 WHERE at = ?", changed.at);
  }

  /** The player who has this name, and its spelling; null: nobody. */
  async whose(): Promise<{ readonly player: PlayerId; readonly username: string } | null> {
    const owner = this.#owner();
    return owner === null ? null : { player: owner.player, username: owner.username };
  }

  /** Frees the name if it is this player's: used when the player is registered under another name already, see auth/enter.ts. */
  async release(player: PlayerId): Promise<void> {
    if (this.#owner()?.player !== player) return;
    transact(this.ctx.storage, () => {
      this.#sql.exec("DELETE FROM owner");
      this.#sql.exec("DELETE FROM device");
      this.#recovery.clear();
    });
  }

  /** For a look: takes it for the name `folded` if it is free or held by `instead`, an unregistered name. Answers the holder. */
  async hold(folded: string, instead: string | null): Promise<Holder> {
    return transact(this.ctx.storage, () => this.#look.hold(folded, instead, Date.now()));
  }

  /** Registered: ends the sessions that still have to end. Unregistered: deletes everything once the failures are forgotten. */
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
