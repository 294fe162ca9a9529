import type * as z from "zod/mini";
import type { DealtCard } from "./fair/deck.ts";
import type { Draw } from "./fair/draw.ts";

export type { Draw } from "./fair/draw.ts";

/**
 * A game is a value: pure functions over plain JSON data. No clock, no chance, no I/O and no platform in here; they come in
 * through `Facts` and leave as `Move`, deltas and `DomainEvent`. The kernel (kernel/engine.ts) is the only caller, and the room
 * (host/room.ts) the shell around that. The game comes in five facets: rules, bank, sight, rounds, lobby.
 *
 * Two projections instead of one view per viewer: `view` is the same for everybody and is encoded once for all sockets,
 * `seat` is what one player alone sees besides. Neither may depend on the other, so public steps can be coalesced and sent at
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

/** Whether an operator lets this room play: paused, it takes no new bets. The kernel keeps it. */
export type TableStatus = "running" | "paused";

export type Input<Command, Message> =
  | { type: "command"; player: PlayerId; command: Command } // from a socket, and from nowhere else
  | { type: "message"; id: string; message: Message } // from the Worker's queue consumer, and from nowhere else
  | { type: "presence"; player: PlayerId; online: boolean }
  | { type: "deadline"; name: string; at: Ms } // `at` was promised, `facts.now` is when it fired
  | { type: "table"; status: TableStatus } // it has just changed: paused, the open round ends normally and no new one opens
  | { type: "void"; reason: string }; // give the open round's stakes back

export interface Facts {
  /** When the input is judged: its arrival stamp, monotone within a room. */
  readonly now: Ms;
  readonly table: TableStatus;
  /** Chips in this player's purse at this table right now. */
  purse(player: PlayerId): Chips;
  /** The round's stream for a label. Throws when the round's commitment was not durable before this batch. */
  draw(label: string): Draw;
  /** The round's cards, by position from 0 (deck.ts). Throws like `draw`, and in a game whose fairness is not `deck`. */
  readonly deck: { card(position: number): DealtCard };
}

/** Why something is not done: a code to switch on, and words for a person. */
export type Refusal = { readonly refused: Code; readonly message: string };

/** Either events to journal, with an optional answer for the sender, or a refusal. A message that is refused is never right. */
export type Decision<Event> = { events: readonly Event[]; result?: Json } | Refusal;

export type Move =
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

/** `unlessPaused`: at a paused table it waits, and fires when play is resumed. */
export type Deadline = { name: string; at: Ms; unlessPaused?: true };
export type Want = { player: PlayerId; amount: Chips };
/** One line of the lobby. */
export type Summary = { phase: string; round: number; players: number; minStake: number; maxStake: number; note: Json };

/** One option of a config in words, for the form that makes a room. `advanced`: a form may fold it away. */
export type OptionWords = { readonly title: string; readonly description: string; readonly advanced?: true };
/** Words for every option that a config has, and for no other. */
export type Options<Config> = { readonly [Option in keyof Config]-?: OptionWords };

/** One event with the state on either side of it: made once by the kernel, and handed to whoever looks at it. */
export type Step<State, Event> = { readonly before: State; readonly event: Event; readonly after: State };

/** 1. What happens: the decider. Pure; `evolve` is total. */
export interface Rules<State, Command, Message, Event, Config> {
  initial(config: Config): State;
  decide(state: State, input: Input<Command, Message>, facts: Facts): Decision<Event>;
  /** Never throws. */
  evolve(state: State, event: Event): State;
  /** The round or hand that is open; never skips a number. A round is over, and its seed revealed, once this moves on. */
  round(state: State): number;
  /** No client seed is taken for this round any more. */
  seedsClosed(state: State): boolean;
  /** Derived from the state, so a timer cannot leak. Firing a due one removes it or moves it later. None by default. */
  deadlines?(state: State): readonly Deadline[];
  /** Reads a snapshot that another version wrote. Without it such a snapshot is refused unless the whole journal is there. */
  upgrade?(snapshot: unknown, fromVersion: number): State;
}

/** 2. Chips. A game that holds none may leave all of it out but `moves`. */
export interface Bank<State, Command, Event> {
  /** Per event: what is on the table after it, less what was before it = stakes - pays - house. */
  moves(step: Step<State, Event>): readonly Move[];
  /** This player's chips in the game's hands right now. None by default. */
  onTable?(state: State, player: PlayerId): Chips;
  /** Purses that are to be topped up ahead, for bets that the game will place by itself. */
  prefund?(state: State): readonly Want[];
  /** For a player who may not play any more: the commands that end whatever would go on by itself. */
  standDown?(state: State, player: PlayerId): readonly Command[];
}

/** 3. Who sees what. Neither may depend on the other. */
export interface Sight<State, View, Seat> {
  /** What everybody sees: a bounded whitelist, never a redaction. */
  view(state: State): View;
  /** What this player alone sees besides. Null by default. */
  seat?(state: State, player: PlayerId): Seat;
  /**
   * For a game without deltas of its own: whose seat an event may change although it does not name them and they have no purse here
   * any more. Nobody's, unless told.
   */
  audience?(state: State): Iterable<PlayerId>;
}

