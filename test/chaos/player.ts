import { randomBytes } from "node:crypto";
import { WebSocket } from "ws";
import type { Reply, ServerFrame } from "../../rooms/protocol.ts";
import type { View } from "../../rooms/roulette/types.ts";

/** A player by REST and socket who sends every command until it is answered, under one id, over any number of reconnects. */

type Pending = { readonly frame: string; readonly resolve: (reply: Reply) => void };

export class Player {
  readonly #url: string;
  readonly #room: string;
  readonly #token: string;
  readonly id: string;
  readonly #session = randomBytes(6).toString("hex");
  readonly #pending = new Map<string, Pending>();
  #n = 0;
  #socket: WebSocket | null = null;
  /** The room's public view, folded no further than its phase: enough to know when to bet. */
  phase = "";
  closed = false;

  private constructor(url: string, room: string, token: string, id: string) {
    this.#url = url;
    this.#room = room;
    this.#token = token;
    this.id = id;
  }

  static async guest(url: string, room: string): Promise<Player> {
    const response = await fetch(`${url}/api/auth/guest`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    if (response.status !== 201) throw new Error(`guest: ${response.status} ${await response.text()}`);
    const body = await response.json<{ token: string; player: { id: string } }>();
    return new Player(url, room, body.token, body.player.id);
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
        const parsed = JSON.parse(data.toString()) as ServerFrame<View> | ServerFrame<View>[];
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
      if (!this.closed) await this.join();
    } catch {
      if (!this.closed && this.#socket === null) setTimeout(() => void this.#rejoin(), 250);
    }
  }

  #take(frame: ServerFrame<View>): void {
    if (frame.type === "welcome") this.phase = frame.view.phase.name;
    if (frame.type === "events") for (const event of frame.events) this.#step((event as { type: string }).type);
    if (frame.type === "check") this.#socket?.send(JSON.stringify({ type: "seen", n: frame.n }));
    if (frame.type !== "reply" || frame.id === null) return;
    const pending = this.#pending.get(frame.id);
    this.#pending.delete(frame.id);
    pending?.resolve(frame);
  }

  #step(type: string): void {
    const phases: Record<string, string> = {
      opened: "open",
      closed: "closed",
      spun: "spinning",
      settled: "settled",
      ready: "waiting",
    };
    this.phase = phases[type] ?? this.phase;
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

  close(): void {
    this.closed = true;
    this.#socket?.close();
  }
}
