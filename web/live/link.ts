import ReconnectingWebSocket from "partysocket/ws";
import { CLOSE, type ServerFrame } from "../../rooms/protocol.ts";
import { ApiError } from "../api/client.ts";
import { randomHex } from "../api/random.ts";
import { Clock } from "./clock.ts";
import type { Pending } from "./pending.ts";
import { receive, type Answer, type Folds, type Known } from "./frames.ts";

/**
 * One room, live: a small external store that a socket feeds. Commands carry ids that count up within this page; one that was
 * not answered is sent again, under the same id, after a reconnect, and never after five minutes.
 */

export type LinkState<View, Seat extends object, Command> = {
  /** `lost` only after two seconds: a shorter gap is nobody's business. `ended`: it will not come back by itself. */
  readonly connection: "connecting" | "live" | "lost" | "ended";
  readonly ended: "missing" | "outdated" | "replaced" | null;
  readonly known: Known<View, Seat> | null;
  readonly pending: readonly Pending<Command>[];
};

/** How a link reaches its room: a ticket for a player, null for one who may only watch. */
export type Door = { readonly path: string; ticket(): Promise<string | null> };

const SILENT_MS = 2_000;
const RESEND_MS_MAX = 5 * 60_000;
const PING_EVERY_MS = 15_000;
const PONG_WITHIN_MS = 8_000;

export class Link<View, Shown, Seat extends object, Told, Command extends { type: string }> {
  readonly clock = new Clock();
  readonly #game: Folds<View, Shown, Seat, Told>;
  readonly #door: Door;
  readonly #session = randomHex(6);
  readonly #socket: ReconnectingWebSocket;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  /** Hears each personal step once the state holds it. */
  onTold: (told: Told) => void = () => {};
  #count = 0;
  #state: LinkState<View, Seat, Command> = { connection: "connecting", ended: null, known: null, pending: [] };
  #lostTimer: ReturnType<typeof setTimeout> | undefined;
  #pingTimer: ReturnType<typeof setInterval> | undefined;
  #pongTimer: ReturnType<typeof setTimeout> | undefined;
  #anew = false;

