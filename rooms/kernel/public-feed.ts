import type { AnyGame, Ms } from "../game.ts";
import { namedDelta } from "../kit/names.ts";
import type { EventsFrame } from "./protocol.ts";
import type { RoomDelta } from "./table.ts";

/**
 * The public stream: steps gather here and leave as one frame, encoded once for every socket; at once in a quiet room, at
 * most every 50 ms in a busy one, with the steps between coalesced. What has left stays in a ring for those who reconnect.
 */

export const CADENCE_MS = 50;
/** What may wait for company waits longer the more would be told: a frame to a thousand sockets is a thousand frames. */
const PATIENCE_MS_PER_SOCKET = 2;
const PATIENCE_MS_MAX = 2_000;
const RING_CHARS_MAX = 262_144;
/** Coalesce early in a busy room: what waits for the next frame stays small. */
const COALESCE_AT = 64;

type Sent = { readonly from: number; readonly seq: number; readonly text: string };

export class PublicFeed {
  readonly #game: AnyGame;
  #room: RoomDelta[] = [];
  #shown: unknown[] = [];
  /** The last sequence number that a frame covered, and the last that one will have to. */
  #covered: number;
  #urgent = false;
  #seq: number;
  #ring: Sent[] = [];
  #ringChars = 0;

  /**
   * Nothing has left since the room woke. Sockets that slept with it have had everything public, but the last events may have
   * shown nothing, and they cannot know of those: the first frame covers them, or they would hear a gap.
   */
  #woken = true;

  /** `seq`: everything up to it is in the welcomes that are sent from now on. */
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

  /** How far apart frames to so many sockets should be, as long as nothing urgent is among what waits. */
  cadence(sockets: number): number {
    return this.#urgent
      ? CADENCE_MS
      : Math.min(Math.max(CADENCE_MS, sockets * PATIENCE_MS_PER_SOCKET), PATIENCE_MS_MAX);
  }

  /** The next frame's text, or null when nobody would see anything new. */
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

  /** The frames after `since`, or null when they are no longer all at hand. */
  missed(since: number): readonly string[] | null {
    if (since > this.#seq) return null;
    const later = this.#ring.filter((sent) => sent.seq > since);
    const from = later[0]?.from ?? this.#covered + 1;
    return from <= since + 1 ? later.map((sent) => sent.text) : null;
  }
}