/** How clients follow. Derived from the views by difference (kit/difference.ts) unless a game has its own. */
export interface Deltas<State, Event, View, PublicDelta, Seat, PrivateDelta> {
  /** fold(view(before), publicDelta(step)) equals view(after). Null: the view is unchanged. */
  publicDelta(step: Step<State, Event>): PublicDelta | null;
  fold(view: View, shown: PublicDelta): View;
  /**
   * For everyone whose seat the event changes: foldSeat(seat(before), told) equals seat(after). `seated`: the players who have a purse
   * at the table.
   */
  privateDeltas(step: Step<State, Event>, seated: Iterable<PlayerId>): Iterable<readonly [PlayerId, PrivateDelta]>;
  foldSeat(seat: Seat, told: PrivateDelta): Seat;
  /** Fewer frames for a busy room; folding what it gives equals folding the originals. */
  coalesce?(shown: readonly PublicDelta[]): readonly PublicDelta[];
  /** Whether everybody should see this now; others may wait for company in a full room. All are by default. */
  urgent?(shown: PublicDelta): boolean;
}

/** What everyone staked in a round that is paid, and got back. `gainX10000`: see `Stake`. */
export type StakeLine = {
  readonly player: PlayerId;
  readonly staked: Chips;
  readonly returned: Chips;
  readonly gainX10000: number;
};

export type Settlement = {
  /** What a finished round's record keeps, private to the server. The last one of a round counts. */
  readonly record?: Json;
  /** The round is paid: its result, if it has one, and everyone's sums. */
  readonly paid?: {
    /** Of the event that tells of it: `roundSettled` by default. */
    readonly type?: string;
    readonly result?: Json;
    readonly lines: readonly StakeLine[];
  };
};

/** 4. Finished rounds: what is kept of them, and who may read what. How anybody checks one is the game's checker (kit/entry.ts). */
export interface Rounds<State, Event, Outcome extends Json = Json> {
  /**
   * Where a result is shown before the round is over, a record of a void round that names it: should the rules fail then, it is not
   * hidden. Null: the event leaves no record.
   */
  settle(step: Step<State, Event>): Settlement | null;
  /** A record as this viewer may read it. As it is by default. */
  recordFor?(record: Json, viewer: Viewer): Outcome;
  /** What else leaves by the outbox; `room` is the name of the room that it happened in. */
  publish?(step: Step<State, Event>, room: string): readonly DomainEvent[];
}

/** A bet's return, exactly `returned / staked`. `bet`: its name in the API, `title`: for people. */
export type BetReturn = {
  readonly bet: string;
  readonly title: string;
  readonly returned: number;
  readonly staked: number;
};

/** How a table takes its part. */
export type Rtp =
  /** Bets against the house. */
  | { readonly kind: "edge"; readonly bets: readonly BetReturn[] }
  /** Players play against each other: basis points of each pot, at most `cap` chips of a hand. */
  | { readonly kind: "rake"; readonly bps: number; readonly cap: number }
  /** Nothing is staked here: basis points of the stakes that made the tickets are given away. */
  | { readonly kind: "prize"; readonly bps: number };

/** 5. The game in the lobby, and in the form that makes a room. */
export interface Lobby<State, Config> {
  readonly title: string;
  readonly options: Options<Config>;
  summary(state: State): Summary;
  /** What comes back to the players of what they stake, in expectation. */
  rtp(config: NoInfer<Config>): Rtp;
  /** Options that change it, one set for each case: the API gives the RTP of each. By default of the default options alone. */
  readonly variants?: readonly Partial<Config>[];
  /** What the table that always exists has other than the defaults. */
  readonly main?: Partial<Config>;
}

/**
 * A game as it is written: `defineGame` (kit/define.ts) infers every type and fills in what is left out. `fairness`: how outcomes are
 * drawn and proved, rooms/README.md#fairness; `seed` by default. `kind`: a `draw` has no chips of its own, and only the house makes
 * rooms of it; `table` by default.
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
  /** Limits, timings, variants; defaults for everything, so `{}` is a table. What a new room is told: nothing unknown in it. */
  readonly config: z.ZodMiniType<Config>;
  /** Reads a config that was stored, by an older version too. `config` by default. */
  readonly stored?: z.ZodMiniType<Config>;
  /** Strict: a field that it does not have is refused, not left out. */
  readonly command: z.ZodMiniType<Command>;
  /** What the Worker's queue consumer may send. Nothing by default. */
  readonly message?: z.ZodMiniType<Message>;
  /** Reads what older versions wrote. */
  readonly event: z.ZodMiniType<Event>;
  readonly rules: Rules<State, Command, Message, Event, Config>;
  readonly bank: Bank<State, Command, Event>;
  readonly sight: Sight<State, View, Seat>;
  readonly deltas?: Deltas<State, Event, View, PublicDelta, Seat, PrivateDelta>;
  readonly rounds: Rounds<State, Event, Outcome>;
  readonly lobby: Lobby<State, Config>;
}

/** A game with everything there. */
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
