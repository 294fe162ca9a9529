import type { Defined } from "../../../rooms/game.ts";
import type { Registered } from "../../../rooms/games.ts";
import type { Named } from "../../../rooms/kit/names.ts";
import type { ServerFrame } from "../../../rooms/kernel/protocol.ts";
import type { PersonalFrame } from "../../objects/player/sockets.ts";

/** The frames that a game's rooms send, and its finished round, from the type parameters of the game. */
type Sent<G> =
  G extends Defined<
    infer _State,
    infer _Command,
    infer _Message,
    infer _Event,
    infer _Config,
    infer View,
    infer PublicDelta,
    infer Seat,
    infer PrivateDelta,
    string,
    infer Outcome
  >
    ? {
        readonly frame: ServerFrame<Named<View>, PublicDelta, Seat, PrivateDelta>;
        readonly outcome: Named<NonNullable<Outcome>>;
      }
    : never;

/** Every frame that the server sends, one type a socket; frames.gen.ts has the same as JSON Schema (`npm run frames:schemas`). */
export type Frames = { readonly [G in Registered as G["name"]]: Sent<G>["frame"] } & { readonly me: PersonalFrame };

/** A finished round of each game: `outcome` of `GET /api/rooms/{game}/{id}/rounds/{n}`. */
export type Outcomes = { readonly [G in Registered as G["name"]]: Sent<G>["outcome"] };
