import type { AnyGame, DomainEvent, Json, Ms, PlayerId } from "../game.ts";
import type { Accepted, Recent } from "./command-ids.ts";
import type { LastDeck } from "./last-deck.ts";
import type { Order, Ordered } from "./orders.ts";
import type { RoomCommand } from "./protocol.ts";
import type { KernelEvent } from "./room-events.ts";
import type { FinishedRound, Kernel } from "./state.ts";
import type { RoomDelta } from "./table.ts";
import type { TransferAnswer } from "./transfer.ts";

/** Types of the engine: the inputs of a batch, the data it needs from outside, and the outcome. */

export type RoomInput =
  | {
      readonly type: "command";
      readonly player: PlayerId;
      readonly id: string;
      /** Fingerprint of the parsed command, to tell a retry from another command under the same id. */
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
      /** Refuse the commands that were parked for this answer, since one of them throws. */
      readonly alone?: true;
    }
  | { readonly type: "order"; readonly order: Order }
  | { readonly type: "message"; readonly id: string; readonly message: unknown }
  /** From the wallet: see RoomRpc. */
  | { readonly type: "revoke"; readonly player: PlayerId; readonly version: number; readonly out: boolean }
  | { readonly type: "fault"; readonly reason: string }
  /** No input: only lets the deadlines that are due fire. */
  | { readonly type: "wake" };

/** `token`: the receiver of the answer. The engine only passes it through. */
export type Stamped<Token> = {
  readonly at: Ms;
  readonly token: Token;
  readonly input: RoomInput;
  /** Id of the HTTP request it came with; only orders have one. See request-ids.ts. */
  readonly origin?: string;
};

export type Answer =
  | { readonly ok: true; readonly id: string; readonly seq: number; readonly at: Ms; readonly result?: Json }
  | { readonly ok: false; readonly id: string | null; readonly code: string; readonly message: string };

/** The refusal of an input that could not be handled because of a bug. */
export const INTERNAL = {
  code: "internal",
  message: "Something went wrong on our side. Nothing was changed.",
} as const;

/** Commands that wait for chips, by player. In memory only: after a restart a client without a reply retries. */
export type Parked<Token> = ReadonlyMap<PlayerId, readonly Stamped<Token>[]>;

export type World = {
  readonly game: AnyGame;
  /** Accepted ids of earlier batches. */
  readonly recent: Recent;
  /** Smallest top-up, in minor units. */
  readonly buyIn: number;
  readonly graceMs: number;
  /** Whether an earlier batch handled the message of this id, which is not handled again. */
  readonly taken: (id: string) => boolean;
  /** Fingerprint of the order that an earlier batch carried out under this id; null: none. Missing: there are no operators. */
  readonly ordered?: (id: string) => string | null;
  /** The secret seed of a committed round. */
  readonly seedOf: (round: number) => string;
  /** Cache that lasts from batch to batch. Missing: each batch that deals cards computes the deck again. */
  readonly decks?: LastDeck;
  /** 32 fresh random bytes, hex. */
  readonly freshSeed: () => string;
};

export type Outcome<Token> = {
  readonly kernel: Kernel;
  readonly parked: Parked<Token>;
  /** The first new sequence number; there are `events.length` of them. */
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
  /** Ids of the messages handled, to be stored in the same transaction. */
  readonly messages: readonly string[];
  /** The orders carried out, to be stored in the same transaction; missing: none. */
  readonly orders?: readonly Ordered[];
  /** New server seeds, to be stored in their own table in the same transaction. */
  readonly seeds: readonly { readonly round: number; readonly seed: string }[];
  /** Codes of the refusals, for the counters. */
  readonly refused: readonly string[];
  /** Ids of the HTTP requests that its orders came with; missing: none. */
  readonly origins?: readonly string[];
};
