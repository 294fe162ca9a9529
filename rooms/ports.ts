import type { Chips, Json, Ms, PlayerId, Summary, Viewer } from "./game.ts";
import type { Proof } from "./deck.ts";
import type { SeedProof } from "./fair.ts";
import type { Envelope, Topic } from "./outbox.ts";
import type { Table } from "./table.ts";

/**
 * The seams between a room and the rest of the house. A room knows its wallet and its directory by these only; the Worker
 * knows a room by `RoomRpc` and the socket request. All amounts are integer minor units.
 */

/**
 * One movement between a player's wallet and a room's purse. The id is made by the room (`<room>:<n>`) and journaled
 * there before the wallet is called; the wallet answers a repeated id with its first answer.
 */
export type TransferRequest = {
  readonly id: string;
  readonly room: string;
  /** topup: wallet -> purse. cashout: purse -> wallet. */
  readonly kind: "topup" | "cashout";
  readonly amount: Chips;
  /** topup only: take less than `amount` when the wallet has less, but never less than this. */
  readonly min: Chips;
};

export type TransferAnswer =
  | { readonly ok: true; readonly amount: Chips; readonly balance: Chips }
  | {
      readonly ok: false;
      /** `transfer_conflict`: the id is known with another body. `insufficient_funds`: the wallet has less than `min`. */
      readonly code: "insufficient_funds" | "transfer_conflict" | "unknown_player";
      readonly balance: Chips;
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
  /** Since the object was last constructed. */
  readonly counters: Readonly<Record<string, number>>;
  readonly at: Ms;
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
  holdings(player: PlayerId): Promise<{ purse: number; held: number }>;
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
  /**
   * What settled in this room, as it left by the outbox: the events of topic `settled`, oldest first, from above sequence `after`.
   * At least `limit` of them when there are so many; `next` is the sequence to go on from.
   */
  settledSince(after: number, limit: number): Promise<{ events: Envelope[]; next: number | null }>;
  /** Of these messages, which were never taken. */
  untaken(ids: readonly string[]): Promise<string[]>;
  /** Operator: `void` answers `no_round` when no round has stakes. */
  operate(
    order: { type: "pause" } | { type: "resume" } | { type: "void"; reason: string },
  ): Promise<{ ok: true } | { ok: false; code: string; message: string }>;
}

/**
 * The Worker, and nobody else, names the player on a socket request to a room: it strips everything the client sent and
 * sets these.
 */
export const SOCKET_HEADERS = { player: "x-croupier-player", name: "x-croupier-name" } as const;
