import type * as z from "zod/mini";
import type { DealtCard } from "./fair/deck.ts";
import type { Draw } from "./fair/draw.ts";

export type { Draw } from "./fair/draw.ts";

/**
 * A game is a plain value: pure functions over JSON data, without clock, randomness, I/O or platform calls. Inputs and `Facts`
 * come in; events, `Move`s, deltas and `DomainEvent`s go out. Only the kernel (kernel/engine.ts) calls a game, and the room
 * (host/room.ts) is the shell around the kernel. A game has five facets: rules, bank, sight, rounds, lobby.
 *
 * There are two projections instead of one view per viewer: `view` is the same for everybody and is encoded once for all sockets,
 * `seat` is what one player sees in addition. Neither may depend on the other, so that public deltas can be coalesced and sent at
 * a cadence while personal ones are sent at once.
 */

export type Ms = number & { readonly _: "epoch milliseconds" };
export type Chips = number & { readonly _: "integer minor units" };
export type PlayerId = string & { readonly _: "player" };
/** A player, or null for a spectator. */
export type Viewer = PlayerId | null;
/** Refusal code in snake case, e.g. `bets_closed`. Clients rely on it, so it never changes. */
export type Code = string;
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Set by an operator and kept by the kernel. A paused table takes no new bets. */
export type TableStatus = "running" | "paused";

export type Input<Command, Message> =
  | { type: "command"; player: PlayerId; command: Command } // only from a socket
  | { type: "message"; id: string; message: Message } // only from the Worker's queue consumer
  | { type: "presence"; player: PlayerId; online: boolean }
  | { type: "deadline"; name: string; at: Ms } // `at`: when it was due; `facts.now`: when it fired
  | { type: "table"; status: TableStatus } // has just changed; if paused, the open round ends normally and no new one opens
  | { type: "void"; reason: string }; // refund the stakes of the open round

export interface Facts {
  /** The input's arrival time, by which it is judged. Never decreases within a room. */
  readonly now: Ms;
  readonly table: TableStatus;
  /** Chips that this player may stake now: the purse at this table, capped by the player's own limits. */
  purse(player: PlayerId): Chips;
  /** The round's random stream for a label. Throws when the round's commitment was not durable before this batch. */
  draw(label: string): Draw;
  /** The round's cards, by position from 0 (deck.ts). Throws like `draw`, and in a game whose fairness is not `deck`. */
  readonly deck: { card(position: number): DealtCard };
}

/** Why an input is refused: a code for programs and a message for people. */
export type Refusal = { readonly refused: Code; readonly message: string };

/** Either events to journal, with an optional result for the sender, or a refusal. A message that is refused is not retried. */
export type Decision<Event> = { events: readonly Event[]; result?: Json } | Refusal;

export type Move =
  | { type: "stake"; player: PlayerId; amount: Chips } // purse -> table
  | { type: "pay"; player: PlayerId; amount: Chips; back?: true } // table -> purse; `back`: an undone stake, not a payout
  | { type: "house"; amount: number }; // table -> house, signed

/** A player's stake in a settled round or hand. */
export type Stake = {
  readonly player: PlayerId;
  readonly game: string;
  readonly room: string;
  readonly round: number;
  readonly stake: Chips;
  /** The house's expected gain from this stake, or its rake: in ten-thousandths of a chip, rounded up. */
  readonly gainX10000: number;
};

/** An event sent through the outbox. `key` is the Kafka key: the player id where there is one. Schemas are in src/events.ts. */
export type DomainEvent =
  | { topic: "stakes"; type: "player.stakeCreated"; key: PlayerId; payload: Stake }
  | { topic: "awards" | "settled"; type: string; key: string; payload: Json };

/** `unlessPaused`: does not fire at a paused table; fires when play is resumed. */
export type Deadline = { name: string; at: Ms; unlessPaused?: true };
export type Want = { player: PlayerId; amount: Chips };
/** A room's entry in the lobby. */
export type Summary = { phase: string; round: number; players: number; minStake: number; maxStake: number; note: Json };

/** Title and description of a config option, for the form that creates a room. `advanced`: a form may collapse it. */
export type OptionWords = { readonly title: string; readonly description: string; readonly advanced?: true };
/** Texts for every option of a config, and for no other. */
export type Options<Config> = { readonly [Option in keyof Config]-?: OptionWords };

/** An event with the state before and after it. The kernel makes it once and passes it to every consumer. */
export type Step<State, Event> = { readonly before: State; readonly event: Event; readonly after: State };

