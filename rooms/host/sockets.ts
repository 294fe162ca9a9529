import { Backlog } from "./backlog.ts";
import type { PlayerId } from "../game.ts";
import { SOCKET_HEADERS } from "./ports.ts";

/** One open socket, as the room remembers it. Rebuilt from the attachments after hibernation. */
export type Conn = {
  readonly socket: WebSocket;
  readonly player: PlayerId | null;
  readonly name: string;
  /** The player's session whose ticket opened this socket. */
  readonly session?: string;
  /** A spectator's address. */
  readonly from?: string;
  /** Id of the HTTP request that opened it, for the log. */
  readonly request?: string;
  /** Commands it may still send: a token bucket. */
  tokens: number;
  filledAt: number;
  readonly backlog: Backlog;
};

/** The data in the socket's attachment, which survives hibernation. */
export type Attachment = Pick<Conn, "player" | "name" | "session" | "from" | "request">;

/** The attachment of a socket request that the Worker has let through. */
export function attachmentOf({ headers }: Request): Attachment {
  const session = headers.get(SOCKET_HEADERS.session);
  const from = headers.get(SOCKET_HEADERS.from);
  const request = headers.get(SOCKET_HEADERS.request);
  return {
    player: headers.get(SOCKET_HEADERS.player) as PlayerId | null,
    name: decodeURIComponent(headers.get(SOCKET_HEADERS.name) ?? ""),
    ...(session === null ? {} : { session }),
    ...(from === null ? {} : { from }),
    ...(request === null ? {} : { request }),
  };
}

export type Bucket = { readonly perSecond: number; readonly burst: number };

/** The open sockets. A player may have several; oldest first. */
export class Sockets {
  readonly #bySocket = new Map<WebSocket, Conn>();
  readonly #byPlayer = new Map<PlayerId, Conn[]>();

  get size(): number {
    return this.#bySocket.size;
  }

  find(socket: WebSocket): Conn | undefined {
    return this.#bySocket.get(socket);
  }

  of(player: PlayerId): readonly Conn[] {
    return this.#byPlayer.get(player) ?? [];
  }

  all(): Iterable<Conn> {
    return this.#bySocket.values();
  }

  /** How many spectators there are from an address. */
  watching(from: string): number {
    return [...this.#bySocket.values()].filter((conn) => conn.player === null && conn.from === from).length;
  }

  add(socket: WebSocket, attachment: Attachment, bucket: Bucket, now: number): Conn {
    const conn: Conn = { socket, ...attachment, tokens: bucket.burst, filledAt: now, backlog: new Backlog() };
    this.#bySocket.set(socket, conn);
    if (conn.player !== null) this.#byPlayer.set(conn.player, [...this.of(conn.player), conn]);
    return conn;
  }

  /** True when this was the player's last socket. */
  remove(conn: Conn): boolean {
    if (!this.#bySocket.delete(conn.socket) || conn.player === null) return false;
    const rest = this.of(conn.player).filter((other) => other !== conn);
    if (rest.length > 0) this.#byPlayer.set(conn.player, rest);
    else this.#byPlayer.delete(conn.player);
    return rest.length === 0;
  }
}

/** Takes `n` tokens; false when the socket is flooding. */
export function spend(conn: Conn, n: number, bucket: Bucket, now: number): boolean {
  const refilled = conn.tokens + ((now - conn.filledAt) / 1_000) * bucket.perSecond;
  conn.filledAt = now;
  conn.tokens = Math.min(bucket.burst, refilled) - n;
  return conn.tokens >= 0;
}
