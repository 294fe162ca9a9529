import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import type { AnyGame } from "../../rooms/game.ts";
import { gameOf } from "../../rooms/games.ts";
import type { Reply, ServerFrame } from "../../rooms/kernel/protocol.ts";

/** A player by REST and socket who sends every command until it is answered, under one id, over any number of reconnects. */

type Pending = { readonly frame: string; readonly resolve: (reply: Reply) => void };

export class Player {
  readonly #url: string;
  readonly #room: string;
  readonly #game: AnyGame;
  readonly #token: string;
  readonly id: string;
  readonly name: string;
  readonly #session = randomBytes(6).toString("hex");
  readonly #pending = new Map<string, Pending>();
  #n = 0;
  #socket: WebSocket | null = null;
  /** The room's public view, as of the last frame. */
  view: unknown = null;
  /** The welcome's sequence number: frames up to it are old news. */
  #seq = 0;
  closed = false;
  /** Called after each change of the view. */
  watch: () => void = () => {};

  private constructor(url: string, room: string, token: string, id: string, name: string) {
    this.#url = url;
    const game = gameOf(room);
    if (game === undefined) throw new Error(`no game for ${room}`);
    this.#room = room;
    this.#game = game;
    this.#token = token;
    this.id = id;
    this.name = name;
  }

  get phase(): string {
    return (this.view as { phase: { name: string } } | null)?.phase.name ?? "";
  }

  static async guest(url: string, room: string): Promise<Player> {
    const response = await fetch(`${url}/api/auth/guest`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    if (response.status !== 201) throw new Error(`guest: ${response.status} ${await response.text()}`);
    const body = await response.json<{ token: string; player: { id: string; username: string } }>();
    return new Player(url, room, body.token, body.player.id, body.player.username);
  }

  async api<T>(path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#url}${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${this.#token}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json<T>();
  }

  /** Connects, and connects again whenever the socket goes, until `close`. Resolves at the first welcome. */
  async join(): Promise<void> {
    this.closed = false;
    const { ticket } = await this.api<{ ticket: string }>(`/api/rooms/${this.#room.replace(":", "/")}/ticket`, {});
    const ws = this.#url.replace("http", "ws");
    const socket = new WebSocket(`${ws}/api/rooms/${this.#room.replace(":", "/")}/socket?ticket=${ticket}`);
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("close", () => {
      if (this.#socket === socket) this.#socket = null;
      if (!this.closed) setTimeout(() => void this.#rejoin(), 150);
    });
    await new Promise<void>((resolve, reject) => {
      socket.once("close", () => reject(new Error("closed before the welcome")));
      socket.on("message", (data: Buffer) => {
        const parsed = JSON.parse(data.toString()) as ServerFrame | ServerFrame[];
        for (const frame of Array.isArray(parsed) ? parsed : [parsed]) {
          this.#take(frame);
          if (frame.type === "welcome") resolve();
        }
      });
    });
    for (const { frame } of this.#pending.values()) socket.send(frame);
  }

  async #rejoin(): Promise<void> {
    try {
      if (!this.closed && this.#socket === null) await this.join();
    } catch {
      if (!this.closed && this.#socket === null) setTimeout(() => void this.#rejoin(), 250);
    }
  }

  #take(frame: ServerFrame): void {
    if (frame.type === "welcome") {
      this.view = frame.view;
      this.#seq = frame.seq;
      this.watch();
    }
    if (frame.type === "events" && frame.seq > this.#seq) {
      const steps = frame.events as readonly { type?: unknown }[];
      for (const step of steps)
        if (!String(step.type).startsWith("room.")) this.view = this.#game.deltas.fold(this.view, step);
      this.watch();
    }
    if (frame.type === "check") this.#socket?.send(JSON.stringify({ type: "seen", n: frame.n }));
    if (frame.type !== "reply" || frame.id === null) return;
    const pending = this.#pending.get(frame.id);
    this.#pending.delete(frame.id);
    pending?.resolve(frame);
  }

  /** Resolves with the room's answer, however many lives of the room it takes. */
  async send(command: { readonly type: string; readonly [key: string]: unknown }): Promise<Reply> {
    const id = `${this.#session}:${++this.#n}`;
    const frame = JSON.stringify({ id, ...command });
    return new Promise((resolve) => {
      this.#pending.set(id, { frame, resolve });
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(frame);
    });
  }

  get waiting(): number {
    return this.#pending.size;
  }

  /** Gives up the connection, and does not seek another until `join`. */
  drop(): void {
    this.closed = true;
    this.#socket?.terminate();
    this.#socket = null;
    this.#pending.clear();
  }

  close(): void {
    this.closed = true;
    this.#socket?.close();
  }
}
