import * as z from "zod/mini";
import type { Code, Json, Ms, PlayerId } from "../game.ts";
import { graphemes } from "./line.ts";
import type { RoomDelta, Table } from "./table.ts";

/**
 * Every frame in both directions. A frame is JSON text: one object, or an array of them. The room, the page and the tests all
 * import these definitions.
 */

export const PROTOCOL = 1;
export const FRAME_BYTES_MAX = 8_192;
export const CLIENT_SEED_CHARS_MAX = 64;
/** Limit of a chat message in graphemes (a joined emoji is one), and in code points, which bounds its bytes. */
export const CHAT_CHARS_MAX = 280;
const CHAT_POINTS_MAX = 1_120;

/** `<random session>:<n>`: n counts up within a session, so that an old id can always be told from a new one. */
export const COMMAND_ID = /^[A-Za-z0-9_-]{4,40}:(0|[1-9][0-9]{0,14})$/;
export const commandId = z.string().check(z.regex(COMMAND_ID));

/** A player's client seed. Lone surrogates are refused: they have no UTF-8, so two such seeds would be the same in a draw. */
const clientSeed = z.string().check(
  z.minLength(1),
  z.maxLength(CLIENT_SEED_CHARS_MAX),
  z.refine((text) => text.isWellFormed()),
);

/** Fields of every command frame, in any game. The game's own schema reads the rest and refuses unknown fields. */
export const envelope = z.object({
  id: commandId,
  type: z.string().check(z.minLength(1), z.maxLength(40)),
  /** The player's client seed for this round's draw. The first one of a round counts, until betting closes. */
  clientSeed: z.optional(clientSeed),
});
export type Envelope = z.infer<typeof envelope>;

/** A chat message. The room removes what is invisible (line.ts), and refuses with `empty_chat` when nothing is left. */
const said = z.string().check(
  z.minLength(1),
  z.maxLength(CHAT_POINTS_MAX),
  z.refine((text) => graphemes(text) <= CHAT_CHARS_MAX, `at most ${CHAT_CHARS_MAX} characters`),
);

/** Commands that every room takes. */
export const roomCommand = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("clientSeed"), value: clientSeed }),
  z.strictObject({ type: z.literal("chat"), text: said }),
  z.strictObject({ type: z.literal("leave") }),
]);
export type RoomCommand = z.infer<typeof roomCommand>;

/** Sent on connect, and again when missed frames are no longer in the ring. Replaces everything the client holds. */
export type Welcome<View = unknown, Seat = unknown> = {
  type: "welcome";
  protocol: typeof PROTOCOL;
  room: string;
  /** The game's version, so that a page older than the server knows to reload. */
  version: number;
  you: PlayerId | null;
  /** Changes with the room, its version and the viewer: `?since=&epoch=` resumes only within one epoch. */
  epoch: string;
  seq: number;
  now: Ms;
  /** The game's public view and, for a player, their private seat. */
  view: View;
  seat: Seat | null;
  /** The room's own view: players, commitments, chat. */
  table: Table;
  purse: { chips: number; balance: number } | null;
  /** This socket's request id, to be quoted in a report to us. */
  request?: string;
  /** The room's own limits. Those of the game are in `view.config`. */
  limits: { frameBytes: number; chatChars: number };
};

/** Public deltas, the same bytes for everyone. Covers from..seq without a gap; on a gap between frames the client must resync. */
export type EventsFrame<PublicDelta = unknown> = {
  type: "events";
  from: number;
  seq: number;
  now: Ms;
  events: readonly (PublicDelta | RoomDelta)[];
};

/** Private deltas up to `seq`, or the whole seat after a resume. Outdated if `seq` is not above the welcome's. */
export type OwnFrame<PrivateDelta = unknown, Seat = unknown> = {
  type: "own";
  seq: number;
  events?: readonly PrivateDelta[];
  seat?: Seat;
};

/** Acknowledges a command as accepted and durable, or refuses it. `at`: the arrival time that the command was judged by. */
export type Reply =
  | { type: "reply"; id: string; ok: true; seq: number; at: Ms; result?: Json }
  | { type: "reply"; id: string | null; ok: false; code: Code; message: string };

/** The player's chips at this table, and the wallet's balance as this room last heard it. */
export type PurseFrame = { type: "purse"; chips: number; balance: number };

/** The answer to `?since=` while the ring has all missed frames, which follow. `purse`: the current one, or null. */
export type ResumedFrame = {
  type: "resumed";
  seq: number;
  now: Ms;
  /** As in the welcome. */
  request?: string;
  purse: { chips: number; balance: number } | null;
};

/** Back-pressure: a client that has read this far answers `{"type":"seen","n":...}`; one that does not is closed as too slow. */
export type CheckFrame = { type: "check"; n: number };
export const seen = z.strictObject({ type: z.literal("seen"), n: z.int().check(z.positive()) });

export type ServerFrame<View = unknown, PublicDelta = unknown, Seat = unknown, PrivateDelta = unknown> =
  | Welcome<View, Seat>
  | EventsFrame<PublicDelta>
  | OwnFrame<PrivateDelta, Seat>
  | Reply
  | PurseFrame
  | CheckFrame
  | ResumedFrame;

export { CLOSE } from "./close.ts";
