import type { PlayerId } from "../../../rooms/game.ts";
import { createTables } from "./schema.ts";

/** The player's profile, and whether the player exists. Synchronous; the caller commits. */

export type Profile = {
  readonly id: PlayerId;
  /** The public name: a guest's generated name, or the user name as it was typed. */
  readonly name: string;
  /** The folded user name; null: a guest. */
  readonly account: string | null;
};

/** `named_at`: since when the player has a registered name; null: a guest. */
export type PlayerRow = {
  id: PlayerId;
  name: string;
  account: string | null;
  faucet_at: number | null;
  created_at: number;
  named_at: number | null;
};

export class ProfileStore {
  readonly #sql: SqlStorage;
  #exists = false;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Whether the player was created. Asking writes nothing. */
  get exists(): boolean {
    this.#exists ||= this.#sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'player'").toArray().length > 0;
    return this.#exists;
  }

  row(): PlayerRow | null {
    return this.exists ? this.#sql.exec<PlayerRow>("SELECT * FROM player").one() : null;
  }

  create({ id, name, account }: Profile, now: number): void {
    createTables(this.#sql);
    this.#sql.exec(
      "INSERT INTO player (one, id, name, account, created_at, named_at) VALUES (1, ?, ?, ?, ?, ?)",
      id,
      name,
      account,
      now,
      account === null ? null : now,
    );
  }

  /** Turns the guest into a registered player. */
  register({ name, account }: Pick<Profile, "name" | "account">, now: number): void {
    this.#sql.exec("UPDATE player SET name = ?, account = ?, named_at = ?", name, account, now);
  }

  drewFaucet(now: number): void {
    this.#sql.exec("UPDATE player SET faucet_at = ?", now);
  }
}

export function profileOf({ id, name, account }: Profile): Profile {
  return { id, name, account };
}
