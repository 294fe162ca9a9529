import * as z from "zod/mini";
import {
  chips,
  type Defined,
  type Deltas,
  type Game,
  type Json,
  type PlayerId,
  type Sight,
  type Step,
} from "../game.ts";
import { applied, difference, type Difference } from "./difference.ts";

/** A game with its own deltas. */
export function defineGame<
  State,
  Command,
  Message,
  Event,
  Config,
  View,
  PublicDelta,
  Seat,
  PrivateDelta,
  Name extends string,
  Outcome extends Json,
>(
  game: Game<State, Command, Message, Event, Config, View, PublicDelta, Seat, PrivateDelta, Name, Outcome> & {
    readonly deltas: Deltas<State, Event, View, PublicDelta, Seat, PrivateDelta>;
  },
): Defined<State, Command, Message, Event, Config, View, PublicDelta, Seat, PrivateDelta, Name, Outcome>;
/** A game without its own deltas: they are computed from its views. */
export function defineGame<
  State,
  Command,
  Message,
  Event,
  Config,
  View,
  Name extends string,
  Outcome extends Json = Json,
  Seat = null,
>(
  game: Game<State, Command, Message, Event, Config, View, never, Seat, never, Name, Outcome> & {
    readonly deltas?: undefined;
  },
): Defined<State, Command, Message, Event, Config, View, Difference, Seat, Difference, Name, Outcome>;
/** Fills in the defaults of a game: see rooms/game.ts. */
export function defineGame<
  State,
  Command,
  Message,
  Event,
  Config,
  View,
  PublicDelta,
  Seat,
  PrivateDelta,
  Name extends string,
  Outcome extends Json,
>(
  game: Game<State, Command, Message, Event, Config, View, PublicDelta, Seat, PrivateDelta, Name, Outcome>,
): Defined<State, Command, Message, Event, Config, View, PublicDelta, Seat, PrivateDelta, Name, Outcome> {
  const { kind = "table", fairness = "seed", stored = game.config, rules, bank, rounds, lobby } = game;
  const sight: Required<Sight<State, View, Seat>> = {
    seat: (): Seat => null as Seat,
    audience: () => [],
    ...game.sight,
  };
  // Safe by the overloads: a game without deltas has `Difference` for both delta types.
  const deltas = game.deltas ?? (derived<State, Event, View, Seat>(sight) as unknown as typeof game.deltas & object);
  return {
    ...game,
    kind,
    fairness,
    stored,
    message: game.message ?? z.never(),
    rules: { deadlines: () => [], ...rules },
    bank: { onTable: () => chips(0), prefund: () => [], standDown: () => [], ...bank },
    sight,
    deltas: { coalesce: (shown) => shown, urgent: () => true, ...deltas },
    rounds: { recordFor: (record) => record as Outcome, publish: () => [], ...rounds },
    lobby: { main: {}, variants: [{}], ...lobby },
  };
}

/** Deltas for any game. Seats may change for the player that the event names, players with a purse here, and the audience. */
function derived<State, Event, View, Seat>(
  sight: Required<Sight<State, View, Seat>>,
): Deltas<State, Event, View, Difference, Seat, Difference> {
  return {
    publicDelta: ({ before, after }) => difference(sight.view(before), sight.view(after)),
    fold: applied,
    *privateDeltas({ before, after, event }: Step<State, Event>, seated) {
      const named: { player?: unknown } = Object(event);
      const players = new Set([...seated, ...sight.audience(before)]);
      if (typeof named.player === "string") players.add(named.player as PlayerId);
      for (const player of players) {
        const told = difference(sight.seat(before, player), sight.seat(after, player));
        if (told !== null) yield [player, told];
      }
    },
    foldSeat: applied,
  };
}
