import assert from "node:assert/strict";
import type { AnyGame, Viewer } from "../../../rooms/game.ts";
import type {
  EventsFrame,
  OwnFrame,
  PurseFrame,
  Reply,
  ResumedFrame,
  Welcome,
} from "../../../rooms/kernel/protocol.ts";
import { foldTable, type RoomDelta, type Table } from "../../../rooms/kernel/table.ts";
import type { Frame } from "../../games/fixtures.ts";

type ServerFrame = Welcome | EventsFrame | OwnFrame | Reply | PurseFrame | ResumedFrame;
export type Sent = { readonly id: string; readonly text: string; readonly at: number };
type Ok = Extract<Reply, { ok: true }>;

/** A client never sends a command again after five minutes. */
export const RESEND_MS = 5 * 60_000;

/** One open page: knows the room from frames alone, folds them, and remembers what it sent and was answered. */
export class Page {
  readonly viewer: Viewer;
  readonly #game: AnyGame;
  readonly #session: string;
  #n = 0;
  /** How to reach the room; null: not connected. */
  line: ((text: string) => void) | null = null;
  epoch: string | null = null;
  seq = -1;
  #ownSeq = -1;
  view: unknown = null;
  seat: unknown = null;
  table: Table | null = null;
  chips = 0;
  /** Sent and not answered, in order. */
  readonly pending = new Map<string, Sent>();
  /** Accepted, with the answer. */
  readonly accepted = new Map<string, { readonly sent: Sent; readonly reply: Ok }>();
  readonly #conflicts = new Set<string>();
  readonly codes: string[] = [];
  readonly seen = { welcomes: 0, resumes: 0 };

  constructor(game: AnyGame, viewer: Viewer, session: string) {
    this.#game = game;
    this.viewer = viewer;
    this.#session = session;
  }

  // ---- to the room ----

  /** A frame's commands, each with an id of its own; several go as one array. */
  send(bodies: readonly Frame[], now: number): void {
    const items = bodies.map((body): Sent => {
      const id = `${this.#session}:${++this.#n}`;
      return { id, text: JSON.stringify({ id, ...body }), at: now };
    });
    for (const sent of items) this.pending.set(sent.id, sent);
    const [only] = items;
    if (items.length === 1 && only !== undefined) this.line?.(only.text);
    else this.line?.(`[${items.map(({ text }) => text).join(",")}]`);
  }

  /** One command twice in one frame: one effect, and the same answer to both. */
  stutter(body: Frame, now: number): void {
    const id = `${this.#session}:${++this.#n}`;
    const text = JSON.stringify({ id, ...body });
    this.pending.set(id, { id, text, at: now });
    this.line?.(`[${text},${text}]`);
  }

  /** A command that was accepted, once more. */
  again(sent: Sent): void {
    this.line?.(sent.text);
  }

  /** Another command under an id that was accepted. */
  conflict({ id }: Sent): void {
    this.#conflicts.add(id);
    this.line?.(JSON.stringify({ id, type: "chat", text: "another" }));
  }

  /** After a reconnect: what was never answered, unless it is too old to be asked again. */
  resend(now: number): number {
    const young = [...this.pending.values()].filter(({ at }) => now - at < RESEND_MS);
    this.pending.clear();
    for (const sent of young) this.pending.set(sent.id, sent);
    for (const sent of young) this.line?.(sent.text);
    return young.length;
  }

  // ---- from the room ----

  receive(text: string): void {
    const data = JSON.parse(text) as ServerFrame | ServerFrame[]; // protocol.ts, as the room under test wrote it
    for (const frame of Array.isArray(data) ? data : [data]) this.#take(frame);
  }

  #take(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.seen.welcomes += 1;
        this.epoch = frame.epoch;
        this.seq = frame.seq;
        this.#ownSeq = frame.seq;
        this.view = frame.view;
        this.seat = frame.seat;
        this.table = frame.table;
        this.chips = frame.purse?.chips ?? 0;
        return;
      case "resumed":
        this.seen.resumes += 1;
        this.chips = frame.purse?.chips ?? 0;
        return;
      case "events":
        this.#events(frame);
        return;
      case "own":
        if (frame.seat !== undefined) this.seat = frame.seat;
        else if (frame.seq > this.#ownSeq) {
          for (const told of frame.events ?? []) this.seat = this.#game.deltas.foldSeat(this.seat, told);
        }
        this.#ownSeq = Math.max(this.#ownSeq, frame.seq);
        return;
      case "purse":
        this.chips = frame.chips;
        return;
      case "reply":
        this.#reply(frame);
        return;
      default:
        frame satisfies never;
    }
  }

  #events({ from, seq, events }: EventsFrame): void {
    if (seq <= this.seq) return; // old news
    assert.ok(from <= this.seq + 1, `events ${from} to ${seq} follow ${this.seq} with a gap`);
    for (const shown of events as readonly { type?: unknown }[]) {
      if (!String(shown.type).startsWith("room.")) this.view = this.#game.deltas.fold(this.view, shown);
      else if (this.table !== null) this.table = foldTable(this.table, shown as RoomDelta);
    }
    this.seq = seq;
  }

  #reply(reply: Reply): void {
    if (!reply.ok) {
      this.codes.push(reply.code);
      if (reply.id === null) return;
      if (!this.accepted.has(reply.id)) this.pending.delete(reply.id);
      else if (reply.code !== "internal") {
        assert.ok(this.#conflicts.has(reply.id), `${reply.id} was accepted and is now refused ${reply.code}`);
        assert.equal(reply.code, "id_conflict", "another command under a known id is a conflict");
      }
      return;
    }
    const { id } = reply;
    const known = this.accepted.get(id);
    if (known !== undefined) {
      assert.deepEqual(reply, known.reply, `${id} was accepted with this answer before`);
      return;
    }
    const sent = this.pending.get(id);
    this.pending.delete(id);
    // A question leaves nothing behind: asked again it is answered as things are then.
    if (sent !== undefined && reply.result === undefined) this.accepted.set(id, { sent, reply });
  }
}
