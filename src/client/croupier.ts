import { call, type Given } from "./call.ts";
import type { Folds } from "./frames.ts";
import { Link } from "./link.ts";
import { Rest, type RestOptions } from "./rest.ts";
import type { Routes, Session } from "./routes.gen.ts";

/** One house, as one player, an operator or nobody sees it. Works in a browser, in Node from 20 and in a Worker. */
export class Croupier extends Rest {
  readonly #options: CroupierOptions;

  constructor(options: CroupierOptions) {
    super(options);
    this.#options = options;
  }

  /** The same house with another token; null: as nobody. */
  as(token: string | null): Croupier {
    return new Croupier({ ...this.#options, token });
  }

  /** Comes in as a new guest: the house as they see it, and who they are. */
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
   * Any call of the API, by its method and path as they stand in the OpenAPI document: `call("GET /api/rooms/{game}/{id}",
   * { path: { game, id } })`. Throws ApiError.
   */
  async call<Route extends keyof Routes>(route: Route, ...given: Given<Route>): Promise<Routes[Route]["answer"]> {
    return call(this, route, ...given);
  }

  /**
   * A live room: connects at once, and again whenever the line is lost. With a token as its player, else as a spectator. `close` it
   * in the end. `game` is the game's value (`rooms/roulette/index.ts`), which gives the types and the steps. Throws where there is no
   * WebSocket (Node 20) and none was given.
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
      // A spectator needs none, but has to hear it when there is no such room.
      await this.call("GET /api/rooms/{game}/{id}", { path });
      return null;
    };
    return new Link(game, { url, ticket }, Socket);
  }
}

const NO_SOCKET =
  "There is no WebSocket here. Give one: new Croupier({ url, WebSocket }), with the one of the package ws.";

/** `WebSocket`: a constructor in the place of the platform's, as where there is none. */
export type CroupierOptions = RestOptions & { readonly WebSocket?: unknown };

export type Entered = { readonly house: Croupier; readonly token: string; readonly player: Session["player"] };

/** What of a game a client needs. */
export type Playable<View, PublicDelta, Seat extends object, PrivateDelta, Command> = Folds<
  View,
  PublicDelta,
  Seat,
  PrivateDelta
> & {
  readonly name: string;
  /** For its type alone. */
  readonly command: { readonly _zod: { readonly output: Command } };
};

/** Commands that every room takes. */
export type RoomCommand =
  | { readonly type: "clientSeed"; readonly value: string }
  | { readonly type: "chat"; readonly text: string }
  | { readonly type: "leave" };
