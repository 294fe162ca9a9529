import { SELF } from "cloudflare:test";
import { expect } from "vitest";
import type { PlayerId } from "../../rooms/game.ts";
import { SOCKET_HEADERS } from "../../rooms/host/ports.ts";
import type { OwnFrame, PurseFrame, Reply, ServerFrame, Welcome } from "../../rooms/kernel/protocol.ts";
import { foldTable, type RoomDelta, type Table } from "../../rooms/kernel/table.ts";
import { ORIGIN, post } from "../api/api.workerd.ts";

/**
 * A player's socket to a room of any game, as the page would keep it: folds what it hears, and fails the test when the public
 * frames have a gap. Patience is in real time; the tests' clock may stand still.
 */

/** The client's half of a game. */
export type Folds<View, PublicDelta, Seat, PrivateDelta> = {
  readonly deltas: { fold(view: View, shown: PublicDelta): View; foldSeat(seat: Seat, told: PrivateDelta): Seat };
};

/** What a client that goes on where another left off begins with. */
export type Memory<View, PublicDelta, Seat, PrivateDelta> = Pick<
  Line<View, PublicDelta, Seat, PrivateDelta>,
  "view" | "seat" | "table" | "seq" | "purse" | "welcomes"
>;

const PATIENCE_MS = 4_000;
/** Not the one that a test may have hurried. */
const { setTimeout } = globalThis;

export class Line<View, PublicDelta, Seat, PrivateDelta> {
  readonly #game: Folds<View, PublicDelta, Seat, PrivateDelta>;
  readonly #socket: WebSocket;
  readonly frames: ServerFrame<View, PublicDelta, Seat, PrivateDelta>[] = [];
  /** Text that was not JSON: pongs. */
  readonly words: string[] = [];
  readonly welcomes: Welcome<View, Seat>[] = [];
  readonly purses: PurseFrame[] = [];
  view: View | null = null;
  seat: Seat | null = null;
  table: Table | null = null;
  purse: Welcome["purse"] = null;
  seq = -1;
  closedWith: number | null = null;
  /** Leaves checks unanswered, as a client does that does not read. */
  silent = false;
  /** What the room did wrong. */
  #broken: string | null = null;
  #sent = 0;
  readonly #session: string;
  #wake = new Set<() => void>();

  constructor(
    game: Folds<View, PublicDelta, Seat, PrivateDelta>,
    socket: WebSocket,
    from: Memory<View, PublicDelta, Seat, PrivateDelta> | null = null,
  ) {
    this.#game = game;
    this.#socket = socket;
    this.#session = crypto.randomUUID().slice(0, 8);
    if (from !== null) {
      ({ view: this.view, seat: this.seat, table: this.table, seq: this.seq, purse: this.purse } = from);
      this.welcomes.push(...from.welcomes);
    }
    socket.accept();
    socket.addEventListener("message", ({ data }) => {
      if (typeof data !== "string" || !/^[[{]/.test(data)) this.words.push(String(data));
      else for (const frame of [JSON.parse(data)].flat()) this.#hear(frame);
      this.#changed();
    });
    socket.addEventListener("close", ({ code }) => {
      this.closedWith = code;
      this.#changed();
    });
  }

  #changed(): void {
    for (const wake of this.#wake) wake();
  }

  #hear(frame: ServerFrame<View, PublicDelta, Seat, PrivateDelta>): void {
    this.frames.push(frame);
    switch (frame.type) {
      case "welcome":
        this.welcomes.push(frame);
        ({ view: this.view, seat: this.seat, table: this.table, seq: this.seq, purse: this.purse } = frame);
        return;
      case "events":
        if (frame.from > this.seq + 1 || frame.seq <= this.seq) {
          this.#broken ??= `at ${this.seq}, heard ${frame.from}..${frame.seq}`;
        }
        for (const step of frame.events) this.#fold(step);
        this.seq = frame.seq;
        return;
      case "own":
        this.#foldOwn(frame);
        return;
      case "purse":
        this.purses.push(frame);
        this.purse = frame;
        return;
      case "check":
        if (!this.silent) this.raw(JSON.stringify({ type: "seen", n: frame.n }));
        return;
      case "resumed":
        this.purse = frame.purse;
        return;
      case "reply":
        return;
      default:
        frame satisfies never;
    }
  }

  #fold(step: PublicDelta | RoomDelta): void {
    if (isRoomStep(step)) {
      if (this.table !== null) this.table = foldTable(this.table, step);
    } else if (this.view !== null) this.view = this.#game.deltas.fold(this.view, step);
  }

