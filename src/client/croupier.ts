import { call, type Given } from "./call.ts";
import type { Folds } from "./frames.ts";
import { Link } from "./link.ts";
import { Rest, type RestOptions } from "./rest.ts";
import type { Routes, Session } from "./routes.gen.ts";

/** A client of one server, as a player, as an operator or not signed in. Works in browsers, Node 20 or later, and Workers. */
export class Croupier extends Rest {
  readonly #options: CroupierOptions;

  constructor(options: CroupierOptions) {
    super(options);
    this.#options = options;
  }

  /** A client of the same server with another token; null: not signed in. */
  as(token: string | null): Croupier {
    return new Croupier({ ...this.#options, token });
  }

  /** Enters as a new guest. Returns a client signed in as that guest, the token and the player. */
  async guest(): Promise<Entered> {
    return this.#entered(await this.call("POST /api/auth/guest"));
  }

  /** Signs in; throws ApiError `invalid_credentials`. */
  async logIn(username: string, password: string): Promise<Entered> {
    return this.#entered(await this.call("POST /api/auth/login", { body: { username, password } }));
  }

  #entered({ token, player }: Session): Entered {
    return { house: this.as(token), token, player };
  }

  /**
   * Any call of the API, by method and path as in the OpenAPI document: `call("GET /api/rooms/{game}/{id}", { path: { game, id }
   * })`. Throws ApiError.
   */
  async call<Route extends keyof Routes>(route: Route, ...given: Given<Route>): Promise<Routes[Route]["answer"]> {
    return call(this, route, ...given);
  }

  /**
   * A live connection to a room. It connects at once and reconnects when the connection is lost; call `close` when done. With a
   * token it is the player's, otherwise a spectator's. `game` is the game's value (`rooms/roulette/index.ts`), which provides
   * types and folds. Throws when the platform has no WebSocket (Node 20) and none was given.
   */
  room<View, PublicDelta, Seat extends object, PrivateDelta, Command extends { type: string }>(
    game: Playable<View, PublicDelta, Seat, PrivateDelta, Command>,
    id: string,
  ): Link<View, PublicDelta, Seat, PrivateDelta, Command | RoomCommand> {
    const Socket = this.#options.WebSocket;
    if (Socket === undefined && typeof WebSocket === "undefined") throw new Error(NO_SOCKET);
    const path = { game: game.name, id };
    const url = `${this.url.replace(/^http/, "ws")}/api/rooms/${game.name}/${encodeURIComponent(id)}/socket`;
    const ticket = async (): Promise<string | null> => {
      if (this.token !== null) return (await this.call("POST /api/rooms/{game}/{id}/ticket", { path })).ticket;
      // A spectator needs no ticket. This call fails when the room does not exist.
      await this.call("GET /api/rooms/{game}/{id}", { path });
      return null;
    };
    return new Link(game, { url, ticket }, Socket);
  }
}

const NO_SOCKET =
  "There is no WebSocket here. Give one: new Croupier({ url, WebSocket }), with the one of the package ws.";

/** `WebSocket`: a constructor to use instead of the platform's, or where the platform has none. */
export type CroupierOptions = RestOptions & { readonly WebSocket?: unknown };

export type Entered = { readonly house: Croupier; readonly token: string; readonly player: Session["player"] };

/** The parts of a game that a client needs. */
export type Playable<View, PublicDelta, Seat extends object, PrivateDelta, Command> = Folds<
  View,
  PublicDelta,
  Seat,
  PrivateDelta
> & {
  readonly name: string;
  /** Only used for its type. */
  readonly command: { readonly _zod: { readonly output: Command } };
};

/** Commands accepted by every room. */
export type RoomCommand =
  | { readonly type: "clientSeed"; readonly value: string }
  | { readonly type: "chat"; readonly text: string }
  | { readonly type: "leave" };
