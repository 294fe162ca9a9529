import type { Json, Ms, PlayerId, Viewer } from "../game.ts";
import type { RoomReport } from "./services.ts";
import type { Flow } from "../kernel/transfer.ts";
import type { Proof } from "../fair/deck.ts";
import type { SeedProof } from "../fair/draw.ts";
import type { Inspection } from "./inspect.ts";
import type { Order } from "../kernel/orders.ts";
import type { Envelope, Topic } from "./outbox.ts";
import type { Table } from "../kernel/table.ts";

/** The room's interface for the Worker: `RoomRpc` and the socket request. All amounts are integer minor units. */

/** A finished round as REST gives it. `outcome` is the game's `recordFor` the viewer. Most games have the proof of a seed. */
export type RoundRecord<Proved extends Proof = SeedProof> = {
  readonly room: string;
  readonly round: number;
  readonly startedAt: Ms;
  readonly endedAt: Ms;
  readonly void: boolean;
  readonly outcome: Json;
  readonly proof: Proved;
};

/** A message from the Worker's queue consumer. */
export type Delivery = { readonly id: string; readonly message: unknown };
/** The outcome of a delivery. After `faulted` and `internal` it may be retried; any other refusal is final. */
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
  /** Sets the config of a new room, once; `{}` is the game's default. Throws `bad_config` on an invalid one. */
  setUp(config: unknown): Promise<void>;
  describe(): Promise<RoomDescription>;
  stats(): Promise<RoomReport>;
  /** A player's chips in this room: in the purse, and held by the game. */
  holdings(player: PlayerId): Promise<{ purse: number; held: number; flow: Flow }>;
  /**
   * The player's limits have changed: a new allowance is needed before the next stake. `out`: they may not play at all: open bets
   * are played out, nothing new is staked, sockets are closed and the chips return to the wallet. Durable when it resolves;
   * idempotent.
   */
  revoke(player: PlayerId, version: number, out: boolean): Promise<void>;
  /**
   * A player's session has ended: the sockets that it opened are closed. `last`: no other session of theirs went into this room.
   * Then, unless they are here again, automatic play ends as in `revoke`, and their chips are returned. Durable when it resolves;
   * idempotent.
   */
  hangUp(player: PlayerId, session: string, last: boolean): Promise<void>;
  /** Newest first; `before` is exclusive. */
  listRounds(
    before: number | null,
    limit: number,
    viewer: Viewer,
  ): Promise<{ rounds: RoundRecord<Proof>[]; next: number | null }>;
  readRound(round: number, viewer: Viewer): Promise<RoundRecord<Proof> | null>;
  /** Delivers messages in the order given, each with its own outcome. Durable when it resolves; idempotent by id. */
  deliver(deliveries: readonly Delivery[]): Promise<Delivered[]>;
  /** Confirms that these events of this room's outbox have taken effect. */
  confirm(topic: Topic, ids: readonly string[]): Promise<void>;
  /** The ids among these that are not confirmed yet. One of another room of this name counts as such. */
  unconfirmed(topic: Topic, ids: readonly string[]): Promise<string[]>;
  /** Puts events that this room once sent back into its outbox, to be sent until confirmed. Returns the ids of its own ones. */
  sendAgain(topic: Topic, events: readonly Envelope[]): Promise<string[]>;
  /**
   * The events of topic `settled` that this room has published, oldest first, above sequence number `after`. At least `limit` of
   * them when there are so many; `next` is the cursor to go on from.
   */
  settledSince(after: number, limit: number): Promise<{ events: Envelope[]; next: number | null }>;
  /** The ids of these messages that were never handled. */
  untaken(ids: readonly string[]): Promise<string[]>;
  /** For an operator: the state of the room, without secrets. */
  inspect(): Promise<Inspection>;
  /**
   * Carries out an operator's order, see orders.ts. `void` is refused `no_round` when no round has stakes, `not_this_round` when
   * another one is open, and `result_known` when its result is out. `requestId` is noted in the journal: see request-ids.ts.
   */
  operate(order: Order, requestId?: string): Promise<{ ok: true } | { ok: false; code: string; message: string }>;
}

/**
 * Headers of a socket request to a room. Only the Worker says who the player is: it strips what the client sent, and sets these.
 */
export const SOCKET_HEADERS = {
  player: "x-croupier-player",
  name: "x-croupier-name",
  session: "x-croupier-session",
  request: "x-croupier-request",
  /** The address of a spectator: the number of spectators from one address is limited. */
  from: "x-croupier-from",
} as const;
