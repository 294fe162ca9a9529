import * as z from "zod/mini";
import type { Code, Json, Ms, PlayerId } from "../game.ts";
import { graphemes } from "./line.ts";
import type { RoomDelta, Table } from "./table.ts";

/**
 * Every frame in both directions. A frame is JSON text: one object, or an array of them. The room, the page and the tests
 * import it from here, so a frame is written down once.
 */

export const PROTOCOL = 1;
export const FRAME_BYTES_MAX = 8_192;
export const CLIENT_SEED_CHARS_MAX = 64;
/** Of a message, in graphemes: a joined emoji is one. And in code points, which bounds its bytes. */
export const CHAT_CHARS_MAX = 280;
const CHAT_POINTS_MAX = 1_120;

/** `<random session>:<n>`: n counts up within a session, so that an old id can be told from a new one for ever. */
export const COMMAND_ID = /^[A-Za-z0-9_-]{4,40}:(0|[1-9][0-9]{0,14})$/;
export const commandId = z.string().check(z.regex(COMMAND_ID));

/** A player's own seed for a draw. Half a surrogate pair has no UTF-8: two such seeds would be one to whoever recomputes the draw. */
const clientSeed = z.string().check(
  z.minLength(1),
  z.maxLength(CLIENT_SEED_CHARS_MAX),
  z.refine((text) => text.isWellFormed()),
);

/** What every command frame has, whatever the game; the game's own schema reads the rest, and knows of no other field. */
export const envelope = z.object({
  id: commandId,
  type: z.string().check(z.minLength(1), z.maxLength(40)),
  /** The player's own seed for this round's draw; the first of a round counts, until betting closes. */
  clientSeed: z.optional(clientSeed),
});
export type Envelope = z.infer<typeof envelope>;

/** A message; the room takes out of it what cannot be seen (line.ts), and refuses `empty_chat` when nothing is left. */
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

/** Sent once on connect, and again when what was missed is no longer at hand. Replaces everything the client holds. */
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
  /** The game's public view and, for a player, what they alone see. */
  view: View;
  seat: Seat | null;
  /** The room's own view: players, commitments, chat. */
  table: Table;
  purse: { chips: number; balance: number } | null;
  /** This socket's request id: name it when you ask us about it. */
  request?: string;
  /** How to read `view.config` and friends is the game's business; the room's own limits are here. */
  limits: { frameBytes: number; chatChars: number };
};

/** Public steps, the same bytes for everyone. Covers from..seq without a gap; a gap means resync. */
export type EventsFrame<PublicDelta = unknown> = {
  type: "events";
  from: number;
  seq: number;
  now: Ms;
  events: readonly (PublicDelta | RoomDelta)[];
};

/** Personal steps up to `seq`, or the whole seat after a resume. Frames at or below the welcome's seq are old news. */
export type OwnFrame<PrivateDelta = unknown, Seat = unknown> = {
  type: "own";
  seq: number;
  events?: readonly PrivateDelta[];
  seat?: Seat;
};

/** An acknowledgement means accepted and durable. `at` is the receipt instant that the command was judged by. */
export type Reply =
  | { type: "reply"; id: string; ok: true; seq: number; at: Ms; result?: Json }
  | { type: "reply"; id: string | null; ok: false; code: Code; message: string };

/** The player's chips at this table, and the wallet as this room last heard of it. */
export type PurseFrame = { type: "purse"; chips: number; balance: number };

/** After `?since=` within the ring: the events that follow are all that was missed. The purse as it is; null: there is none. */
export type ResumedFrame = {
  type: "resumed";
  seq: number;
  now: Ms;
  /** As the welcome's. */
  request?: string;
  purse: { chips: number; balance: number } | null;
};

/** Much has been sent: a client that has read this far answers `{"type":"seen","n":...}`, or is closed as too slow. */
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
