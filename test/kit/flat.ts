/* oxlint-disable typescript/unbound-method -- a game's functions are plain ones: none of them knows `this` */
import type * as z from "zod/mini";
import type {
  Chips,
  Deadline,
  Decision,
  Defined,
  DomainEvent,
  Facts,
  Input,
  Json,
  Move,
  PlayerId,
  Settlement,
  Summary,
  Viewer,
  Want,
} from "../../rooms/game.ts";
import { stepOf } from "./step.ts";

/**
 * A game's functions side by side, each of the state and the event: so that a planted bug is one function in the place of another.
 * `flat` takes a game apart, `faceted` puts one together again.
 */
export interface Flat<State, Command, Message, Event, Config, View, PublicDelta, Seat, PrivateDelta> {
  readonly whole: Defined<State, Command, Message, Event, Config, View, PublicDelta, Seat, PrivateDelta>;
  readonly event: z.ZodMiniType<Event>;
  initial(config: Config): State;
  decide(state: State, input: Input<Command, Message>, facts: Facts): Decision<Event>;
  evolve(state: State, event: Event): State;
  money(state: State, event: Event): readonly Move[];
  held(state: State, player: PlayerId): Chips;
  wants(state: State): readonly Want[];
  round(state: State): number;
  frozen(state: State): boolean;
  deadlines(state: State): readonly Deadline[];
  view(state: State): View;
  show(state: State, event: Event): PublicDelta | null;
  fold(view: View, shown: PublicDelta): View;
  squash(shown: readonly PublicDelta[]): readonly PublicDelta[];
  seat(state: State, player: PlayerId): Seat;
  audience(state: State, event: Event): readonly PlayerId[];
  tell(state: State, event: Event, player: PlayerId): PrivateDelta | null;
  foldSeat(seat: Seat, told: PrivateDelta): Seat;
  keep(state: State, event: Event): Json | null;
  paid(state: State, event: Event): Settlement["paid"];
  recount(kept: readonly Json[], viewer: Viewer): Json;
  publish(state: State, event: Event, room: string): readonly DomainEvent[];
  summary(state: State): Summary;
}

export type FlatOf<G> =
  G extends Defined<infer S, infer C, infer M, infer E, infer F, infer V, infer H, infer T, infer U>
    ? Flat<S, C, M, E, F, V, H, T, U>
    : never;

export function flat<S, C, M, E, F, V, H, T, U>(
  game: Defined<S, C, M, E, F, V, H, T, U>,
): Flat<S, C, M, E, F, V, H, T, U> {
  const { rules, bank, sight, deltas, rounds, lobby } = game;
  const told = (state: S, event: E): ReadonlyMap<PlayerId, U> =>
    new Map(deltas.privateDeltas(stepOf(game, state, event), []));
  return {
    whole: game,
    event: game.event,
    ...rules,
    frozen: rules.seedsClosed,
    money: (state, event) => bank.moves(stepOf(game, state, event)),
    held: bank.onTable,
    wants: bank.prefund,
    view: sight.view,
    show: (state, event) => deltas.publicDelta(stepOf(game, state, event)),
    fold: deltas.fold,
    squash: deltas.coalesce,
    seat: sight.seat,
    audience: (state, event) => [...told(state, event).keys()],
    tell: (state, event, player) => told(state, event).get(player) ?? null,
    foldSeat: deltas.foldSeat,
    keep: (state, event) => rounds.settle(stepOf(game, state, event))?.record ?? null,
    paid: (state, event) => rounds.settle(stepOf(game, state, event))?.paid,
    recount: (kept, viewer) => rounds.recordFor(kept.at(-1) ?? null, viewer),
    publish: (state, event, room) => rounds.publish(stepOf(game, state, event), room),
    summary: lobby.summary,
  };
}

export function faceted<S, C, M, E, F, V, H, T, U>(
  game: Flat<S, C, M, E, F, V, H, T, U>,
): Defined<S, C, M, E, F, V, H, T, U> {
  const { whole, initial, decide, evolve, round, frozen, deadlines, held, wants, view, seat, fold, foldSeat } = game;
  return {
    ...whole,
    event: game.event,
    rules: { ...whole.rules, initial, decide, evolve, round, seedsClosed: frozen, deadlines },
    bank: {
      ...whole.bank,
      moves: ({ before, event }) => game.money(before, event),
      onTable: held,
      prefund: wants,
    },
    sight: { ...whole.sight, view, seat },
    deltas: {
      ...whole.deltas,
      publicDelta: ({ before, event }) => game.show(before, event),
      fold,
      coalesce: game.squash,
      *privateDeltas({ before, event }) {
        for (const player of game.audience(before, event)) {
          const told = game.tell(before, event, player);
          if (told !== null) yield [player, told];
        }
      },
      foldSeat,
    },
    rounds: {
      ...whole.rounds,
      settle: ({ before, event }) => {
        const record = game.keep(before, event);
        const paid = game.paid(before, event);
        if (record === null && paid === undefined) return null;
        return { ...(record === null ? {} : { record }), ...(paid === undefined ? {} : { paid }) };
      },
      recordFor: (record, viewer) => game.recount([record], viewer),
      publish: ({ before, event }, room) => game.publish(before, event, room),
    },
    lobby: { ...whole.lobby, summary: game.summary },
  };
}
