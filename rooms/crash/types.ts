import * as z from "zod/mini";
import { configs } from "../kit/config.ts";
import type { Chips, Ms, PlayerId } from "../game.ts";

/** A multiplier in hundredths, as the suffix says: 235 is 2.35. Only commands have decimals (`"autoCashout": 2.35`). */
export type X100 = number;
/** Counts up within a lobby, over all players and rounds. */
export type BetId = number;

const amount = z.int().check(z.positive());
const ms = z.int().check(z.minimum(50), z.maximum(600_000));

/** Low enough that a stake times the ceiling, and any sum that the exposure limit allows, is a safe integer. */
const stake = z.int().check(z.positive(), z.maximum(1_000_000_000));

export const { config, stored } = configs(
  {
    /** Smallest amount of one bet. */
    minStake: z._default(stake, 1),
    /** Largest amount of one bet. */
    maxStake: z._default(stake, 50_000),
    /** The exposure limit: the most that the house pays in profits in one flight; stakes that are lost are not deducted. [C8] */
    maxProfit: z._default(z.int().check(z.positive(), z.maximum(1_000_000_000_000)), 5_000_000),
    /** No bet is taken that could force the flight to end below this, in hundredths. [C8] */
    minForceX100: z._default(z.int().check(z.minimum(101), z.maximum(10_000)), 200),
    /** The ceiling, in hundredths: bets that are still in the air there are paid it. */
    maxX100: z._default(z.int().check(z.minimum(10_001), z.maximum(100_000_000)), 100_000_000),
    /** From the first bet to the start. */
    bettingMs: z._default(ms, 7_000),
    /** From the crash until betting opens again. */
    pauseMs: z._default(ms, 4_000),
  },
  [
    ["minStake", "minStake is more than maxStake", ({ minStake, maxStake }) => minStake <= maxStake],
    [
      "maxProfit",
      "maxProfit does not cover the least bet up to minForceX100",
      ({ minStake, minForceX100, maxProfit }) => Math.floor((minStake * (minForceX100 - 100)) / 100) <= maxProfit,
    ],
  ],
);
export type Config = z.infer<typeof config>;

/** A multiplier as people write it: 2.35. The rules refuse one with more than two decimals, with a code of its own. */
const multiplier = z.nullable(z.number());

export const command = z.discriminatedUnion("type", [
  /**
   * Up to two a round; while a flight is in the air, or its crash is shown, for the next. Answered `{bet, round}`. `round`: the
   * one it is meant for; refused `old_round` when the bet would be for another. [C7]
   */
  z.strictObject({
    type: z.literal("bet"),
    amount,
    autoCashout: z.optional(multiplier),
    round: z.optional(z.int().check(z.positive())),
  }),
  /** Possible until the bet's own flight starts. [C7] */
  z.strictObject({ type: z.literal("cancel"), bet: z.int() }),
  /** `bet` may be left out with one bet in the air. Answered `{bet, at, x100, paid}`. [C5] [C11] */
  z.strictObject({ type: z.literal("cashout"), bet: z.optional(z.int()) }),
  /**
   * The server bets for the player, round after round: `amount` at first, then times `onWin` or `onLoss` after a win or a loss;
   * where that is left out, `amount` again. Stops are net sums since the start. `stopLoss` is never exceeded: a bet that could
   * lose more in all is not placed, and the strategy ends. `stopWin` ends it once so much is won, or more. [C10]
   */
  z.strictObject({
    type: z.literal("strategy"),
    amount,
    autoCashout: multiplier,
    onWin: z.optional(z.number()),
    onLoss: z.optional(z.number()),
    stopLoss: z.optional(amount),
    stopWin: z.optional(amount),
    rounds: z.optional(z.int().check(z.minimum(1), z.maximum(10_000))),
  }),
  z.strictObject({ type: z.literal("stopStrategy") }),
  /** All bets of the round, most chips first, fifty at a time: answered `{bets: Entry[], next}`. [C9] */
  z.strictObject({ type: z.literal("bets"), from: z.optional(z.int().check(z.minimum(0))) }),
]);
export type Command = z.infer<typeof command>;

/** Phases of C1 as everybody sees them. In `waiting` the first bet starts the countdown. */
export type Phase =
  | { readonly name: "waiting" }
  | { readonly name: "betting"; readonly startsAt: Ms }
  /** The multiplier at an instant is `curveAt(instant - startedAt)` (curve.ts). */
  | { readonly name: "running"; readonly startedAt: Ms }
  | { readonly name: "crashed"; readonly startedAt: Ms; readonly endX100: X100; readonly nextAt: Ms };

/** One line of the live list. */
export type Entry = {
  readonly player: PlayerId;
  readonly bet: BetId;
  readonly amount: Chips;
  /** The multiplier it was paid at; null: still in, or lost. */
  readonly outX100: X100 | null;
};

/** Everyone's bets of a round, bounded: the largest twenty, and sums over all. [C9] */
export type Board = {
  readonly top: readonly Entry[];
  readonly players: number;
  readonly bets: number;
  readonly staked: Chips;
  /** The number of bets that are out, and the sum paid for them. */
  readonly out: number;
  readonly paid: Chips;
};

