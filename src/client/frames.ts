import type { Json } from "../../rooms/game.ts";
import { PROTOCOL, type ServerFrame } from "../../rooms/kernel/protocol.ts";
import { foldTable, type RoomDelta, type Table } from "../../rooms/kernel/table.ts";

/** A client's state of a room, and how each frame changes it. Pure; link.ts holds the connection. */

/** The game's functions that a client needs to apply deltas. They contain no rules. */
export type Folds<View, PublicDelta, Seat extends object, PrivateDelta> = {
  readonly version: number;
  readonly deltas: {
    fold(view: View, shown: PublicDelta): View;
    foldSeat(seat: Seat, told: PrivateDelta): Seat;
  };
};

export type Known<View, Seat extends object> = {
  /** The player's id; null: a spectator. */
  readonly you: string | null;
  readonly epoch: string;
  readonly seq: number;
  readonly view: View;
  readonly seat: Seat | null;
  /** The sequence number of the seat: private frames travel apart from the public ones. */
  readonly seatSeq: number;
  readonly table: Table;
  readonly purse: { readonly chips: number; readonly balance: number } | null;
  readonly chatChars: number;
};

/**
 * The server's reply to a command. `seq`: the room's sequence number after the command; the view includes its effect once the
 * view's `seq` is as high. `at`: when the server received the command; its rules are applied to that instant.
 */
export type Answer =
  { ok: true; result: Json | undefined; seq: number; at: number } | { ok: false; code: string; message: string };

/** What a frame requires besides the new state. */
export type Effect<PrivateDelta = unknown> =
  | { readonly type: "answer"; readonly id: string | null; readonly answer: Answer }
  | { readonly type: "clock"; readonly now: number }
  /** A private delta, for information beyond the new seat. */
  | { readonly type: "private"; readonly delta: PrivateDelta }
  /** The state is up to date: commands without an acknowledgement may be sent again. */
  | { readonly type: "greeted" }
  /** Frames were missed: reconnect and ask for the whole state. */
  | { readonly type: "gap" }
  /** The server asks whether the client has read this far; answer with `seen`. */
  | { readonly type: "check"; readonly n: number }
  /** The server speaks another version of the protocol or the game than this client. */
  | { readonly type: "outdated" };

/** Applies one message. It holds one or more frames that belong together; the states between them are never shown. */
export function receive<View, PublicDelta, Seat extends object, PrivateDelta>(
  game: Folds<View, PublicDelta, Seat, PrivateDelta>,
  before: Known<View, Seat> | null,
  frames: readonly ServerFrame<View, PublicDelta, Seat, PrivateDelta>[],
): { known: Known<View, Seat> | null; effects: readonly Effect<PrivateDelta>[] } {
  const effects: Effect<PrivateDelta>[] = [];
  let known = before;
  for (const frame of frames) {
    if ("now" in frame) effects.push({ type: "clock", now: frame.now });
    if (frame.type === "reply") {
      effects.push({ type: "answer", id: frame.id, answer: answerOf(frame) });
      continue;
    }
    if (frame.type === "check") {
      effects.push({ type: "check", n: frame.n });
      continue;
    }
    if (frame.type === "welcome") {
      if (frame.protocol !== PROTOCOL || frame.version !== game.version)
        return { known, effects: [{ type: "outdated" }] };
      const { you, epoch, seq, view, seat, table, purse } = frame;
      known = { you, epoch, seq, view, seat, seatSeq: seq, table, purse, chatChars: frame.limits.chatChars };
      effects.push({ type: "greeted" });
      continue;
    }
    if (known === null) continue;
    switch (frame.type) {
      case "resumed":
        known = { ...known, purse: frame.purse };
        effects.push({ type: "greeted" });
        break;
      case "events":
        if (frame.seq <= known.seq) break;
        if (frame.from > known.seq + 1) return { known, effects: [...effects, { type: "gap" }] };
        known = frame.events.reduce<Known<View, Seat>>((now, event) => step(game, now, event), {
          ...known,
          seq: frame.seq,
        });
        break;
      case "own":
        if (frame.seat !== undefined) known = { ...known, seat: frame.seat, seatSeq: frame.seq };
        else if (frame.seq > known.seatSeq && known.seat !== null) {
          let { seat } = known;
          for (const told of frame.events ?? []) {
            seat = game.deltas.foldSeat(seat, told);
            effects.push({ type: "private", delta: told });
          }
          known = { ...known, seat, seatSeq: frame.seq };
        }
        break;
      case "purse":
        known = { ...known, purse: { chips: frame.chips, balance: frame.balance } };
        break;
      default:
        frame satisfies never;
    }
  }
  return { known, effects };
}

function step<View, PublicDelta, Seat extends object, PrivateDelta>(
  game: Folds<View, PublicDelta, Seat, PrivateDelta>,
  known: Known<View, Seat>,
  event: PublicDelta | RoomDelta,
): Known<View, Seat> {
  return isRoomDelta(event)
    ? { ...known, table: foldTable(known.table, event) }
    : { ...known, view: game.deltas.fold(known.view, event) };
}

/** The room's own deltas start with `room.`, a prefix that no game may use. */
function isRoomDelta(event: unknown): event is RoomDelta {
  if (typeof event !== "object" || event === null || !("type" in event)) return false;
  return typeof event.type === "string" && event.type.startsWith("room.");
}

function answerOf(frame: Extract<ServerFrame, { type: "reply" }>): Answer {
  const { ok } = frame;
  return ok
    ? { ok, result: frame.result, seq: frame.seq, at: frame.at }
    : { ok, code: frame.code, message: frame.message };
}
