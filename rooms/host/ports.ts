import type { Chips, Json, Ms, PlayerId, Summary, Viewer } from "../game.ts";
import type { Proof } from "../fair/deck.ts";
import type { SeedProof } from "../fair/draw.ts";
import type { Inspection } from "./inspect.ts";
import type { Order } from "../kernel/orders.ts";
import type { Envelope, Topic } from "./outbox.ts";
import type { Table } from "../kernel/table.ts";

/**
 * The seams between a room and the rest of the house. A room knows its wallet and its directory by these only; the Worker
 * knows a room by `RoomRpc` and the socket request. All amounts are integer minor units.
 */

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
  /** topup: wallet -> purse. cashout: purse -> wallet, all of it, which may be nothing. allowance: no chips, leave to stake alone. */
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

export interface Wallet {
  /** Idempotent by id. A rejection means the outcome is unknown: call again with the same id. */
  transfer(player: PlayerId, request: TransferRequest): Promise<TransferAnswer>;
}

/** The account that awards are paid from. */
export interface Treasury {
  /** All that this room's players have staked so far, in minor units; a lower sum than before changes nothing. */
  accrue(room: string, staked: number): Promise<void>;
}

export interface Registrar {
  /** At most every few seconds from an active room; wakes no other room. */
  report(room: string, report: RoomReport): Promise<void>;
}

export type RoomReport = {
  readonly summary: Summary;
  readonly online: number;
  readonly sockets: number;
  readonly status: Table["status"];
  /** Since the object was last constructed: counters.ts has the names. */
  readonly counters: Readonly<Record<string, number>>;
  readonly at: Ms;
  /** Tells one construction of the object from another. Missing in reports of older versions. */
  readonly run?: string;
  /** Missing in reports of older versions. */
  readonly waiting?: Waiting;
};

/** What a room waits for, as it is now. */
export type Waiting = {
  /** To and from wallets, without an answer. */
  readonly transfers: number;
  /** Rows of the outbox whose events nobody has confirmed. */
  readonly outbox: number;
  /** Rows that are not tried any more. */
  readonly parked: number;
  /** When the oldest event that still waits was made. */
  readonly oldestAt: Ms | null;
  /** The same of topic `settled` alone: how far the read side is behind. Missing in reports of older versions. */
  readonly oldestSettledAt?: Ms | null;
};

/** A finished round as REST gives it. `outcome` is the game's `recount` for the viewer. Of most games the proof is a seed. */
export type RoundRecord<Proved extends Proof = SeedProof> = {
  readonly room: string;
  readonly round: number;
  readonly startedAt: Ms;
  readonly endedAt: Ms;
  readonly void: boolean;
  readonly outcome: Json;
  readonly proof: Proved;
};

/** A message from the Worker's queue consumer, and what came of it. */
export type Delivery = { readonly id: string; readonly message: unknown };
/**
 * `faulted` and `internal` may be tried again; any other refusal says that this message is never right.
 */
export type Delivered = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

export type RoomDescription = {
  readonly room: string;
  readonly game: string;
  readonly config: Json;
  readonly seq: number;
  readonly view: Json;
  readonly table: Table;
};

export interface RoomRpc {
  /** Sets the config of a new room, once; `{}` is the game's default. Throws `bad_config` on another shape. */
  setUp(config: unknown): Promise<void>;
  describe(): Promise<RoomDescription>;
  stats(): Promise<RoomReport>;
  /** A player's chips in this room: in the purse, and in the game's hands. */
  holdings(player: PlayerId): Promise<{ purse: number; held: number; flow: Flow }>;
  /**
   * The player's limits have changed: what they may stake is asked for anew. `out`: they may not play at all: what is in the open
   * round ends, nothing new is staked, their sockets are closed and their chips go home. Durable once it answers; harmless to repeat.
   */
  revoke(player: PlayerId, version: number, out: boolean): Promise<void>;
  /**
   * A player's session is over: the sockets that it opened are closed. `last`: no other of theirs went into this room, so, unless
   * they are here again, what plays by itself for them ends as in `revoke` and their chips go home. Durable; harmless to repeat.
   */
  hangUp(player: PlayerId, session: string, last: boolean): Promise<void>;
  /** Newest first; `before` is exclusive. */
  listRounds(
    before: number | null,
    limit: number,
    viewer: Viewer,
  ): Promise<{ rounds: RoundRecord<Proof>[]; next: number | null }>;
  readRound(round: number, viewer: Viewer): Promise<RoundRecord<Proof> | null>;
  /** Durable once it answers, in the order given; each message by its own verdict, and once however often it comes. */
  deliver(deliveries: readonly Delivery[]): Promise<Delivered[]>;
  /** Events of this room's outbox that have had their effect. */
  confirm(topic: Topic, ids: readonly string[]): Promise<void>;
  /** Of these events, which nobody has confirmed. One of another room of this name counts as such. */
  unconfirmed(topic: Topic, ids: readonly string[]): Promise<string[]>;
  /** Takes events that this room once sent back into its outbox, to be sent until they are confirmed. Answers which are its own. */
  sendAgain(topic: Topic, events: readonly Envelope[]): Promise<string[]>;
  /**
   * What settled in this room, as it left by the outbox: the events of topic `settled`, oldest first, from above sequence `after`.
   * At least `limit` of them when there are so many; `next` is the sequence to go on from.
   */
  settledSince(after: number, limit: number): Promise<{ events: Envelope[]; next: number | null }>;
  /** Of these messages, which were never taken. */
  untaken(ids: readonly string[]): Promise<string[]>;
  /** For an operator: how the room stands. Tells no secret. */
  inspect(): Promise<Inspection>;
  /**
   * Operator, see orders.ts: `void` answers `no_round` when no round has stakes, `not_this_round` when another one is open, and
   * `result_known` when its result is out. `requestId` is noted in the journal: see request-ids.ts.
   */
  operate(order: Order, requestId?: string): Promise<{ ok: true } | { ok: false; code: string; message: string }>;
}

/**
 * The Worker, and nobody else, names the player on a socket request to a room: it strips everything the client sent and
 * sets these.
 */
export const SOCKET_HEADERS = {
  player: "x-croupier-player",
  name: "x-croupier-name",
  session: "x-croupier-session",
  request: "x-croupier-request",
} as const;
