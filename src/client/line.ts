import ReconnectingWebSocket from "partysocket/ws";
import { CLOSE } from "../../rooms/kernel/close.ts";

/**
 * A socket that comes back by itself and finds out whether the other end is still there: a line can be dead without being closed.
 * Pings are answered by the platform, and wake no room and no wallet.
 */

/** With nothing heard for so long it is pinged; looked at every few seconds. */
const QUIET_MS = 8_000;
const LOOK_EVERY_MS = 4_000;
/** No pong by then: the line is dead. */
const PONG_WITHIN_MS = 4_000;
/** Each line that was found dead gives the next so many times as long, up to the most: a far or busy house is slow, not gone. */
const PATIENCE = 2;
const PATIENCE_MAX = 8;
const QUICK_MS = 500;
/** A gap that is shorter is nobody's business. */
const SILENT_MS = 2_000;
/** The house means these: no new socket before somebody asks for one. */
const FINAL: ReadonlySet<number> = new Set([CLOSE.replaced]);

export type LineWorld = {
  /** Where it leads, asked anew for each socket; throws when that cannot be known now. */
  readonly address: () => Promise<string>;
  readonly heard: (text: string) => void;
  /** Gone for more than two seconds, or found dead. It goes on trying. */
  readonly lost: () => void;
  /** Closed by the house for good, with its code. */
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

  /** `Socket`: a constructor in the place of the platform's WebSocket. */
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

  /** False: there is no line just now. */
  send(text: string): boolean {
    return this.#socket.readyState === this.#socket.OPEN && this.#socket.send(text);
  }

  /** Finds out whether the other end is there, and begins anew when it does not say so in time. */
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

  /** Everything is known again: the gap was none, or is over. */
  whole(): void {
    cancel(this.#lostTimer);
    this.#lostTimer = undefined;
    this.#missed = false;
  }

  /** Back from a sleep or a tunnel: find out at once. */
  wake(): void {
    if (this.#over) return;
    if (this.#socket.readyState === this.#socket.CLOSED) this.#socket.reconnect();
    else this.probe(SILENT_MS);
  }

  /** A new socket, also after the house closed it for good. */
  reconnect(): void {
    this.#over = false;
    this.#socket.reconnect();
  }

  /** For good, until `reconnect`. */
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
