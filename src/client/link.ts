import type { ServerFrame } from "../../rooms/kernel/protocol.ts";
import { Clock } from "./clock.ts";
import { deferred } from "./deferred.ts";
import { ApiError } from "./errors.ts";
import { receive, type Answer, type Folds, type Known } from "./frames.ts";
import { cancel, Line } from "./line.ts";
import type { Pending } from "./pending.ts";
import { randomHex } from "./random.ts";

/**
 * A live connection to one room: an external store fed by a socket. Command ids count up within the link. After a reconnect a
 * command without an answer is sent again under the same id, for up to five minutes. `since` and `epoch` make the server resume
 * where the connection broke.
 */

export type LinkState<View, Seat extends object, Command> = {
  /** `lost` is set only after two seconds: shorter gaps are not reported. `ended`: it will not reconnect by itself. */
  readonly connection: "connecting" | "live" | "lost" | "ended";
  readonly ended: "missing" | "outdated" | "replaced" | "signed_out" | null;
  /** A command has waited for its answer for more than two seconds: the connection is being checked. */
  readonly slow: boolean;
  readonly known: Known<View, Seat> | null;
  readonly pending: readonly Pending<Command>[];
};

/** How a link reaches its room: the socket's address (`wss://...`), and a ticket for a player or null for a spectator. */
export type Endpoint = { readonly url: string; ticket(): Promise<string | null> };

const LEFT: Answer = { ok: false, code: "closed", message: "The connection to this room is over." };
const RESEND_MS_MAX = 5 * 60_000;
/** A command without an answer for this long counts as slow, and the connection is checked. */
const ANSWER_MS = 2_000;
const SIGN_WITHIN_MS = 1_500;
/** A full room delays public frames by up to two seconds, and a command with private effects only may cause none at all. */
const SHOWN_MS_MAX = 2_500;

