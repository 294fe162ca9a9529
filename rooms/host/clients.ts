import type { Ms, PlayerId } from "../game.ts";
import type { Answer, Outcome } from "../kernel/inputs.ts";
import * as frames from "../kernel/frames.ts";
import type { Counters } from "./counters.ts";
import type { RoomLog, RoomSettings } from "./services.ts";
import { Sockets, spend, type Attachment, type Bucket, type Conn } from "./sockets.ts";
import { CLOSE } from "../kernel/close.ts";

/** The receiver of an answer: a socket, the callback of an RPC, or nobody. */
export type Token = Conn | ((answer: Answer) => void) | null;

export type ClientsWorld = {
  readonly room: () => string;
  readonly settings: RoomSettings;
  readonly log: RoomLog;
  readonly counters: Counters;
  readonly now: () => Ms;
  /** A socket is gone. `last`: it was the only one of its player. */
  readonly gone: (conn: Conn, last: boolean) => void;
};

/** The sockets of a room, and everything that is sent to them. A socket that does not read, or sends too much, is closed. */
export class Clients {
  readonly sockets = new Sockets();
  readonly #world: ClientsWorld;
  readonly #bucket: Bucket;

  constructor(world: ClientsWorld) {
    this.#world = world;
    const { framesPerSecond, framesBurst } = world.settings;
    this.#bucket = { perSecond: framesPerSecond, burst: framesBurst };
  }

  add(socket: WebSocket, attachment: Attachment): Conn {
    return this.sockets.add(socket, attachment, this.#bucket, this.#world.now());
  }

  /** Counts incoming commands against the rate limit. False: too many at once. */
  spend(conn: Conn, frameCount: number, now: Ms): boolean {
    return spend(conn, frameCount, this.#bucket, now);
  }

  send(conn: Conn, text: string): void {
    const { backlog, socket } = conn;
    const owed = backlog.sent(text.length, this.#world.settings.socketBufferBytes);
    if (owed === "slow") {
      this.drop(conn, CLOSE.slow, "too slow");
      return;
    }
    try {
      socket.send(text);
      if (owed === "ask") socket.send(frames.checkFrame(backlog.check()));
    } catch {
      this.forget(conn); // it closed meanwhile: its close event may never come
    }
  }

  sendAll(text: string): void {
    for (const conn of this.sockets.all()) this.send(conn, text);
  }

  answer(token: Token, answer: Answer): void {
    if (typeof token === "function") token(answer);
    else if (token !== null) this.send(token, frames.replyFrame(answer));
  }

  /** Refuses an input that never got to the engine. */
  refuse(conn: Conn, id: string | null, code: string, message: string): void {
    this.#world.counters.refuse(code);
    this.#noteRefusal(conn, id, code);
    this.send(conn, frames.replyFrame({ ok: false, id, code, message }));
  }

  #noteRefusal(conn: Conn, command: string | null, code: string): void {
    const { log, room } = this.#world;
    if (log.tells("debug")) log.debug("refused", { room: room(), requestId: conn.request, command, code });
  }

  forget(conn: Conn): void {
    this.#world.gone(conn, this.sockets.remove(conn));
  }

  drop(conn: Conn, code: number, reason: string): void {
    this.#world.log.info("dropped", { room: this.#world.room(), requestId: conn.request, code, reason });
    this.forget(conn);
    try {
      conn.socket.close(code, reason);
    } catch {
      // It is already closed.
    }
  }

  dropAll(player: PlayerId, code: number, reason: string): void {
    for (const conn of this.sockets.of(player)) this.drop(conn, code, reason);
  }

  /** Sends the answers, private deltas and purses of a batch that is on the disk: one frame a socket. */
  speak(outcome: Outcome<Token>): void {
    const queued = new Map<Conn, string[]>();
    const add = (conn: Conn, text: string): void => {
      const list = queued.get(conn);
      if (list === undefined) queued.set(conn, [text]);
      else list.push(text);
    };
    for (const { token, answer } of outcome.answers) {
      if (typeof token === "function") token(answer);
      else if (token !== null) {
        if (!answer.ok) this.#noteRefusal(token, answer.id, answer.code);
        add(token, frames.replyFrame(answer));
      }
    }
    for (const [player, told] of outcome.told) {
      const conns = this.sockets.of(player);
      if (conns.length === 0) continue;
      const text = frames.ownFrame(outcome.kernel.seq, told);
      for (const conn of conns) add(conn, text);
    }
    for (const player of outcome.purses) {
      const conns = this.sockets.of(player);
      const text = conns.length === 0 ? null : frames.purseFrame(outcome.kernel, player);
      if (text !== null) for (const conn of conns) add(conn, text);
    }
    for (const [conn, list] of queued) this.send(conn, frames.join(list));
  }
}
