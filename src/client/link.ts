import ReconnectingWebSocket from "partysocket/ws";
import { CLOSE, type ServerFrame } from "../../rooms/protocol.ts";
import { Clock } from "./clock.ts";
import { ApiError } from "./errors.ts";
import { receive, type Answer, type Folds, type Known } from "./frames.ts";
import type { Pending } from "./pending.ts";
import { randomHex } from "./random.ts";

/**
 * One room, live: a small external store that a socket feeds. Commands carry ids that count up within this link; one that was
 * not answered is sent again, under the same id, after a reconnect, and never after five minutes. After a lost line it goes on
 * where it was, by `since` and `epoch`.
 */

export type LinkState<View, Seat extends object, Command> = {
  /** `lost` only after two seconds: a shorter gap is nobody's business. `ended`: it will not come back by itself. */
  readonly connection: "connecting" | "live" | "lost" | "ended";
  readonly ended: "missing" | "outdated" | "replaced" | "signed_out" | null;
  readonly known: Known<View, Seat> | null;
  readonly pending: readonly Pending<Command>[];
};

/** How a link reaches its room: the socket's address (`wss://...`); a ticket for a player, null for one who may only watch. */
export type Door = { readonly url: string; ticket(): Promise<string | null> };

const LEFT: Answer = { ok: false, code: "closed", message: "The connection to this room is over." };
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
  readonly #waiters = new Set<() => void>();
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  /** Hears each personal step once the state holds it. */
  onTold: (told: Told) => void = () => {};
  #count = 0;
  #state: LinkState<View, Seat, Command> = { connection: "connecting", ended: null, known: null, pending: [] };
  #lostTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #pingTimer: ReturnType<typeof setInterval>;
  #pongTimer: ReturnType<typeof setTimeout> | undefined;
  #anew = false;

  /** `Socket`: a constructor in the place of the platform's WebSocket. */
  constructor(game: Folds<View, Shown, Seat, Told>, door: Door, Socket?: unknown) {
    this.#game = game;
    this.#door = door;
    this.#socket = new ReconnectingWebSocket(() => this.#url(), undefined, {
      minReconnectionDelay: 250 + Math.random() * 250,
      maxReconnectionDelay: 8_000,
      reconnectionDelayGrowFactor: 1.7,
      connectionTimeout: 8_000,
      minUptime: 2_000,
      maxEnqueuedMessages: 0,
      ...(Socket === undefined ? {} : { WebSocket: Socket }),
    });
    this.#socket.addEventListener("message", (event) => this.#receive(event.data));
    this.#socket.addEventListener("close", (event) => this.#closed(event.code));
    this.#socket.addEventListener("error", () => this.#gone());
    this.#pingTimer = setInterval(() => this.#ping(), PING_EVERY_MS);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): LinkState<View, Seat, Command> => this.#state;

  /** Resolves with the server's verdict. The command is pending, and may be shown as such, before this returns. */
  send(command: Command & { entropy?: string }): Promise<Answer> {
    const id = `${this.#session}:${(this.#count += 1)}`;
    if (this.#state.connection === "ended") return Promise.resolve(LEFT);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#waiting.set(id, resolve);
    this.#set({ pending: [...this.#state.pending, { id, command, at: Date.now() }] });
    this.#transmit(id, command);
    return promise;
  }

  /**
   * What is known, once `holds`: asked when the room has greeted us, and after each change. Rejects with an ApiError when the link
   * ends before (`missing`, `outdated`, `replaced`, `signed_out`, `closed`), and with the signal's reason.
   */
  async until(
    holds: (known: Known<View, Seat>) => boolean = () => true,
    signal?: AbortSignal,
  ): Promise<Known<View, Seat>> {
    const { promise, resolve, reject } = Promise.withResolvers<Known<View, Seat>>();
    const look = (): void => {
      const { known, connection, ended } = this.#state;
      if (connection === "ended") reject(new ApiError(0, ended ?? "closed", "The connection to this room is over."));
      else if (known !== null && holds(known)) resolve(known);
    };
    const abort = (): void => reject(signal?.reason);
    this.#waiters.add(look);
    signal?.addEventListener("abort", abort);
    look();
    if (signal?.aborted === true) abort();
    try {
      return await promise;
    } finally {
      this.#waiters.delete(look);
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Commands without an answer resolve as refused `unknown_outcome`. */
  close(): void {
    this.#listeners.clear();
    cancel(this.#lostTimer);
    cancel(this.#pongTimer);
    clearInterval(this.#pingTimer);
    this.#set({ connection: "ended" });
    this.#socket.close();
    this.#giveUp(this.#state.pending, "This table was left before the answer came.");
  }

  /** Back from a sleep or a tunnel: find out at once. */
  wake(): void {
    if (this.#state.connection === "ended") return;
    if (this.#socket.readyState === this.#socket.OPEN) this.#ping();
    else if (this.#socket.readyState === this.#socket.CLOSED) this.#socket.reconnect();
  }

  // ---- the socket ----

  async #url(): Promise<string> {
    const query = new URLSearchParams();
    try {
      const ticket = await this.#door.ticket();
      if (ticket !== null) query.set("ticket", ticket);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.#end("missing");
      if (error instanceof ApiError && error.status === 401) this.#end("signed_out");
      throw error;
    }
    const { known } = this.#state;
    if (known !== null && !this.#anew) {
      query.set("since", String(known.seq));
      query.set("epoch", known.epoch);
    }
    return `${this.#door.url}?${query.toString()}`;
  }

  #transmit(id: string, command: Command): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify({ ...command, id }));
  }

  #receive(data: unknown): void {
    cancel(this.#pongTimer);
    this.#pongTimer = undefined;
    if (typeof data !== "string" || data === "pong" || this.#state.connection === "ended") return;
    const parsed: unknown = JSON.parse(data);
    // The room and this client are built from one protocol.ts, and the welcome says which version it speaks.
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
      this.#giveUp(stale, "We were away too long to know whether this was taken. What you see now is what counts.");
    }
    for (const { id, command } of this.#state.pending) this.#transmit(id, command);
  }

  #giveUp(commands: readonly Pending<Command>[], message: string): void {
    this.#set({ pending: this.#state.pending.filter((one) => !commands.includes(one)) });
    for (const { id } of commands) this.#answer(id, { ok: false, code: "unknown_outcome", message });
  }

  // ---- being connected ----

  #present(): void {
    cancel(this.#lostTimer);
    this.#lostTimer = undefined;
    this.#set({ connection: "live" });
  }

  #closed(code: number): void {
    if (code === CLOSE.replaced) this.#end("replaced");
    else this.#gone();
  }

  #gone(): void {
    cancel(this.#pongTimer);
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

  #set(change: Partial<LinkState<View, Seat, Command>>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
    for (const waiter of this.#waiters) waiter();
  }
}

function cancel(timer: ReturnType<typeof setTimeout> | undefined): void {
  if (timer !== undefined) clearTimeout(timer);
}
