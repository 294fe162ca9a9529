import type { Chips, Ms } from "../game.ts";

/** Transfers of chips between a wallet and a room's purse, and the wallet's answers. All amounts are integer minor units. */

/**
 * A player's stakes and returns in a room since its last report to the wallet. Chips on the table count as staked; below 0 if
 * reported stakes were taken back.
 */
export type Flow = { readonly staked: number; readonly returned: number };

/**
 * How much a player may still stake in a room by their own limits. The wallet gives it with each answer, and the room spends it
 * in its own commits. Null: without limit. It counts from the flow that the request reported.
 */
export type Allowance = {
  readonly stake: number | null;
  /** Staked less returned. */
  readonly loss: number | null;
  /** From then on nothing may be staked until the wallet is asked again. */
  readonly until: Ms | null;
  /** Version of the player's limits. An allowance of an older version than the room knows of is ignored. */
  readonly version: number;
};

/** Why the player's own limits keep them from staking. */
export type LimitCode = "limit_stake" | "limit_loss" | "limit_session" | "excluded";

/**
 * One movement between a player's wallet and a room's purse. The id is made by the room (`<room>:<player>:<n>`) and journaled
 * there before the wallet is called. Idempotent: the wallet answers a repeated id with its first answer.
 */
export type TransferRequest = {
  readonly id: string;
  readonly room: string;
  /** topup: wallet -> purse. cashout: purse -> wallet, all of it, which may be nothing. allowance: no chips, only permission to stake. */
  readonly kind: "topup" | "cashout" | "allowance";
  readonly amount: Chips;
  /** topup: take less than `amount` when the wallet has less, but never less than this. */
  readonly min: Chips;
  /** The least that the allowance has to cover. */
  readonly covers?: number;
  /** Missing in requests that older versions journaled. */
  readonly flow?: Flow;
};

export type TransferAnswer =
  | {
      readonly ok: true;
      readonly amount: Chips;
      readonly balance: Chips;
      /** Missing: the player has never set a limit. */
      readonly allowance?: Allowance;
    }
  | {
      readonly ok: false;
      /** `transfer_conflict`: the id is known with another body. `insufficient_funds`: the wallet has less than `min`. */
      readonly code: "insufficient_funds" | "transfer_conflict" | "unknown_player" | LimitCode;
      readonly balance: Chips;
      readonly allowance?: Allowance;
    };