  constructor(game: Folds<View, Shown, Seat, Told>, door: Door) {
    this.#game = game;
    this.#door = door;
    this.#socket = new ReconnectingWebSocket(() => this.#url(), undefined, {
      minReconnectionDelay: 250 + Math.random() * 250,
      maxReconnectionDelay: 8_000,
      reconnectionDelayGrowFactor: 1.7,
      connectionTimeout: 8_000,
      minUptime: 2_000,
      maxEnqueuedMessages: 0,
    });
    this.#socket.addEventListener("message", (event) => this.#receive(event.data));
    this.#socket.addEventListener("close", (event) => this.#closed(event.code));
    this.#socket.addEventListener("error", () => this.#gone());
    this.#pingTimer = setInterval(() => this.#ping(), PING_EVERY_MS);
    window.addEventListener("online", this.#wake);
    document.addEventListener("visibilitychange", this.#wake);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): LinkState<View, Seat, Command> => this.#state;

  /** Resolves with the server's verdict. The command is pending, and may be shown as such, before this returns. */
  send(command: Command & { entropy?: string }): Promise<Answer> {
    const id = `${this.#session}:${(this.#count += 1)}`;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    this.#set({ pending: [...this.#state.pending, { id, command, at: Date.now() }] });
    this.#transmit(id, command);
    return promise;
  }

  close(): void {
    clearTimeout(this.#lostTimer);
    clearTimeout(this.#pongTimer);
    clearInterval(this.#pingTimer);
    window.removeEventListener("online", this.#wake);
    document.removeEventListener("visibilitychange", this.#wake);
    this.#listeners.clear();
    this.#socket.close();
  }

  // ---- the socket ----

  async #url(): Promise<string> {
    const query = new URLSearchParams();
    try {
      const ticket = await this.#door.ticket();
      if (ticket !== null) query.set("ticket", ticket);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.#end("missing");
      throw error;
    }
    const { known } = this.#state;
    if (known !== null && !this.#anew) {
      query.set("since", String(known.seq));
      query.set("epoch", known.epoch);
    }
    const { protocol, host } = location;
    return `${protocol === "https:" ? "wss" : "ws"}://${host}${this.#door.path}/socket?${query}`;
  }

  #transmit(id: string, command: Command): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify({ ...command, id }));
  }

  #receive(data: unknown): void {
    clearTimeout(this.#pongTimer);
    this.#pongTimer = undefined;
    if (typeof data !== "string" || data === "pong") return;
    const parsed: unknown = JSON.parse(data);
    // The room and this page are built from one protocol.ts, and the welcome says which version it speaks.
    const frames = (Array.isArray(parsed) ? parsed : [parsed]) as ServerFrame<View, Shown, Seat, Told>[];
    const { known, effects } = receive(this.#game, this.#state.known, frames);
    const answers = new Map<string, Answer>();
    for (const effect of effects) {
      switch (effect.type) {
        case "clock":
          this.clock.observe(effect.now);
          break;
        case "answer":
          if (effect.id !== null) answers.set(effect.id, effect.answer);
          break;
        case "told":
          break;
        case "greeted":
          this.#anew = false;
          this.#present();
          break;
        case "gap":
          this.#anew = true;
          this.#socket.reconnect();
          break;
        case "outdated":
          this.#end("outdated");
          break;
        case "check":
          this.#socket.send(JSON.stringify({ type: "seen", n: effect.n }));
          break;
        default:
          effect satisfies never;
      }
    }
    this.#set({ known, pending: this.#state.pending.filter(({ id }) => !answers.has(id)) });
    for (const [id, answer] of answers) this.#answer(id, answer);
    for (const effect of effects) if (effect.type === "told") this.onTold(effect.told);
    if (effects.some((effect) => effect.type === "greeted")) this.#resend();
  }

  #answer(id: string, answer: Answer): void {
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  #resend(): void {
    const oldest = Date.now() - RESEND_MS_MAX;
    const stale = this.#state.pending.filter(({ at }) => at < oldest);
    if (stale.length > 0) {
      this.#set({ pending: this.#state.pending.filter(({ at }) => at >= oldest) });
      const message = "We were away too long to know whether this was taken. What you see now is what counts.";
      for (const { id } of stale) this.#answer(id, { ok: false, code: "unknown_outcome", message });
    }
    for (const { id, command } of this.#state.pending) this.#transmit(id, command);
  }

  // ---- being connected ----

  #present(): void {
    clearTimeout(this.#lostTimer);
    this.#lostTimer = undefined;
    this.#set({ connection: "live" });
  }

  #closed(code: number): void {
    if (code === CLOSE.replaced) this.#end("replaced");
    else this.#gone();
  }

  #gone(): void {
    clearTimeout(this.#pongTimer);
    this.#pongTimer = undefined;
    if (this.#state.connection === "ended") return;
    this.#lostTimer ??= setTimeout(() => this.#set({ connection: "lost" }), SILENT_MS);
  }

  #end(ended: NonNullable<LinkState<View, Seat, Command>["ended"]>): void {
    this.#set({ connection: "ended", ended });
    this.#socket.close();
  }

  /** A socket that is dead but not closed answers no ping. The room sleeps on: the platform answers for it. */
  #ping(): void {
    if (this.#socket.readyState !== this.#socket.OPEN || this.#pongTimer !== undefined) return;
    this.#socket.send("ping");
    this.#pongTimer = setTimeout(() => {
      this.#gone();
      this.#socket.reconnect();
    }, PONG_WITHIN_MS);
  }

  /** Back from a sleep or a tunnel: find out at once. */
  readonly #wake = (): void => {
    if (document.visibilityState !== "visible" || this.#state.connection === "ended") return;
    if (this.#socket.readyState === this.#socket.OPEN) this.#ping();
    else if (this.#socket.readyState === this.#socket.CLOSED) this.#socket.reconnect();
  };

  #set(change: Partial<LinkState<View, Seat, Command>>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
