import type * as z from "zod/mini";
import type { DealtCard } from "./fair/deck.ts";
import type { Draw } from "./fair/draw.ts";

export type { Draw } from "./fair/draw.ts";

/**
 * A game is a value: pure functions over plain JSON data. No clock, no chance, no I/O and no platform in here; they come in
 * through `Facts` and leave as `Money`, `Shown` and `DomainEvent`. The room (host/room.ts) is the shell around it, the engine
 * (kernel/engine.ts) the only caller.
 *
 * Two projections instead of one view per viewer: `view` is the same for everybody and is encoded once for all sockets,
 * `seat` is what one player alone sees besides. Neither may depend on the other, so public steps can be squashed and sent at
 * a cadence while personal ones go out at once.
 */

export type Ms = number & { readonly _: "epoch milliseconds" };
export type Chips = number & { readonly _: "integer minor units" };
export type PlayerId = string & { readonly _: "player" };
/** A player, or null for a spectator. */
export type Viewer = PlayerId | null;
/** Snake-case refusal code, stable for clients: `bets_closed`. */
export type Code = string;
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export type Input<Command, Message> =
  | { type: "command"; player: PlayerId; command: Command } // from a socket, and from nowhere else
  | { type: "message"; id: string; message: Message } // from the Worker's queue consumer, and from nowhere else
  | { type: "presence"; player: PlayerId; online: boolean }
  | { type: "deadline"; name: string; at: Ms } // `at` was promised, `facts.now` is when it fired
  | { type: "pause" } // the open round ends normally, no new one opens
  | { type: "resume" }
  | { type: "void"; reason: string }; // give the open round's stakes back

export interface Facts {
  /** When the input is judged: its arrival stamp, monotone within a room. */
  readonly now: Ms;
  /** Chips in this player's purse at this table right now. */
  purse(player: PlayerId): Chips;
  /** The round's stream for a label. Throws when the round's commitment was not durable before this batch. */
  draw(label: string): Draw;
  /** The round's cards, by position from 0 (deck.ts). Throws like `draw`, and in a game whose fairness is not `deck`. */
  readonly deck: { card(position: number): DealtCard };
}

/** Either events to journal, with an optional answer for the sender, or a refusal. A message that is refused is never right. */
export type Decision<Event> = { events: readonly Event[]; result?: Json } | { refused: Code; message: string };

export type Money =
  | { type: "stake"; player: PlayerId; amount: Chips } // purse -> table
  | { type: "pay"; player: PlayerId; amount: Chips; back?: true } // table -> purse; `back`: a stake taken back, as if it had not been
  | { type: "house"; amount: number }; // table -> house, signed

/** What a player put at risk in a round or hand that is settled. */
export type Stake = {
  readonly player: PlayerId;
  readonly game: string;
  readonly room: string;
  readonly round: number;
  readonly stake: Chips;
  /** What the house gets of it in expectation, or by its rake: ten-thousandths of a chip, rounded up. */
  readonly gainX10000: number;
};

/** What leaves by the outbox. `key` is the player id where there is one (the Kafka key). src/events.ts has the schemas. */
export type DomainEvent =
  | { topic: "stakes"; type: "player.stakeCreated"; key: PlayerId; payload: Stake }
  | { topic: "awards" | "settled"; type: string; key: string; payload: Json };

export type Deadline = { name: string; at: Ms };
export type Want = { player: PlayerId; amount: Chips };
/** One line of the lobby. */
export type Summary = { phase: string; round: number; players: number; minStake: number; maxStake: number; note: Json };

/** One option of a config in words, for the form that makes a room. `advanced`: for who looks for it. */
export type OptionWords = { readonly title: string; readonly description: string; readonly advanced?: true };
/** A game in words; its options in the order that they are shown. */
export type About = { readonly title: string; readonly options: Readonly<Record<string, OptionWords>> };
/** Words for every option that a config has, and for no other. */
export type Options<Config> = { readonly [Option in keyof Config]-?: OptionWords };