/** 1. The rules, as a decider: `decide` gives events, `evolve` applies them. Pure; `evolve` is total. */
export interface Rules<State, Command, Message, Event, Config> {
  initial(config: Config): State;
  decide(state: State, input: Input<Command, Message>, facts: Facts): Decision<Event>;
  /** Never throws. */
  evolve(state: State, event: Event): State;
  /** Number of the open round or hand; rises by 1 only. When it rises, the round before is over and its seed is revealed. */
  round(state: State): number;
  /** True once this round accepts no more client seeds. */
  seedsClosed(state: State): boolean;
  /** Derived from the state, so a timer cannot leak. Firing a due deadline removes it or moves it later. None by default. */
  deadlines?(state: State): readonly Deadline[];
  /** Converts a snapshot of another game version. Without it only a room with its whole journal survives a change of version. */
  upgrade?(snapshot: unknown, fromVersion: number): State;
}

/** 2. Chips. A game that holds no chips needs only `moves`. */
export interface Bank<State, Command, Event> {
  /** The chip movements of an event: chips on the table after it - chips before it = stakes - pays - house. */
  moves(step: Step<State, Event>): readonly Move[];
  /** Chips of this player that the game holds now. 0 by default. */
  onTable?(state: State, player: PlayerId): Chips;
  /** Purses to top up in advance, for bets that the game will place automatically. */
  prefund?(state: State): readonly Want[];
  /** Commands that stop everything automatic (auto-bets, a seat) for a player who may no longer play. */
  standDown?(state: State, player: PlayerId): readonly Command[];
}

/** 3. Visibility: the public view and each player's private seat. Neither may depend on the other. */
export interface Sight<State, View, Seat> {
  /** The public view: a whitelist of bounded size, not the state with secrets removed. */
  view(state: State): View;
  /** The player's private data, in addition to the view. Null by default. */
  seat?(state: State, player: PlayerId): Seat;
  /**
   * For a game without its own deltas: players whose seat an event may change although the event does not name them and they no
   * longer have a purse here. Nobody by default.
   */
  audience?(state: State): Iterable<PlayerId>;
}

/** Updates for clients. Computed from the views (kit/difference.ts) unless a game has its own. */
export interface Deltas<State, Event, View, PublicDelta, Seat, PrivateDelta> {
  /** fold(view(before), publicDelta(step)) equals view(after). Null: the view is unchanged. */
  publicDelta(step: Step<State, Event>): PublicDelta | null;
  fold(view: View, shown: PublicDelta): View;
  /**
   * One delta for each player whose seat the event changes: foldSeat(seat(before), told) equals seat(after). `seated`: the
   * players who have a purse at the table.
   */
  privateDeltas(step: Step<State, Event>, seated: Iterable<PlayerId>): Iterable<readonly [PlayerId, PrivateDelta]>;
  foldSeat(seat: Seat, told: PrivateDelta): Seat;
  /** Merges deltas to save frames in a busy room. Folding the result equals folding the originals. */
  coalesce?(shown: readonly PublicDelta[]): readonly PublicDelta[];
  /** Whether to send this delta at once; in a full room others may wait and share a frame. True by default. */
  urgent?(shown: PublicDelta): boolean;
}

/** One player's sums in a paid round: stakes, and chips paid back. `gainX10000`: see `Stake`. */
export type StakeLine = {
  readonly player: PlayerId;
  readonly staked: Chips;
  readonly returned: Chips;
  readonly gainX10000: number;
};

export type Settlement = {
  /** The round's record, private to the server. The last one given in a round counts. */
  readonly record?: Json;
  /** The round is paid: its result, if it has one, and each player's sums. */
  readonly paid?: {
    /** Type of the domain event that reports it: `roundSettled` by default. */
    readonly type?: string;
    readonly result?: Json;
    readonly lines: readonly StakeLine[];
  };
};

/** 4. Finished rounds: their records, and the part that each viewer may read. The game's checker (kit/entry.ts) verifies them. */
export interface Rounds<State, Event, Outcome extends Json = Json> {
  /**
   * The event's part in the round's record and payments; null: none. A game that shows a result before the round is over must
   * give a record at that point, of a void round with that result: if the rules fail afterwards, the result is still on record.
   */
  settle(step: Step<State, Event>): Settlement | null;
  /** The part of a record that this viewer may read. All of it by default. */
  recordFor?(record: Json, viewer: Viewer): Outcome;
  /** Further domain events to publish. `room` is the name of the room. */
  publish?(step: Step<State, Event>, room: string): readonly DomainEvent[];
}

