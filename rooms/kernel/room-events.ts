import type { Chips, Ms, PlayerId } from "../game.ts";
import { commitmentOf, type Commitment, type Opened, type Person, type RoomDelta, type Table } from "./table.ts";
import type { TransferAnswer, TransferRequest } from "./transfer.ts";

/** The journal events of the room itself, besides those of the game. */

/** `at`: when it happened; only on the first event of a round. A journal row has a single time, that of the batch's end. */
export type GameEvent = { readonly type: "game"; readonly event: unknown; readonly at?: Ms };

export type KernelEvent = GameEvent | RoomEvent;

export type RoomEvent =
  | ({ readonly type: "room.committed" } & Commitment)
  /** No more client seeds are taken: the decks that they did not pick are opened. */
  | ({ readonly type: "room.opened" } & Opened)
  | {
      readonly type: "room.revealed";
      readonly round: number;
      /** Null in a card game. */
      readonly seed: string | null;
      readonly void: boolean;
      readonly at: Ms;
    }
  | { readonly type: "room.entropy"; readonly player: PlayerId; readonly value: string }
  | {
      readonly type: "room.presence";
      readonly player: PlayerId;
      readonly name: string;
      readonly online: boolean;
      readonly at: Ms;
      /** See `RoomDelta`. Missing: nobody moved up, or an older version journaled the event. */
      readonly listed?: readonly Person[];
    }
  | {
      readonly type: "room.chat";
      readonly player: PlayerId;
      readonly name: string;
      readonly text: string;
      readonly at: Ms;
    }
  | { readonly type: "room.leaving"; readonly player: PlayerId; readonly leaving: boolean }
  | { readonly type: "room.left"; readonly player: PlayerId }
  | { readonly type: "room.transfer"; readonly player: PlayerId; readonly transfer: TransferRequest }
  | {
      readonly type: "room.transferred";
      readonly player: PlayerId;
      readonly id: string;
      readonly answer: TransferAnswer;
    }
  /** The player's limits have changed: see `Allowance`. */
  | { readonly type: "room.revoked"; readonly player: PlayerId; readonly version: number }
  | { readonly type: "room.notice"; readonly status: Table["status"]; readonly message: string }
  | {
      readonly type: "room.faulted";
      readonly reason: string;
      readonly refunds: readonly (readonly [PlayerId, Chips])[];
      /** The chips that the house gives back to the table, so that the refunds balance. */
      readonly house: number;
    };

/** The public delta of an event; null: nobody sees it. */
export function roomDelta(event: KernelEvent): RoomDelta | null {
  switch (event.type) {
    case "room.committed":
      return { type: event.type, ...commitmentOf(event) };
    case "room.opened":
      return { type: event.type, round: event.round, deck: event.deck, seeds: event.seeds };
    case "room.revealed":
      return { type: event.type, round: event.round, seed: event.seed };
    case "room.presence": {
      const { type, player, name, online, listed } = event;
      return { type, player, name, online, ...(listed === undefined ? {} : { listed }) };
    }
    case "room.chat":
      return { type: event.type, player: event.player, name: event.name, text: event.text, at: event.at };
    case "room.notice":
      return { type: event.type, status: event.status, message: event.message };
    case "room.faulted":
      return { type: "room.notice", status: "faulted", message: event.reason };
    case "game":
    case "room.entropy":
    case "room.leaving":
    case "room.left":
    case "room.transfer":
    case "room.transferred":
    case "room.revoked":
      return null;
    default:
      event satisfies never;
      return null;
  }
}
