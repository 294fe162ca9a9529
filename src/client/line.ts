import ReconnectingWebSocket from "partysocket/ws";
import { CLOSE } from "../../rooms/kernel/close.ts";

/**
 * A WebSocket that reconnects by itself and checks that the other end still answers, since a connection can be dead without being
 * closed. The platform answers the pings, so they wake neither the room nor the player's object.
 */

/** Without a message for this long a ping is sent; checked every LOOK_EVERY_MS. */
const QUIET_MS = 8_000;
const LOOK_EVERY_MS = 4_000;
/** Without a pong in this time the connection is considered dead. */
const PONG_WITHIN_MS = 4_000;
/** Each connection found dead multiplies the next timeout, up to a maximum: a distant or busy server is slow, not gone. */
const PATIENCE = 2;
const PATIENCE_MAX = 8;
const QUICK_MS = 500;
/** Shorter gaps are not reported. */
const SILENT_MS = 2_000;
/** Close codes after which the socket stays closed until `reconnect` is called. */
const FINAL: ReadonlySet<number> = new Set([CLOSE.replaced]);

export type LineWorld = {
  /** The address, asked for each new socket; throws when it is not available. */
  readonly address: () => Promise<string>;
  readonly heard: (text: string) => void;
  /** Called when disconnected for more than two seconds, or found dead. The line keeps reconnecting. */
  readonly lost: () => void;
  /** Called when the server closed the socket for good, with the close code. */
  readonly closed: (code: number) => void;
};

export class Line {
  readonly #world: LineWorld;
  readonly #socket: ReconnectingWebSocket;
  readonly #quietTimer: ReturnType<typeof setInterval>;
  #pongTimer: ReturnType<typeof setTimeout> | undefined;
  #pongBy = 0;
  #pingedAt = 0;
  #patience = 1;
  #lostTimer: ReturnType<typeof setTimeout> | undefined;
  #heardAt = 0;
  #missed = false;
  #over = false;

  /** `Socket`: a constructor to use instead of the platform's WebSocket. */
  constructor(world: LineWorld, Socket?: unknown) {
    this.#world = world;
    this.#socket = new ReconnectingWebSocket(() => world.address(), undefined, {
      minReconnectionDelay: 250 + Math.random() * 250,
      maxReconnectionDelay: 8_000,
      reconnectionDelayGrowFactor: 1.7,
      connectionTimeout: 8_000,
      minUptime: 2_000,
      maxEnqueuedMessages: 0,
      shouldReconnectOnClose: ({ code }) => !FINAL.has(code),
      ...(Socket === undefined ? {} : { WebSocket: Socket }),
    });
    this.#socket.addEventListener("message", ({ data }) => this.#heard(data));
    this.#socket.addEventListener("close", ({ code }) => this.#closed(code));
    this.#socket.addEventListener("error", () => this.#gone());
    this.#quietTimer = setInterval(() => {
      if (performance.now() - this.#heardAt >= QUIET_MS) this.probe();
    }, LOOK_EVERY_MS);
  }

  /** False: not connected, nothing was sent. */
  send(text: string): boolean {
    return this.#socket.readyState === this.#socket.OPEN && this.#socket.send(text);
  }

  /** Sends a ping, and reconnects when no pong arrives in time. */
  probe(withinMs = PONG_WITHIN_MS): void {
    const waitMs = withinMs * this.#patience;
    const now = performance.now();
    if (this.#pongTimer !== undefined && this.#pongBy <= now + waitMs) return;
    if (!this.send("ping")) return;
    cancel(this.#pongTimer);
    [this.#pingedAt, this.#pongBy] = [now, now + waitMs];
    this.#pongTimer = setTimeout(() => {
      this.#pongTimer = undefined;
      this.#patience = Math.min(this.#patience * PATIENCE, PATIENCE_MAX);
      this.#lose();
      this.#socket.reconnect();
    }, waitMs);
  }

  /** Call when the state is up to date again: the gap is over. */
  whole(): void {
    cancel(this.#lostTimer);
    this.#lostTimer = undefined;
    this.#missed = false;
  }

  /** After sleep or a lost network: checks the connection at once. */
  wake(): void {
    if (this.#over) return;
    if (this.#socket.readyState === this.#socket.CLOSED) this.#socket.reconnect();
    else this.probe(SILENT_MS);
  }

  /** Opens a new socket, also after the server closed the last one for good. */
  reconnect(): void {
    this.#over = false;
    this.#socket.reconnect();
  }

  /** Closes the socket; it stays closed until `reconnect`. */
  end(): void {
    this.#over = true;
    this.whole();
    this.#quiet();
    this.#socket.close();
  }

  close(): void {
    clearInterval(this.#quietTimer);
    this.end();
  }

  #heard(data: unknown): void {
    this.#heardAt = performance.now();
    if (data === "pong" && this.#heardAt - this.#pingedAt < QUICK_MS) this.#patience = 1;
    this.#quiet();
    if (typeof data === "string" && data !== "pong" && !this.#over) this.#world.heard(data);
  }

  #closed(code: number): void {
    this.#gone();
    if (this.#over || !FINAL.has(code)) return;
    this.end();
    this.#world.closed(code);
  }

  #gone(): void {
    this.#quiet();
    if (!this.#over && !this.#missed) this.#lostTimer ??= setTimeout(() => this.#lose(), SILENT_MS);
  }

  #lose(): void {
    cancel(this.#lostTimer);
    this.#lostTimer = undefined;
    if (this.#over || this.#missed) return;
    this.#missed = true;
    this.#world.lost();
  }

  #quiet(): void {
    cancel(this.#pongTimer);
    this.#pongTimer = undefined;
  }
}

export function cancel(timer: ReturnType<typeof setTimeout> | undefined): void {
  if (timer !== undefined) clearTimeout(timer);
}
