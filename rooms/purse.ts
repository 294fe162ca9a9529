import { chips, type Chips, type PlayerId } from "./game.ts";
import type { TransferAnswer, TransferRequest } from "./ports.ts";

/**
 * A player's chips at one table. Bets move purse -> table inside the room's own commit; the wallet is called only to top the
 * purse up and to send it home, one transfer at a time, each under an id that is journaled before the call. Pure.
 */
export type Purse = {
  readonly chips: Chips;
  /** The wallet, as its last answer told. */
  readonly balance: Chips;
  /** The one transfer whose answer is not known yet. */
  readonly transfer: TransferRequest | null;
  /** The round in which the wallet was last asked for chips. */
  readonly asked: number;
};

export const emptyPurse: Purse = { chips: chips(0), balance: chips(0), transfer: null, asked: -1 };

/** Throws RangeError when the purse holds less: the engine asks `shortfall` first. */
export function stake(purse: Purse, amount: Chips): Purse {
  return { ...purse, chips: chips(purse.chips - amount) };
}

export function pay(purse: Purse, amount: Chips): Purse {
  return { ...purse, chips: chips(purse.chips + amount) };
}

/** How much is missing to stake this; 0 when the purse covers it. */
export function shortfall(purse: Purse, amount: number): Chips {
  return chips(Math.max(0, amount - purse.chips));
}

export function transferId(room: string, player: PlayerId, n: number): string {
  return `${room}:${player}:${n}`;
}

/** Asks for the buy-in, or for what is missing when that is more; the wallet may give less, never less than `missing`. */
export function topUp(id: string, room: string, missing: Chips, buyIn: number): TransferRequest {
  return { id, room, kind: "topup", amount: chips(Math.max(missing, buyIn)), min: missing };
}

/** Sends all of the purse home. */
export function cashOut(id: string, room: string, purse: Purse): TransferRequest {
  return { id, room, kind: "cashout", amount: purse.chips, min: purse.chips };
}

/** The transfer is journaled: a cash-out's chips have left the purse, a top-up's have not arrived. */
export function opened(purse: Purse, transfer: TransferRequest, round: number): Purse {
  if (purse.transfer !== null) throw new Error(`transfer ${purse.transfer.id} is still open`);
  const left = transfer.kind === "cashout" ? chips(purse.chips - transfer.amount) : purse.chips;
  return { ...purse, chips: left, transfer, asked: transfer.kind === "topup" ? round : purse.asked };
}

/**
 * The wallet answered. A top-up's chips arrive; a refused cash-out's come back. An answer to another transfer than the open
 * one changes nothing: it was journaled before.
 */
export function answered(purse: Purse, id: string, answer: TransferAnswer): Purse {
  const transfer = purse.transfer;
  if (transfer === null || transfer.id !== id) return purse;
  const arrived = transfer.kind === "topup" ? (answer.ok ? answer.amount : 0) : answer.ok ? 0 : transfer.amount;
  return { ...purse, chips: chips(purse.chips + arrived), balance: answer.balance, transfer: null };
}
