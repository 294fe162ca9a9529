import type { Json, Ms, PlayerId, Viewer } from "../game.ts";
import type { RoomReport } from "./services.ts";
import type { Flow } from "../kernel/transfer.ts";
import type { Proof } from "../fair/deck.ts";
import type { SeedProof } from "../fair/draw.ts";
import type { Inspection } from "./inspect.ts";
import type { Order } from "../kernel/orders.ts";
import type { Envelope, Topic } from "./outbox.ts";
import type { Table } from "../kernel/table.ts";

/** What the Worker knows of a room: `RoomRpc` and the socket request. All amounts are integer minor units. */

/** A finished round as REST gives it. `outcome` is the game's `recordFor` the viewer. Of most games the proof is a seed. */
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
  /** Of a spectator, where they come from: so many look on from one address at most. */
  from: "x-croupier-from",
} as const;
