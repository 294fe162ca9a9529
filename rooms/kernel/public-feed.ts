import type { AnyGame, Ms } from "../game.ts";
import { namedDelta } from "../kit/names.ts";
import type { EventsFrame } from "./protocol.ts";
import type { RoomDelta } from "./table.ts";

/**
 * The public stream. Deltas are collected here and leave as one frame, encoded once for every socket: at once in a quiet room; in
 * a busy one coalesced, at most every 50 ms. Frames that were sent are kept in a ring for clients that reconnect.
 */

export const CADENCE_MS = 50;
/** Deltas that are not urgent wait longer the more sockets there are: a frame to a thousand sockets is sent a thousand times. */
const PATIENCE_MS_PER_SOCKET = 2;
const PATIENCE_MS_MAX = 2_000;
const RING_CHARS_MAX = 262_144;
/** Coalesce when more deltas than this are pending, to keep the next frame small. */
const COALESCE_AT = 64;

type Sent = { readonly from: number; readonly seq: number; readonly text: string };

export class PublicFeed {
  readonly #game: AnyGame;
  #room: RoomDelta[] = [];
  #shown: unknown[] = [];
  /** The last sequence number that a frame covered; `#seq` is the last one that the next frame has to cover. */
  #covered: number;
  #urgent = false;
  #seq: number;
  #ring: Sent[] = [];
  #ringChars = 0;

  /**
   * No frame was sent since the room woke. Sockets that hibernated with it got all public deltas, but the last events may have
   * had none, and then no frame covered them. So the first frame starts at 1, or those sockets would see a gap.
   */
  #woken = true;

  /** `seq`: everything up to it is part of the welcomes that are sent from now on. */
  constructor(game: AnyGame, seq: number) {
    this.#game = game;
    this.#covered = seq;
    this.#seq = seq;
  }

  push(seq: number, room: readonly RoomDelta[], shown: readonly unknown[]): void {
    this.#seq = seq;
    for (const step of room) {
      this.#room.push(step);
      if (step.type !== "room.presence") this.#urgent = true;
    }
    for (const step of shown) {
      this.#shown.push(step);
      if (this.#game.deltas.urgent(step)) this.#urgent = true;
    }
    if (this.#shown.length > COALESCE_AT) this.#shown = this.#coalesced();
  }

  #coalesced(): unknown[] {
    const shown = this.#shown;
    return shown.length < 2 ? shown : [...this.#game.deltas.coalesce(shown)];
  }

  get pending(): boolean {
    return this.#room.length + this.#shown.length > 0;
  }

  /** Milliseconds between frames to this many sockets; more than `CADENCE_MS` only when nothing urgent is pending. */
  cadence(sockets: number): number {
    return this.#urgent
      ? CADENCE_MS
      : Math.min(Math.max(CADENCE_MS, sockets * PATIENCE_MS_PER_SOCKET), PATIENCE_MS_MAX);
  }

  /** The next frame's text, or null when nothing is pending. */
  take(now: Ms): string | null {
    if (!this.pending) return null;
    const shown = this.#coalesced();
    const from = this.#covered + 1;
    const frame: EventsFrame = {
      type: "events",
      from: this.#woken ? 1 : from,
      seq: this.#seq,
      now,
      events: [...this.#room.map(namedDelta), ...shown] as EventsFrame["events"],
    };
    const text = JSON.stringify(frame);
    this.#room = [];
    this.#shown = [];
    this.#urgent = false;
    this.#covered = this.#seq;
    this.#woken = false;
    this.#remember({ from, seq: frame.seq, text });
    return text;
  }

  #remember(sent: Sent): void {
    this.#ring.push(sent);
    this.#ringChars += sent.text.length;
    while (this.#ringChars > RING_CHARS_MAX) {
      const oldest = this.#ring.shift();
      if (oldest === undefined) return;
      this.#ringChars -= oldest.text.length;
    }
  }

  /** The frames after `since`, or null when the ring does not have all of them. */
  missed(since: number): readonly string[] | null {
    if (since > this.#seq) return null;
    const later = this.#ring.filter((sent) => sent.seq > since);
    const from = later[0]?.from ?? this.#covered + 1;
    return from <= since + 1 ? later.map((sent) => sent.text) : null;
  }
}
