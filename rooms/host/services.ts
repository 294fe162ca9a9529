import type { Ms, PlayerId, Summary } from "../game.ts";
import type { Table } from "../kernel/table.ts";
import type { TransferAnswer, TransferRequest } from "../kernel/transfer.ts";
import type { Envelope, Topic } from "./outbox.ts";

/** What a room needs of the house around it. A room knows its wallet, its directory and its queues by these only. */

export interface Wallet {
  /** Idempotent by id. A rejection means the outcome is unknown: call again with the same id. */
  transfer(player: PlayerId, request: TransferRequest): Promise<TransferAnswer>;
}

export interface Registrar {
  /** At most every few seconds from an active room; wakes no other room. */
  report(room: string, report: RoomReport): Promise<void>;
}

export interface Publisher {
  /**
   * Hands events to the queue of their topic. `from`: the room, and all that its players have staked there so far, in minor units.
   * Rejects when the queue may not have taken them: they are sent again.
   */
  send(topic: Topic, events: readonly Envelope[], from: { room: string; staked: number }): Promise<void>;
}

export type RoomSettings = {
  /** Frames that a socket may send: refilled at this rate, up to the burst. */
  readonly framesPerSecond: number;
  readonly framesBurst: number;
  /** Bytes sent to a socket that has not shown that it reads. */
  readonly socketBufferBytes: number;
  /** Chips that a purse is topped up with when a bet needs more than it holds. */
  readonly buyIn: number;
  /** How long a player who is gone keeps a purse at the table. */
  readonly graceMs: number;
  /** When an event that nobody has confirmed is sent again for the first time. */
  readonly resendMs: number;
};

type Say = (what: string, fields?: Readonly<Record<string, unknown>>) => void;
export type RoomLog = {
  /** Whether such lines are written: ask before making one on a path that is taken often. */
  readonly tells: (level: "debug") => boolean;
  readonly debug: Say;
  readonly info: Say;
  readonly error: Say;
};

/** What the platform gives a Durable Object, as far as a room uses it. */
export type Platform = {
  readonly storage: DurableObjectStorage;
  waitUntil(promise: Promise<unknown>): void;
  abort(reason: string): void;
};

export type RoomServices = {
  readonly settings: RoomSettings;
  readonly log: RoomLog;
  /** The config of a room that is listed and that nobody made. */
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
