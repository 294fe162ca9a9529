import { chips, type Chips, type Ms, type PlayerId } from "../game.ts";
import type { Allowance, Flow, TransferAnswer, TransferRequest } from "./transfer.ts";

/**
 * A player's chips at one table. Bets move purse -> table inside the room's own commit. The wallet is called only to top up the
 * purse and to cash it out, one transfer at a time, each under an id that is journaled before the call. Pure.
 */
export type Purse = {
  readonly chips: Chips;
  /** The wallet's balance, as of its last answer. */
  readonly balance: Chips;
  /** The one transfer whose answer is not known yet. */
  readonly transfer: TransferRequest | null;
  /** The round in which the wallet was last asked for chips. */
  readonly asked: number;
  /** Since the last transfer was opened, which reported everything before it to the wallet. */
  readonly staked: number;
  readonly returned: number;
  /** Null: this player has set no limits. */
  readonly allowance: Allowance | null;
  /** Whether the wallet lists this purse as open. If so, it must be told when the purse is closed, even an empty one. */
  readonly open: boolean;
};

export const emptyPurse: Purse = {
  chips: chips(0),
  balance: chips(0),
  transfer: null,
  asked: -1,
  staked: 0,
  returned: 0,
  allowance: null,
  open: false,
};

/** Throws RangeError when the purse holds less: the engine checks `shortfall` first. */
export function stake(purse: Purse, amount: Chips): Purse {
  return { ...purse, chips: chips(purse.chips - amount), staked: purse.staked + amount };
}

export function pay(purse: Purse, amount: Chips): Purse {
  return { ...purse, chips: chips(purse.chips + amount), returned: purse.returned + amount };
}

/** Returns a stake that is taken back before it was at risk. */
export function takeBack(purse: Purse, amount: Chips): Purse {
  return { ...purse, chips: chips(purse.chips + amount), staked: purse.staked - amount };
}

/**
 * The most that may be staked at this instant: the purse's chips, capped by the allowance. While a transfer is open the allowance
 * is not known, so a player with limits has to wait.
 */
export function mayStake(purse: Purse, now: Ms): Chips {
  const { allowance } = purse;
  if (allowance === null) return purse.chips;
  const { stake: stakes, loss, until } = allowance;
  if (stakes === null && loss === null && until === null) return purse.chips;
  if (purse.transfer !== null || (until !== null && now >= until)) return chips(0);
  const left = Math.min(
    stakes === null ? Infinity : stakes - purse.staked,
    loss === null ? Infinity : loss - purse.staked + purse.returned,
  );
  return chips(Math.max(0, Math.min(purse.chips, left)));
}

/** Whether the allowance permits this stake now, however many chips there are. */
export function allows(purse: Purse, amount: number, now: Ms): boolean {
  return mayStake({ ...purse, chips: chips(Math.max(amount, purse.chips)) }, now) >= amount;
}

/** Sets the allowance to nothing until the wallet is asked again. A version that is not newer changes nothing. */
export function revoked(purse: Purse, version: number): Purse {
  if ((purse.allowance?.version ?? 0) >= version) return purse;
  return { ...purse, allowance: nothing(version) };
}

const nothing = (version: number): Allowance => ({ stake: 0, loss: 0, until: 0 as Ms, version });

const flowOf = ({ staked, returned }: Purse): Flow => ({ staked, returned });

/** Chips missing to stake this; 0 when the purse covers it. */
export function shortfall(purse: Purse, amount: number): Chips {
  return chips(Math.max(0, amount - purse.chips));
}

export function transferId(room: string, player: PlayerId, n: number): string {
  return `${room}:${player}:${n}`;
}

/** The data that a request to the wallet is made of. */
export type Need = {
  readonly id: string;
  readonly room: string;
  readonly purse: Purse;
  /** The stake that has to be covered. */
  readonly covers: number;
};

/**
 * A request for the buy-in, or for the missing chips when these are more. The wallet may give less, but not less than the missing
 * chips. When none are missing, it asks only for permission to stake.
 */
export function topUp({ id, room, purse, covers }: Need, buyIn: number): TransferRequest {
  const missing = shortfall(purse, covers);
  const flow = flowOf(purse);
  if (missing === 0) return { id, room, kind: "allowance", amount: chips(0), min: chips(0), covers, flow };
  return { id, room, kind: "topup", amount: chips(Math.max(missing, buyIn)), min: missing, covers, flow };
}

/** A request that returns the whole purse to the wallet. */
export function cashOut(id: string, room: string, purse: Purse): TransferRequest {
  return { id, room, kind: "cashout", amount: purse.chips, min: purse.chips, flow: flowOf(purse) };
}

/** The purse once a transfer is journaled: a cash-out's chips have left, a top-up's have not arrived. Throws if one is open. */
export function opened(purse: Purse, transfer: TransferRequest, round: number): Purse {
  if (purse.transfer !== null) throw new Error(`transfer ${purse.transfer.id} is still open`);
  const left = transfer.kind === "cashout" ? chips(purse.chips - transfer.amount) : purse.chips;
  const asked = transfer.kind === "cashout" ? purse.asked : round;
  // Requests of older versions have no flow; it is reported with the next one.
  const { staked, returned } = transfer.flow ?? { staked: 0, returned: 0 };
  return {
    ...purse,
    chips: left,
    transfer,
    asked,
    staked: purse.staked - staked,
    returned: purse.returned - returned,
  };
}

/**
 * The purse after the wallet's answer. A top-up's chips arrive; a refused cash-out's come back. An answer to another transfer
 * than the open one changes nothing: it was journaled before.
 */
export function answered(purse: Purse, id: string, answer: TransferAnswer): Purse {
  const transfer = purse.transfer;
  if (transfer === null || transfer.id !== id) return purse;
  const arrived = transfer.kind === "topup" ? (answer.ok ? answer.amount : 0) : answer.ok ? 0 : transfer.amount;
  const known = newer(purse.allowance, answer.allowance ?? null);
  const closed = transfer.kind === "cashout" && answer.ok;
  return {
    ...purse,
    chips: chips(purse.chips + arrived),
    balance: answer.balance,
    transfer: null,
    // After a cash-out the player needs a new allowance on return, one that also counts what was won meanwhile.
    allowance: closed && known !== null ? nothing(known.version) : known,
    open: !closed && (purse.open || answer.ok),
  };
}

/** The newer allowance: an answer sent before the limits changed may arrive after the room was told of the change. */
function newer(known: Allowance | null, given: Allowance | null): Allowance | null {
  return (known?.version ?? 0) > (given?.version ?? 0) ? known : given;
}