export interface Game<State, Command, Message, Event, View, Shown, Seat, Told, Config> {
  readonly name: string;
  readonly version: number;
  /** How outcomes are drawn and proved: rooms/README.md#fairness. */
  readonly fairness: "seed" | "deck" | "tickets";
  /** Limits, timings, variants; defaults for everything, so `{}` is a table. What a new room is told: nothing unknown in it. */
  readonly config: z.ZodMiniType<Config>;
  /** Reads a config that was stored, by an older version too. */
  readonly stored: z.ZodMiniType<Config>;
  readonly about: About;
  /** Strict: a field that it does not have is refused, not left out. */
  readonly command: z.ZodMiniType<Command>;
  readonly message: z.ZodMiniType<Message>;
  /** Reads what older versions wrote. */
  readonly event: z.ZodMiniType<Event>;
  initial(config: Config): State;
  decide(state: State, input: Input<Command, Message>, facts: Facts): Decision<Event>;
  /** Total: no throw, clock or chance. */
  evolve(state: State, event: Event): State;
  /** From the state before the event. Per event: held after - held before = stakes - pays - house. */
  money(state: State, event: Event): readonly Money[];
  /** This player's chips in the game's hands right now. */
  held(state: State, player: PlayerId): Chips;
  /** To be topped up ahead (queued bets, repeats). */
  wants(state: State): readonly Want[];
  /** The round or hand that is open; never skips a number. A round is over, and its seed revealed, once this moves on. */
  round(state: State): number;
  /** No more entropy for this round. */
  frozen(state: State): boolean;
  /** Derived, so a timer cannot leak. Firing a due one removes it or moves it later. */
  deadlines(state: State): readonly Deadline[];
  /** What everybody sees: a bounded whitelist, never a redaction. */
  view(state: State): View;
  /** The public step: fold(view(s), show(s, e)) equals view(evolve(s, e)). Null: the public view is unchanged. */
  show(state: State, event: Event): Shown | null;
  fold(view: View, shown: Shown): View;
  /** Fewer frames for a busy room; folding the squashed equals folding the originals. */
  squash?(shown: readonly Shown[]): readonly Shown[];
  /** Whether everybody should see this step now; others may wait for company in a full room. All are, unless told. */
  pressing?(shown: Shown): boolean;
  /** What this player alone sees besides. */
  seat(state: State, player: PlayerId): Seat;
  /** Everyone whose seat the event changes. */
  audience(state: State, event: Event): readonly PlayerId[];
  /** The personal step, for players in `audience`: foldSeat(seat(s, p), tell(s, e, p)) equals seat(evolve(s, e), p). */
  tell(state: State, event: Event, player: PlayerId): Told | null;
  foldSeat(seat: Seat, told: Told): Seat;
  /**
   * What a finished round's record keeps of this event (private to the server), from the state before it; the last one counts. Where a
   * result is shown before the round is over, a record of a void round that names it: should the rules fail then, it is not hidden.
   */
  keep(state: State, event: Event): Json | null;
  /** A finished round as this viewer may read it, from what `keep` kept. */
  recount(kept: readonly Json[], viewer: Viewer): Json;
  /** What leaves by the outbox, from the state before the event; `room` is the name of the room it happened in. */
  publish(state: State, event: Event, room: string): readonly DomainEvent[];
  summary(state: State): Summary;
  /** The commands that end, in a player's place, whatever would go on by itself: for who may not play any more. None, unless told. */
  retire?(state: State, player: PlayerId): readonly Command[];
  upgrade?(snapshot: unknown, fromVersion: number): State;
}

/** Any game, as the engine holds it: state, events and commands are opaque and pass only between the game's own functions. */
export type AnyGame = Game<unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown>;

export const chips = (n: number): Chips => {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not an amount of chips: ${n}`);
  return n as Chips;
};