/** Expected return of a bet, as the exact fraction `returned / staked`. `bet`: its name in the API, `title`: for people. */
export type BetReturn = {
  readonly bet: string;
  readonly title: string;
  readonly returned: number;
  readonly staked: number;
};

/** How the house earns at a table. */
export type Rtp =
  /** Bets against the house. */
  | { readonly kind: "edge"; readonly bets: readonly BetReturn[] }
  /** Players play against each other. The house takes `bps` basis points of each pot, at most `cap` chips a hand. */
  | { readonly kind: "rake"; readonly bps: number; readonly cap: number }
  /** Nothing is staked here. The prize is `bps` basis points of the stakes behind the tickets. */
  | { readonly kind: "prize"; readonly bps: number };

/** 5. The game in the lobby, and in the form that creates a room. */
export interface Lobby<State, Config> {
  readonly title: string;
  readonly options: Options<Config>;
  summary(state: State): Summary;
  /** Return to player (RTP): the share of the stakes that is paid back, in expectation. */
  rtp(config: NoInfer<Config>): Rtp;
  /** Sets of options that change the RTP; the API lists the RTP of each. By default only the default options. */
  readonly variants?: readonly Partial<Config>[];
  /** Options of the main table, which always exists, where they differ from the defaults. */
  readonly main?: Partial<Config>;
}

/**
 * A game as its author writes it. `defineGame` (kit/define.ts) infers every type and fills in the defaults. `fairness`: how
 * outcomes are drawn and proved (rooms/README.md#fairness), `seed` by default. `kind`: a `draw` holds no chips, and only the
 * house creates rooms of it; `table` by default.
 */
export interface Game<
  State,
  Command,
  Message,
  Event,
  Config,
  View,
  PublicDelta,
  Seat,
  PrivateDelta,
  Name extends string = string,
  Outcome extends Json = Json,
> {
  readonly name: Name;
  readonly version: number;
  readonly kind?: "table" | "draw";
  readonly fairness?: "seed" | "deck" | "tickets";
  /** Limits, timings, variants. Every option has a default, so `{}` is a table. Used for a new room: refuses unknown options. */
  readonly config: z.ZodMiniType<Config>;
  /** Reads a stored config, also one of an older version. `config` by default. */
  readonly stored?: z.ZodMiniType<Config>;
  /** Strict: an unknown field is refused, not dropped. */
  readonly command: z.ZodMiniType<Command>;
  /** Messages that the Worker's queue consumer may send. None by default. */
  readonly message?: z.ZodMiniType<Message>;
  /** Also reads events that older versions wrote. */
  readonly event: z.ZodMiniType<Event>;
  readonly rules: Rules<State, Command, Message, Event, Config>;
  readonly bank: Bank<State, Command, Event>;
  readonly sight: Sight<State, View, Seat>;
  readonly deltas?: Deltas<State, Event, View, PublicDelta, Seat, PrivateDelta>;
  readonly rounds: Rounds<State, Event, Outcome>;
  readonly lobby: Lobby<State, Config>;
}

/** A game with all defaults filled in. */
export interface Defined<
  State,
  Command,
  Message,
  Event,
  Config,
  View,
  PublicDelta,
  Seat,
  PrivateDelta,
  Name extends string = string,
  Outcome extends Json = Json,
> {
  readonly name: Name;
  readonly version: number;
  readonly kind: "table" | "draw";
  readonly fairness: "seed" | "deck" | "tickets";
  readonly config: z.ZodMiniType<Config>;
  readonly stored: z.ZodMiniType<Config>;
  readonly command: z.ZodMiniType<Command>;
  readonly message: z.ZodMiniType<Message>;
  readonly event: z.ZodMiniType<Event>;
  readonly rules: Required<Omit<Rules<State, Command, Message, Event, Config>, "upgrade">> &
    Pick<Rules<State, Command, Message, Event, Config>, "upgrade">;
  readonly bank: Required<Bank<State, Command, Event>>;
  readonly sight: Required<Sight<State, View, Seat>>;
  readonly deltas: Required<Deltas<State, Event, View, PublicDelta, Seat, PrivateDelta>>;
  readonly rounds: Required<Rounds<State, Event, Outcome>>;
  readonly lobby: Required<Lobby<State, Config>>;
}

/** Any game, as the kernel holds it: state, events and commands are opaque and pass only between the game's own functions. */
export type AnyGame = Defined<unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown, unknown>;

export const chips = (n: number): Chips => {
  if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(`not an amount of chips: ${n}`);
  return n as Chips;
};
