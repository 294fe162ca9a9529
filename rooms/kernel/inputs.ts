import type { AnyGame, DomainEvent, Json, Ms, PlayerId } from "../game.ts";
import type { Accepted, Recent } from "./command-ids.ts";
import type { LastDeck } from "./last-deck.ts";
import type { Order, Ordered } from "./orders.ts";
import type { RoomCommand } from "./protocol.ts";
import type { KernelEvent } from "./room-events.ts";
import type { FinishedRound, Kernel } from "./state.ts";
import type { RoomDelta } from "./table.ts";
import type { TransferAnswer } from "./transfer.ts";

/** What goes into a batch, what the engine needs from outside to judge it, and what comes out. */

export type RoomInput =
  | {
      readonly type: "command";
      readonly player: PlayerId;
      readonly id: string;
      /** Of the parsed command, to tell a repeat from another command under the same id. */
      readonly print: number;
      readonly clientSeed: string | null;
      readonly command:
        { readonly to: "room"; readonly command: RoomCommand } | { readonly to: "game"; readonly command: unknown };
    }
  | { readonly type: "presence"; readonly player: PlayerId; readonly name: string; readonly online: boolean }
  | {
      readonly type: "answer";
      readonly player: PlayerId;
      readonly id: string;
      readonly answer: TransferAnswer;
      /** Without the commands that waited for it, since one of them throws: they are refused. */
      readonly alone?: true;
    }
  | { readonly type: "order"; readonly order: Order }
  | { readonly type: "message"; readonly id: string; readonly message: unknown }
  /** From the wallet: see RoomRpc. */
  | { readonly type: "revoke"; readonly player: PlayerId; readonly version: number; readonly out: boolean }
  | { readonly type: "fault"; readonly reason: string }
  /** Nothing but the passing of time. */
  | { readonly type: "wake" };

/** `token` says whom the answer goes to; the engine only hands it through. */
export type Stamped<Token> = {
  readonly at: Ms;
  readonly token: Token;
  readonly input: RoomInput;
  /** The request that it comes from: of an order alone. See request-ids.ts. */
  readonly origin?: string;
};

export type Answer =
  | { readonly ok: true; readonly id: string; readonly seq: number; readonly at: Ms; readonly result?: Json }
  | { readonly ok: false; readonly id: string | null; readonly code: string; readonly message: string };

/** What a bug of ours kept from being judged is told. */
export const INTERNAL = {
  code: "internal",
  message: "Something went wrong on our side. Nothing was changed.",
} as const;

/** A command that waits for chips, with its sender. Memory only: a client that hears nothing sends again. */
export type Parked<Token> = ReadonlyMap<PlayerId, readonly Stamped<Token>[]>;

export type World = {
  readonly game: AnyGame;
  /** Accepted ids of earlier batches. */
  readonly recent: Recent;
  /** Least top-up, in minor units. */
  readonly buyIn: number;
  readonly graceMs: number;
  /** Whether a message of this id was taken in an earlier batch: it is taken once. */
  readonly taken: (id: string) => boolean;
  /** The order that was carried out under this id in an earlier batch. A world without operators has none. */
  readonly ordered?: (id: string) => string | null;
  /** The secret seed of a committed round. */
  readonly seedOf: (round: number) => string;
  /** Lasts from batch to batch; missing: a deck is put together in each batch that deals. */
  readonly decks?: LastDeck;
  /** 32 fresh random bytes, hex. */
  readonly freshSeed: () => string;
};

export type Outcome<Token> = {
  readonly kernel: Kernel;
  readonly parked: Parked<Token>;
  /** First new sequence number; there are `events.length` of them. */
  readonly from: number;
  readonly at: Ms;
  readonly events: readonly KernelEvent[];
  readonly accepted: readonly Accepted[];
  readonly answers: readonly { readonly token: Token; readonly answer: Answer }[];
  readonly roomShown: readonly RoomDelta[];
  readonly gameShown: readonly unknown[];
  readonly told: ReadonlyMap<PlayerId, readonly unknown[]>;
  /** Players whose purse changed. */
  readonly purses: ReadonlySet<PlayerId>;
  readonly finished: readonly FinishedRound[];
  readonly published: readonly DomainEvent[];
  /** Ids of the messages taken, to be remembered in the same transaction. */
  readonly messages: readonly string[];
  /** The orders carried out, to be remembered in the same transaction; missing: there are none. */
  readonly orders?: readonly Ordered[];
  /** New seeds, to be stored apart in the same transaction. */
  readonly seeds: readonly { readonly round: number; readonly seed: string }[];
  /** Deadlines fired, commands refused by code: for the counters. */
  readonly refused: readonly string[];
  /** The requests of its orders; missing: there are none. */
  readonly origins?: readonly string[];
};
