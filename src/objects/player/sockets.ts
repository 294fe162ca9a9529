import type { PlayerId } from "../../../rooms/game.ts";
import { CLOSE } from "../../../rooms/kernel/protocol.ts";
import type { Entry, Ledger, Won } from "./ledger.ts";
import type { LimitsStanding } from "./limits.ts";
import type { Profile } from "./profile.ts";

/**
 * Frames of the personal socket: `welcome` first, then one `balance` for each new ledger entry, which names the room of a
 * transfer. `rooms`: the rooms that may hold chips of the player. Each room tells how many on its own socket; `GET /api/balance`
 * has them all.
 */
export type PersonalFrame =
  | {
      readonly type: "welcome";
      readonly player: { readonly id: PlayerId; readonly username: string; readonly guest: boolean };
      readonly available: number;
      readonly rooms: readonly string[];
      /** The last five awards, newest first: one may have come while nobody was here. */
      readonly awards: readonly Won[];
      readonly now: number;
    }
  | {
      readonly type: "balance";
      readonly available: number;
      readonly rooms: readonly string[];
      readonly entry: Entry;
    }
  /** A reality check: how long this session lasts, what was staked in it, and what came of it. */
  | {
      readonly type: "reality";
      readonly minutes: number;
      readonly staked: number;
      readonly net: number;
      readonly now: number;
    }
  | ({ readonly type: "limits" } & LimitsStanding);

export function welcomeOf({ id, name, account }: Profile, ledger: Ledger, now: number): PersonalFrame {
  return {
    type: "welcome",
    player: { id, username: name, guest: account === null },
    available: ledger.balance(),
    rooms: ledger.purses(),
    awards: ledger.awards(5),
    now,
  };
}

const SOCKETS_MAX = 10;

/** A player's open pages: their personal sockets, each tagged with its session. Pings are answered without waking the object. */
export class Pages {
  readonly #ctx: DurableObjectState;

  constructor(ctx: DurableObjectState) {
    this.#ctx = ctx;
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Whether any page is open. */
  get someone(): boolean {
    return this.#ctx.getWebSockets().length > 0;
  }

  /** Opens a socket, sends `welcome` on it, and answers the client's end. Closes the oldest when there are too many. */
  open(session: string, welcome: PersonalFrame): WebSocket {
    const open = this.#ctx
      .getWebSockets()
      .filter((socket) => socket.readyState === WebSocket.OPEN) // one that is closing is still on the list
      .map((socket) => ({ socket, place: Number(socket.deserializeAttachment()) }))
      .sort((a, b) => a.place - b.place);
    for (const { socket } of open.slice(0, Math.max(0, open.length - SOCKETS_MAX + 1)))
      socket.close(CLOSE.replaced, "too many windows");
    const { 0: client, 1: server } = new WebSocketPair();
    // oxlint-disable-next-line no-restricted-properties -- one-way and without rooms: PartyServer has nothing to add
    this.#ctx.acceptWebSocket(server, [session]);
    server.serializeAttachment((open.at(-1)?.place ?? 0) + 1);
    send(server, welcome);
    return client;
  }

  tell(frame: PersonalFrame): void {
    for (const socket of this.#ctx.getWebSockets()) send(socket, frame);
  }

  /** Sends a new ledger entry to all pages. `rooms`: those with an open purse after it. */
  entered(entry: Entry, rooms: () => readonly string[]): void {
    if (this.someone) this.tell({ type: "balance", available: entry.balance, rooms: rooms(), entry });
  }

  /** Closes the sockets of ended sessions. */
  hangUp(sessions: readonly string[] | "all"): void {
    for (const session of sessions === "all" ? [undefined] : sessions) {
      for (const socket of this.#ctx.getWebSockets(session)) socket.close(CLOSE.ended, "the session is over");
    }
  }
}

function send(socket: WebSocket, frame: PersonalFrame): void {
  try {
    socket.send(JSON.stringify(frame));
  } catch {
    // The socket has just closed; the next one gets the balance in its `welcome`.
  }
}
