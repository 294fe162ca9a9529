import * as client from "../../src/client/link.ts";
import type { Folds } from "./frames.ts";
import { forgetOut, putOut } from "./out.ts";

/** A room's link for a page: on the page's own origin, and reconnecting at once when the page becomes visible or online. */

export type { LinkState } from "../../src/client/link.ts";

/** `path` begins with `/api`; a ticket for a player, null for a spectator. */
export type Endpoint = { readonly path: string; ticket(): Promise<string | null> };

export class Link<
  View,
  PublicDelta,
  Seat extends object,
  PrivateDelta,
  Command extends { type: string },
> extends client.Link<View, PublicDelta, Seat, PrivateDelta, Command> {
  readonly #look = (): void => {
    if (document.visibilityState === "visible") this.wake();
  };

  readonly #again = (): void => this.again();

  constructor(game: Folds<View, PublicDelta, Seat, PrivateDelta>, endpoint: Endpoint) {
    const { protocol, host } = location;
    const url = `${protocol === "https:" ? "wss" : "ws"}://${host}${endpoint.path}/socket`;
    super(game, { url, ticket: () => endpoint.ticket() });
    window.addEventListener("online", this.#look);
    document.addEventListener("visibilitychange", this.#look);
    this.subscribe(() => {
      if (this.get().ended === "replaced") putOut(this.#again);
    });
  }

  override close(): void {
    window.removeEventListener("online", this.#look);
    document.removeEventListener("visibilitychange", this.#look);
    forgetOut(this.#again);
    super.close();
  }
}