export class Link<View, PublicDelta, Seat extends object, PrivateDelta, Command extends { type: string }> {
  readonly clock = new Clock();
  readonly #game: Folds<View, PublicDelta, Seat, PrivateDelta>;
  readonly #endpoint: Endpoint;
  readonly #session = randomHex(6);
  readonly #line: Line;
  readonly #listeners = new Set<() => void>();
  readonly #waiters = new Set<() => void>();
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  /** Called with each private delta after it is applied to the state. */
  onPrivateDelta: (told: PrivateDelta) => void = () => {};
  #count = 0;
  #state: LinkState<View, Seat, Command> = {
    connection: "connecting",
    ended: null,
    slow: false,
    known: null,
    pending: [],
  };
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  #anew = false;
  /** `until` waits for the public state to reach this sequence number: answers to our commands may arrive ahead of it. */
  #answered = 0;
  #answeredTimer: ReturnType<typeof setTimeout> | undefined;

  /** `Socket`: a constructor to use instead of the platform's WebSocket. */
  constructor(game: Folds<View, PublicDelta, Seat, PrivateDelta>, endpoint: Endpoint, Socket?: unknown) {
    this.#game = game;
    this.#endpoint = endpoint;
    this.#line = new Line(
      {
        address: () => this.#url(),
        heard: (text) => this.#receive(text),
        lost: () => this.#set({ connection: "lost" }),
        closed: () => this.#end("replaced"),
      },
      Socket,
    );
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): LinkState<View, Seat, Command> => this.#state;

  /**
   * Resolves with the server's answer as soon as it arrives. The command is in `pending` before this returns. The public state
   * may show the effect a little later: `until` waits for it, `get` does not.
   */
  send(command: Command & { clientSeed?: string }): Promise<Answer> {
    const id = `${this.#session}:${(this.#count += 1)}`;
    if (this.#state.connection === "ended") return Promise.resolve(LEFT);
    const { promise, resolve } = deferred<Answer>();
    this.#waiting.set(id, resolve);
    this.#set({ pending: [...this.#state.pending, { id, command, at: Date.now() }] });
    this.#transmit(id, command);
    return promise;
  }

  /**
   * Resolves with the state once `holds` is true of it. `holds` is called once connected and after each change. After a command
   * was answered, only states that include its effect are tested, or any state after 2.5 seconds without one. Rejects with an
   * ApiError when the link ends first (`missing`, `outdated`, `replaced`, `signed_out`, `closed`), and with the signal's reason.
   */
  async until(
    holds: (known: Known<View, Seat>) => boolean = () => true,
    signal?: AbortSignal,
  ): Promise<Known<View, Seat>> {
    const { promise, resolve, reject } = deferred<Known<View, Seat>>();
    const look = (): void => {
      const { known, connection, ended } = this.#state;
      if (connection === "ended") reject(new ApiError(0, ended ?? "closed", "The connection to this room is over."));
      else if (known !== null && known.seq >= this.#answered && holds(known)) resolve(known);
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

  /** Ends the link. Commands without an answer resolve as refused `unknown_outcome`. */
  close(): void {
    this.#listeners.clear();
    this.#line.close();
    cancel(this.#slowTimer);
    cancel(this.#answeredTimer);
    this.#set({ connection: "ended" });
    this.#giveUp(this.#state.pending, "This table was left before the answer came.");
  }

  /** After sleep or a lost network: checks the connection at once. */
  wake(): void {
    if (this.#state.connection !== "ended") this.#line.wake();
  }

  /** Reconnects after the link ended as `replaced`. */
  again(): void {
    if (this.#state.ended !== "replaced") return;
    this.#set({ connection: "connecting", ended: null });
    this.#line.reconnect();
  }

  // ---- the socket ----

  async #url(): Promise<string> {
    const query = new URLSearchParams();
    try {
      const ticket = await this.#endpoint.ticket();
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
    return `${this.#endpoint.url}?${query.toString()}`;
  }

  #transmit(id: string, command: Command): void {
    if (this.#line.send(JSON.stringify({ ...command, id }))) this.#slowTimer ??= setTimeout(this.#late, ANSWER_MS);
  }

  /** Reports the link as slow. The connection must show a sign of life soon, or is replaced. */
  readonly #late = (): void => {
    if (this.#state.pending.length === 0) return;
    this.#set({ slow: true });
    this.#line.probe(SIGN_WITHIN_MS);
  };

  /** An answer came, or no command is waiting any more. */
  #onTime(): void {
    cancel(this.#slowTimer);
    this.#slowTimer = this.#state.pending.length > 0 ? setTimeout(this.#late, ANSWER_MS) : undefined;
    if (this.#state.slow) this.#set({ slow: false });
  }

  #receive(text: string): void {
    const parsed: unknown = JSON.parse(text);
    // Room and client share protocol.ts, and the `welcome` frame states the protocol version.
    const frames = (Array.isArray(parsed) ? parsed : [parsed]) as ServerFrame<View, PublicDelta, Seat, PrivateDelta>[];
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
        case "private":
          break;
        case "greeted":
          this.#anew = false;
          this.#present();
          break;
        case "gap":
          this.#anew = true;
          this.#line.reconnect();
          break;
        case "outdated":
          this.#end("outdated");
          break;
        case "check":
          this.#line.send(JSON.stringify({ type: "seen", n: effect.n }));
          break;
        default:
          effect satisfies never;
      }
    }
    this.#set({ known, pending: this.#state.pending.filter(({ id }) => !answers.has(id)) });
    if (answers.size > 0) this.#onTime();
    for (const [id, answer] of answers) this.#answer(id, answer);
    for (const effect of effects) if (effect.type === "private") this.onPrivateDelta(effect.delta);
    if (effects.some((effect) => effect.type === "greeted")) this.#resend();
  }

  #answer(id: string, answer: Answer): void {
    if (answer.ok && answer.seq > Math.max(this.#answered, this.#state.known?.seq ?? 0)) this.#await(answer.seq);
    this.#waiting.get(id)?.(answer);
    this.#waiting.delete(id);
  }

  #await(seq: number): void {
    this.#answered = seq;
    cancel(this.#answeredTimer);
    this.#answeredTimer = setTimeout(() => {
      this.#answered = 0;
      for (const waiter of this.#waiters) waiter();
    }, SHOWN_MS_MAX);
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

  // ---- connection state ----

  #present(): void {
    this.#line.whole();
    this.#set({ connection: "live" });
    this.#onTime();
  }

  #end(ended: NonNullable<LinkState<View, Seat, Command>["ended"]>): void {
    this.#line.end();
    this.#set({ connection: "ended", ended });
    this.#onTime();
  }

  #set(change: Partial<LinkState<View, Seat, Command>>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
    for (const waiter of this.#waiters) waiter();
  }
}
