import type { Ms, PlayerId, Summary } from "../game.ts";
import type { Table } from "../kernel/table.ts";
import type { TransferAnswer, TransferRequest } from "../kernel/transfer.ts";
import type { Envelope, Topic } from "./outbox.ts";

/** The services that a room needs. It reaches the wallet, the Directory and the queues only through these interfaces. */

export interface Wallet {
  /** Idempotent by id. A rejection means the outcome is unknown: call again with the same id. */
  transfer(player: PlayerId, request: TransferRequest): Promise<TransferAnswer>;
}

export interface Registrar {
  /** Called at most every few seconds by an active room; wakes no other room. */
  report(room: string, report: RoomReport): Promise<void>;
}

export interface Publisher {
  /**
   * Sends events to the queue of their topic. `from`: the room, and the sum of all stakes there so far, in minor units. Rejects
   * when the queue may not have accepted them; they are then sent again.
   */
  send(topic: Topic, events: readonly Envelope[], from: { room: string; staked: number }): Promise<void>;
}

export type RoomSettings = {
  /** Rate limit of a socket: commands that it may send, refilled at this rate, up to the burst. */
  readonly framesPerSecond: number;
  readonly framesBurst: number;
  /** Most bytes sent to a socket that has not shown that it reads. */
  readonly socketBufferBytes: number;
  /** Least chips that a purse is topped up with when a bet needs more than it holds. */
  readonly buyIn: number;
  /** How long an offline player keeps a purse at the table. */
  readonly graceMs: number;
  /** Wait before an event that was not confirmed is sent again for the first time. */
  readonly resendMs: number;
};

type Say = (what: string, fields?: Readonly<Record<string, unknown>>) => void;
export type RoomLog = {
  /** Whether lines of this level are logged: ask before making one on a hot path. */
  readonly tells: (level: "debug") => boolean;
  readonly debug: Say;
  readonly info: Say;
  readonly error: Say;
};

/** The part of the platform's Durable Object API that a room uses. */
export type Platform = {
  readonly storage: DurableObjectStorage;
  waitUntil(promise: Promise<unknown>): void;
  abort(reason: string): void;
};

export type RoomServices = {
  readonly settings: RoomSettings;
  readonly log: RoomLog;
  /** The config of a room that is listed but that nobody created. */
  readonly firstConfig: (room: string) => unknown;
  readonly wallet: Wallet;
  readonly registrar: Registrar;
  readonly publisher: Publisher;
};

export type RoomReport = {
  readonly summary: Summary;
  readonly online: number;
  readonly sockets: number;
  readonly status: Table["status"];
  /** Since the object was last constructed: counters.ts has the names. */
  readonly counters: Readonly<Record<string, number>>;
  readonly at: Ms;
  /** Id of this construction of the object. Missing in reports of older versions. */
  readonly run?: string;
  /** Missing in reports of older versions. */
  readonly waiting?: Waiting;
};

/** The pending work of a room. */
export type Waiting = {
  /** Transfers to and from wallets that have no answer yet. */
  readonly transfers: number;
  /** Outbox rows with events that are not confirmed yet. */
  readonly outbox: number;
  /** Outbox rows that are no longer tried. */
  readonly parked: number;
  /** When the oldest event that still waits was made. */
  readonly oldestAt: Ms | null;
  /** The same for topic `settled` only: how far the read side is behind. Missing in reports of older versions. */
  readonly oldestSettledAt?: Ms | null;
};
