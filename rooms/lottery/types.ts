import * as z from "zod/mini";
import { configs } from "../kit/config.ts";
import type { Chips, Ms, PlayerId } from "../game.ts";

/** Sums of weights stay safe integers. */
const WEIGHT_MAX = 1_000_000_000;

const ms = (least: number, most: number): z.ZodMiniNumberFormat => z.int().check(z.minimum(least), z.maximum(most));

export const { config, stored } = configs(
  {
    /** A draw starts as soon as this many different players have tickets. [L1] */
    players: z._default(z.int().check(z.minimum(1), z.maximum(100_000)), 5),
    /** With fewer players the time limit does not start it: its tickets wait on. [L3] */
    minPlayers: z._default(z.int().check(z.minimum(1), z.maximum(100_000)), 2),
    /** From the first ticket until time is up. [L1] */
    timeLimitMs: z._default(ms(1_000, 604_800_000), 120_000),
    /** How long a started draw takes client seeds before it is drawn. [L6] */
    drawMs: z._default(ms(100, 600_000), 8_000),
    /** `stake`: a ticket weighs what was staked. `flat`: every ticket weighs one. [L2] */
    weighting: z._default(z.enum(["stake", "flat"]), "stake"),
    /** Most that one player's tickets weigh together in one draw. [L2] */
    capPerPlayer: z._default(z.int().check(z.minimum(1), z.maximum(WEIGHT_MAX)), 10_000),
    /** The prize, in basis points of the draw's stakes; the rest below a whole unit is carried over to the next draw. [L2] */
    prizeShare: z._default(z.int().check(z.minimum(1), z.maximum(10_000)), 100),
    /** The games whose stakes make tickets; empty: all games. */
    games: z._default(z.array(z.string().check(z.regex(/^[a-z]{1,40}$/))).check(z.maxLength(20)), []),
  },
  [["minPlayers", "minPlayers is more than players", ({ minPlayers, players }) => minPlayers <= players]],
);
export type Config = z.infer<typeof config>;

/** Tickets come from stakes elsewhere; the only command lists them. */
export const command = z.discriminatedUnion("type", [
  /** Fifty at a time, in their places. Answered `{draw, tickets: Ticket[], next}`. */
  z.strictObject({
    type: z.literal("tickets"),
    of: z._default(z.enum(["waiting", "started"]), "waiting"),
    from: z.optional(z.int().check(z.minimum(0))),
  }),
]);
export type Command = z.infer<typeof command>;

/** A settled stake, as the queue's consumer delivers it. The id of its event is the id of the ticket. [L1] [L4] */
export const message = z.object({
  player: z.custom<PlayerId>((value) => typeof value === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(value)),
  game: z.string().check(z.maxLength(40)),
  room: z.string().check(z.maxLength(80)),
  round: z.int().check(z.positive()),
  stake: z.int().check(z.positive(), z.maximum(1_000_000_000_000)),
});
export type Message = z.infer<typeof message>;

/** One of a draw's tickets. Its place is its index among them. */
export type Ticket = {
  /** The id of the stake event that made it: of the first, when there are several. */
  readonly id: string;
  readonly player: PlayerId;
  /** Minor units, of all its stakes. */
  readonly stake: number;
  /** Its share of the draw's whole weight: its chance to win. */
  readonly weight: number;
  /** How many stake events went into it. */
  readonly stakes: number;
};

/** Sums over a draw's tickets. */
export type Sums = {
  readonly draw: number;
  readonly players: number;
  readonly tickets: number;
  readonly stakes: number;
  readonly weight: number;
  /** Integer minor units: the prize as it would be now, or is. */
  readonly prize: Chips;
};

/** A draw that takes tickets: `in_waiting`. [L1] */
export type Waiting = Sums & {
  /** When time is up; null: there is no ticket yet, or time was up once and the next ticket restarts the clock. [L3] */
  readonly endsAt: Ms | null;
};

/** A draw whose tickets are closed and whose root is published: `started`. Until `drawsAt` it takes client seeds. [L6] */
export type Started = Sums & { readonly root: string; readonly at: Ms; readonly drawsAt: Ms };

/** A draw that is `finished`: its award is `played_out`. */
export type Result = Sums & {
  readonly root: string;
  readonly at: Ms;
  /** The number that was drawn: at least 0, below `weight`. */
  readonly number: number;
  /** The place of the ticket that holds it. */
  readonly ticket: number;
  readonly player: PlayerId;
};

export type View = {
  readonly config: Config;
  /** The draw that is open: the started one, otherwise the waiting one. */
  readonly round: number;
  readonly waiting: Waiting;
  readonly started: Started | null;
  /** Newest first, at most 50. [L7] */
  readonly history: readonly Result[];
};

export type PublicDelta =
  | { readonly type: "waiting"; readonly waiting: Waiting }
  | { readonly type: "started"; readonly started: Started; readonly waiting: Waiting }
  | { readonly type: "drawn"; readonly result: Result; readonly waiting: Waiting }
  | { readonly type: "voided"; readonly draw: number; readonly reason: string; readonly waiting: Waiting };

/** A player's tickets in one draw, the last twenty of them one by one. [L7] */
export type Holding = {
  readonly tickets: number;
  readonly stake: number;
  readonly weight: number;
  readonly last: readonly { readonly place: number; readonly stake: number; readonly weight: number }[];
};

/** `started` is null for a player who has no ticket in a started draw. */
export type Seat = { readonly waiting: Holding; readonly started: Holding | null };
/** The seat is small, so a delta is the whole of it. */
export type PrivateDelta = Seat;

/** A finished draw as anyone may read it: with everything needed to recompute the winner. */
export type DrawRecord = {
  readonly void: string | null;
  readonly rules: Pick<Config, "weighting" | "capPerPlayer" | "prizeShare">;
  readonly root: string | null;
  readonly stakes: number;
  readonly weight: number;
  /** Ten-thousandths of a minor unit that earlier draws carried in, and that were carried out to the next. */
  readonly carriedIn: number;
  readonly carriedOut: number;
  readonly prize: number;
  readonly number: number | null;
  readonly ticket: number | null;
  readonly award: { readonly player: PlayerId; readonly amount: number; readonly status: "played_out" } | null;
  readonly tickets: readonly Ticket[];
};
