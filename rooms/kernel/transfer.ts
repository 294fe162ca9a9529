import type { Chips, Ms } from "../game.ts";

/** Chips on their way between a wallet and a room's purse, and what the wallet says with them. All amounts are integer minor units. */

/** What a player staked in a room and what came back, since the room last told the wallet. Chips that lie on the table are staked; below 0 when stakes told of before were taken back. */
export type Flow = { readonly staked: number; readonly returned: number };

/**
 * How much a player may still stake in a room by the limits they have set: the wallet gives it with each answer, and the room
 * spends it in its own commits. Null: without limit. It counts from the flow that the request told of.
 */
export type Allowance = {
  readonly stake: number | null;
  /** Staked less returned. */
  readonly loss: number | null;
  /** From then on nothing may be staked before the wallet is asked again. */
  readonly until: Ms | null;
  /** Of the player's limits: an answer given under older ones than the room was told of is worth nothing. */
  readonly version: number;
};

/** Why the player's own limits keep them from staking. */
export type LimitCode = "limit_stake" | "limit_loss" | "limit_session" | "excluded";

/**
 * One movement between a player's wallet and a room's purse. The id is made by the room (`<room>:<n>`) and journaled
 * there before the wallet is called; the wallet answers a repeated id with its first answer.
 */
export type TransferRequest = {
  readonly id: string;
  readonly room: string;
  /** topup: wallet -> purse. cashout: purse -> wallet, all of it, which may be nothing. allowance: no chips, only permission to stake. */
  readonly kind: "topup" | "cashout" | "allowance";
  readonly amount: Chips;
  /** topup: take less than `amount` when the wallet has less, but never less than this. */
  readonly min: Chips;
  /** What the allowance has to cover at least. */
  readonly covers?: number;
  /** Missing in what older rooms have journaled. */
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