/** A flight that ended. `forced` when the exposure limit or the ceiling ended it before its bust point. */
export type Flight = {
  readonly round: number;
  readonly endX100: X100;
  readonly bustX100: X100;
  readonly forced: boolean;
};

/** The public view. It has the bust point once the flight is over, and not before. [C3] */
export type View = {
  readonly config: Config;
  readonly round: number;
  readonly phase: Phase;
  /** This round's bets; while `crashed`, those that wait for the next are not in it. */
  readonly board: Board;
  /** The flight before, as it ended. */
  readonly last: { readonly round: number; readonly board: Board } | null;
  /** Newest first, at most 50. [C9] */
  readonly history: readonly Flight[];
};

/** `round` goes up by one with `ended` and `voided`. */
export type PublicDelta =
  /**
   * Bets placed and cancelled. `put`: lines added to the list as [player, bet, amount]; `drop`: lines removed from it; then the
   * sums after the change.
   */
  | {
      readonly type: "bets";
      readonly put: readonly (readonly [PlayerId, BetId, Chips])[];
      readonly drop: readonly BetId[];
      readonly players: number;
      readonly bets: number;
      readonly staked: Chips;
    }
  | { readonly type: "opened"; readonly startsAt: Ms }
  | { readonly type: "launched"; readonly startedAt: Ms }
  /** Bets cashed out. `top`: those on the list as [bet, multiplier]; then the sums after the change. */
  | {
      readonly type: "outs";
      readonly top: readonly (readonly [BetId, X100])[];
      readonly out: number;
      readonly paid: Chips;
    }
  | ({ readonly type: "ended"; readonly startedAt: Ms; readonly nextAt: Ms } & Flight)
  /** Betting is open; the board has the bets that were queued. */
  | { readonly type: "ready"; readonly board: Board }
  | { readonly type: "voided"; readonly round: number; readonly reason: string };

/** How a bet was paid. `at`: the time it was judged by, the arrival of the command, or when the curve reached the target. */
export type Out = {
  readonly x100: X100;
  readonly paid: Chips;
  readonly at: Ms;
  readonly by: "hand" | "target" | "force";
};

export type Bet = {
  readonly id: BetId;
  readonly amount: Chips;
  /** Null: no target; cashed out by hand, or lost. */
  readonly targetX100: X100 | null;
  readonly by: "hand" | "strategy";
  readonly out: Out | null;
};

/** The plan of a strategy, as its player wrote it. */
export type Plan = {
  readonly amount: Chips;
  readonly targetX100: X100;
  /** Null: back to `amount`. */
  readonly onWinX100: X100 | null;
  readonly onLossX100: X100 | null;
  readonly stopLoss: Chips | null;
  readonly stopWin: Chips | null;
  /** Null: until it is stopped, but at most 1,000. */
  readonly rounds: number | null;
};

/** A running strategy. */
export type Strategy = {
  readonly plan: Plan;
  /** The next bet's amount. */
  readonly next: Chips;
  /** Rounds still to be played. Null, which no new strategy has: until it is stopped. */
  readonly left: number | null;
  /** Won less lost since it was started. */
  readonly net: number;
  /** Its bet in the round that is open. */
  readonly bet: BetId | null;
};

/** One player's bets in a finished round. `endX100` is null when it was void. */
export type Result = {
  readonly round: number;
  readonly endX100: X100 | null;
  readonly bets: readonly Bet[];
};

/** A player's private data, in addition to the view. */
export type Seat = {
  readonly bets: readonly Bet[];
  /** For the next flight; the game already holds their chips. */
  readonly queued: readonly Bet[];
  readonly strategy: Strategy | null;
  /** The plan of the last strategy, kept for the next. [C10] */
  readonly plan: Plan | null;
  /** Why the server stopped the last strategy: `stop_loss`, `stop_loss_ahead`, `stop_win`, `finished`, or a refusal code. */
  readonly stopped: string | null;
  readonly last: Result | null;
};

export type PrivateDelta =
  | { readonly type: "placed"; readonly bet: Bet }
  | { readonly type: "queued"; readonly bet: Bet }
  | { readonly type: "cancelled"; readonly bet: BetId }
  | { readonly type: "out"; readonly outs: readonly (readonly [BetId, Out])[] }
  | {
      readonly type: "ended";
      readonly round: number;
      readonly endX100: X100 | null;
      readonly strategy: Strategy | null;
    }
  /** The queued bets are now in the round. */
  | { readonly type: "boarded" }
  | { readonly type: "strategy"; readonly strategy: Strategy | null; readonly reason: string | null }
  /** The lobby remembers a limited number of players, and this one bet longest ago: the seat is that of a new player again. */
  | { readonly type: "forgotten" };

/** One finished round, as `recordFor` gives it: once a round is over, everyone's bets are public. */
export type FlightRecord = {
  readonly bustX100: X100 | null;
  readonly endX100: X100 | null;
  readonly forced: boolean;
  readonly void: string | null;
  /** When the flight started; null when it never did. */
  readonly startedAt: Ms | null;
  /** The limits that decide a forced end. */
  readonly limits: { readonly maxProfit: number; readonly maxX100: X100 };
  /** In the order they were placed. */
  readonly bets: readonly ({ readonly player: PlayerId } & Bet)[];
};