  #foldOwn(frame: OwnFrame<PrivateDelta, Seat>): void {
    if (frame.seat !== undefined) this.seat = frame.seat;
    for (const told of frame.events ?? [])
      if (this.seat !== null) this.seat = this.#game.deltas.foldSeat(this.seat, told);
  }

  get epoch(): string {
    return this.welcomes.at(-1)?.epoch ?? "";
  }

  get chips(): number {
    return this.purse?.chips ?? 0;
  }

  get replies(): Reply[] {
    return this.frames.filter((frame) => frame.type === "reply");
  }

  newId(): string {
    return `${this.#session}:${(this.#sent += 1)}`;
  }

  /** Text or a frame as it is. */
  raw(data: string | ArrayBuffer): void {
    this.#socket.send(data);
  }

  /** Sends a command under a fresh id, or its own, and gives the id. */
  send(command: { readonly type: string; readonly [key: string]: unknown }): string {
    const id = typeof command["id"] === "string" ? command["id"] : this.newId();
    this.raw(JSON.stringify({ ...command, id }));
    return id;
  }

  /** The reply to a command. */
  async ask(command: { readonly type: string; readonly [key: string]: unknown }): Promise<Reply> {
    const before = this.replies.length;
    const id = this.send(command);
    return this.reply(id, before);
  }

  async reply(id: string | null, after = 0): Promise<Reply> {
    const find = (): Reply | undefined => this.replies.slice(after).find((reply) => reply.id === id);
    await this.until(() => find() !== undefined, `a reply to ${id}`);
    const reply = find();
    if (reply === undefined) throw new Error("unreachable");
    return reply;
  }

  /** Everything that was sent before has been received by the room, and what it refuses at the door is answered. */
  async received(): Promise<void> {
    await this.ask({ type: "no such command" });
  }

  async until(holds: () => boolean, what = "what was awaited"): Promise<void> {
    if (this.#broken !== null) throw new Error(this.#broken);
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        done();
        reject(
          new Error(`${what} did not come; closed: ${this.closedWith}; last: ${JSON.stringify(this.frames.at(-1))}`),
        );
      }, PATIENCE_MS);
      const look = (): void => {
        if (this.#broken === null && !holds()) return;
        done();
        if (this.#broken === null) resolve();
        else reject(new Error(this.#broken));
      };
      const done = (): void => {
        clearTimeout(timer);
        this.#wake.delete(look);
      };
      this.#wake.add(look);
    });
  }

  async closed(): Promise<number> {
    await this.until(() => this.closedWith !== null, "the close");
    return this.closedWith ?? 0;
  }

  close(): void {
    this.#socket.close(1000, "done");
  }
}

/** No game's own step has a name like the room's. */
function isRoomStep(step: unknown): step is RoomDelta {
  return String((step as { type?: unknown }).type).startsWith("room.");
}

export type Who = { readonly id: PlayerId; readonly name: string };

/** Straight to the room object, with the headers that the Worker sets. `null`: a spectator. */
export async function socketTo(room: Pick<Fetcher, "fetch">, who: Who | null, query = ""): Promise<WebSocket> {
  const named: Record<string, string> =
    who === null ? {} : { [SOCKET_HEADERS.player]: who.id, [SOCKET_HEADERS.name]: encodeURIComponent(who.name) };
  const response = await room.fetch(`https://room/socket${query}`, { headers: { upgrade: "websocket", ...named } });
  if (response.webSocket === null) throw new Error(`no socket: ${response.status} ${await response.text()}`);
  return response.webSocket;
}

/** Through the Worker, as the page does it: a ticket from the REST API, then the socket. */
export async function ticketSocket(room: string, token: string): Promise<WebSocket> {
  const path = `/api/rooms/${room.replace(":", "/")}`;
  const { body } = await post(`${path}/ticket`, { token });
  const url = `${ORIGIN}${path}/socket?ticket=${body.ticket}`;
  const { webSocket } = await SELF.fetch(url, { headers: { upgrade: "websocket" } });
  if (webSocket === null) throw new Error("no socket");
  return webSocket;
}

/** Once the room has said hello. */
export async function greeted<
  Client extends { readonly frames: readonly unknown[]; until(holds: () => boolean, what: string): Promise<void> },
>(client: Client): Promise<Client> {
  await client.until(() => client.frames.length > 0, "the greeting");
  return client;
}

export function expectNo(reply: Reply, code: string): void {
  expect(reply).toMatchObject({ ok: false, code });
  if (!reply.ok) expect(reply.message.length).toBeGreaterThan(5);
}

export function expectYes(reply: Reply): void {
  expect(reply).toMatchObject({ ok: true });
}
