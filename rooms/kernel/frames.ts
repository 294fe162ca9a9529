import type { Answer } from "./inputs.ts";
import type { AnyGame, Ms, PlayerId, Viewer } from "../game.ts";
import { namedTable, namedView } from "../kit/names.ts";
import type { Kernel } from "./state.ts";
import {
  CHAT_CHARS_MAX,
  FRAME_BYTES_MAX,
  PROTOCOL,
  type CheckFrame,
  type OwnFrame,
  type Reply,
  type ResumedFrame,
  type Welcome,
} from "./protocol.ts";

/** Frames to one socket, as text. Those on the betting path are concatenated by hand for speed: one is written for every bet. */

/** The full state, for a client that starts or has to start again. */
export function welcome(
  game: AnyGame,
  kernel: Kernel,
  viewer: Viewer,
  epoch: string,
  now: Ms,
  request?: string,
): string {
  return JSON.stringify({
    type: "welcome",
    protocol: PROTOCOL,
    room: kernel.room,
    version: game.version,
    you: viewer,
    epoch,
    seq: kernel.seq,
    now,
    view: namedView(game.sight.view(kernel.state)),
    seat: viewer === null ? null : game.sight.seat(kernel.state, viewer),
    table: namedTable(kernel.table),
    purse: purseOf(kernel, viewer),
    ...(request === undefined ? {} : { request }),
    limits: { frameBytes: FRAME_BYTES_MAX, chatChars: CHAT_CHARS_MAX },
  } satisfies Welcome);
}

/** The frames for a client that resumes: the current purse, the public frames it missed, then its current seat. */
export function resumed(
  game: AnyGame,
  kernel: Kernel,
  viewer: Viewer,
  missed: readonly string[],
  now: Ms,
  request?: string,
): string {
  const purse = purseOf(kernel, viewer);
  const named = request === undefined ? {} : { request };
  const resumed = { type: "resumed", seq: kernel.seq, now, ...named, purse } satisfies ResumedFrame;
  const frames = [JSON.stringify(resumed), ...missed];
  if (viewer !== null) {
    frames.push(
      JSON.stringify({ type: "own", seq: kernel.seq, seat: game.sight.seat(kernel.state, viewer) } satisfies OwnFrame),
    );
  }
  return join(frames);
}

/** Null also for a player whose purse was returned to the wallet: a page that was away must not go on showing it. */
function purseOf(kernel: Kernel, viewer: Viewer): Welcome["purse"] {
  const purse = viewer === null ? undefined : kernel.purses.get(viewer);
  return purse === undefined ? null : { chips: purse.chips, balance: purse.balance };
}

export function ownFrame(seq: number, told: readonly unknown[]): string {
  return `{"type":"own","seq":${seq},"events":${JSON.stringify(told)}}`;
}

/** Null: this player has no purse here. */
export function purseFrame(kernel: Kernel, player: PlayerId): string | null {
  const purse = kernel.purses.get(player);
  return purse === undefined ? null : `{"type":"purse","chips":${purse.chips},"balance":${purse.balance}}`;
}

export function replyFrame(answer: Answer): string {
  if (!answer.ok) return JSON.stringify({ type: "reply", ...answer } satisfies Reply);
  const result = answer.result === undefined ? "" : `,"result":${JSON.stringify(answer.result)}`;
  // The id matches protocol.commandId: nothing in it needs escaping.
  return `{"type":"reply","id":"${answer.id}","ok":true,"seq":${answer.seq},"at":${answer.at}${result}}`;
}

export function checkFrame(n: number): string {
  return JSON.stringify({ type: "check", n } satisfies CheckFrame);
}

/** Joins several frames for one socket into one array. */
export function join(frames: readonly string[]): string {
  const [only] = frames;
  return frames.length === 1 && only !== undefined ? only : `[${frames.join(",")}]`;
}
