import * as z from "zod/mini";
import { configs } from "../kit/config.ts";
import type { Chips, Ms, PlayerId } from "../game.ts";

/** A bet spot by its name: `straight:17`, `split:17-20`, `red`. [R1] Legal ones: layout.ts. */
export type Spot = string;
/** A pocket's label: "0", "00", "1" to "36". */
export type Pocket = string;

const amount = z.int().check(z.positive());
const ms = z.int().check(z.minimum(50), z.maximum(600_000));
const bet = z.strictObject({ spot: z.string().check(z.maxLength(40)), amount });
export type Bet = z.infer<typeof bet>;

/** A limit of the table: low enough that no sum of limits exceeds the safe integers. */
const limit = z.int().check(z.positive(), z.maximum(1_000_000_000_000));

export const { config, stored } = configs(
  {
    /** European: single zero. French: single zero with la partage. American: double zero. [R11] */
    wheel: z._default(z.enum(["european", "french", "american"]), "european"),
    /** Smallest amount of one bet. [R6] */
    minStake: z._default(limit, 1),
    /** Most on one inside spot, per number covered: a split takes twice as much as a straight. [R6] */
    maxInside: z._default(limit, 5_000),
    /** Most on one outside spot, per dozen numbers covered: an even chance takes one and a half times as much. [R6] */
    maxOutside: z._default(limit, 50_000),
    /** Most that one player may have on the layout in a round. [R6] */
    maxPlayer: z._default(limit, 200_000),
    /** Most that the house may pay in profits in a round, whatever the result; losing stakes are not deducted. [R6] */
    maxLiability: z._default(limit, 5_000_000),
    /** From the first bet to the close. */
    openMs: z._default(ms, 15_000),
    /** From the close to the spin. */
    closedMs: z._default(ms, 1_000),
    /** From the spin to the pay-out. */
    spinMs: z._default(ms, 6_000),
    /** From the pay-out to the next round. */
    settledMs: z._default(ms, 4_000),
  },
  [
    ["minStake", "minStake is more than maxInside: no bet on one number is possible", (c) => c.minStake <= c.maxInside],
    ["minStake", "minStake is more than maxOutside: no bet on a dozen is possible", (c) => c.minStake <= c.maxOutside],
    ["minStake", "minStake is more than maxPlayer: no bet is possible", (c) => c.minStake <= c.maxPlayer],
    [
      "maxLiability",
      "maxLiability does not cover the least bet on one number, which wins 35 times minStake",
      (c) => 35 * c.minStake <= c.maxLiability,
    ],
  ],
);
export type Config = z.infer<typeof config>;

/** The round it is meant for: refused `old_round` in another, since a command sent before a lost connection may arrive late. */
const round = z.optional(z.int().check(z.positive()));

export const command = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("bet"), bets: z.array(bet).check(z.minLength(1), z.maxLength(40)), round }),
  z.strictObject({
    type: z.literal("call"),
    name: z.enum(["voisins", "tiers", "orphelins", "jeu-zero", "neighbours", "finales"]),
    /** The number of `neighbours`, on the American wheel also "00"; the last digit of `finales`. */
    n: z.optional(z.union([z.int().check(z.minimum(0), z.maximum(36)), z.literal("00")])),
    /** How many neighbours on each side; 2 by default. */
    k: z.optional(z.int().check(z.minimum(0), z.maximum(9))),
    /** Per chip of the call. */
    amount,
    round,
  }),
  z.strictObject({ type: z.literal("undo"), round }),
  z.strictObject({ type: z.literal("clear"), round }),
  z.strictObject({ type: z.literal("double"), round }),
  z.strictObject({ type: z.literal("repeat"), round }),
  /**
   * rounds 0 stops it. Stops are net sums since it was switched on. `stopLoss` is never exceeded: bets that could lose more in
   * all are not placed, and the repeat ends. `stopWin` ends it once so much is won, or more. [R12]
   */
  z.strictObject({
    type: z.literal("autoRepeat"),
    rounds: z.int().check(z.minimum(0), z.maximum(1_000)),
    stopLoss: z.optional(amount),
    stopWin: z.optional(amount),
  }),
  /** The players on a spot: answered in the reply's `result` as `{players:[{player,amount}]}`, at most 50. [R9] */
  z.strictObject({ type: z.literal("who"), spot: z.string().check(z.maxLength(40)) }),
]);
export type Command = z.infer<typeof command>;

/** Phases of R4. `waiting` is open too: the first bet starts the clock. */
export type Phase =
  | { readonly name: "waiting" }
  | { readonly name: "open"; readonly closesAt: Ms }
  | { readonly name: "closed"; readonly spinAt: Ms }
  | { readonly name: "spinning"; readonly result: Pocket; readonly spunAt: Ms; readonly settleAt: Ms }
  | { readonly name: "settled"; readonly result: Pocket; readonly nextAt: Ms };

export type Winner = { readonly player: PlayerId; readonly returned: Chips; readonly staked: Chips };

/** The public view. */
export type View = {
  readonly config: Config;
  readonly round: number;
  readonly phase: Phase;
  /** Everyone's chips, summed by spot. */
  readonly totals: Readonly<Record<Spot, Chips>>;
  /** How many players have chips on the layout. */
  readonly players: number;
  readonly staked: Chips;
  /** Results, newest first, at most 500. */
  readonly history: readonly Pocket[];
  /** The round that was paid last: the ten largest winners and the sums. */
  readonly last: {
    readonly round: number;
    readonly result: Pocket;
    readonly winners: readonly Winner[];
    readonly staked: Chips;
    readonly returned: Chips;
  } | null;
};

/** `round` goes up by one with `settled` and `voided`: the layout is cleared, and the next bets are for `view.round`. */
export type PublicDelta =
  /** Changes by spot (signed); the number of players and the whole stake after them. */
  | {
      readonly type: "bets";
      readonly deltas: Readonly<Record<Spot, number>>;
      readonly players: number;
      readonly staked: Chips;
    }
  | { readonly type: "opened"; readonly closesAt: Ms }
  | { readonly type: "closed"; readonly spinAt: Ms }
  | { readonly type: "spun"; readonly result: Pocket; readonly spunAt: Ms; readonly settleAt: Ms }
  | {
      readonly type: "settled";
      readonly round: number;
      readonly result: Pocket;
      readonly nextAt: Ms;
      readonly winners: readonly Winner[];
      readonly staked: Chips;
      readonly returned: Chips;
    }
  | { readonly type: "ready" }
  | { readonly type: "voided"; readonly round: number; readonly reason: string };

export type Auto = {
  /** Rounds still to be repeated. */
  readonly left: number;
  readonly stopLoss: number | null;
  readonly stopWin: number | null;
  /** Won less lost since it was switched on. */
  readonly net: number;
};

/** A player's private data, in addition to the view. */
export type Seat = {
  readonly bets: Readonly<Record<Spot, Chips>>;
  readonly staked: Chips;
  /** How many steps `undo` can take back. */
  readonly undos: number;
  /** The bets of the last round this player played, which `repeat` would place again. */
  readonly last: readonly Bet[];
  readonly auto: Auto | null;
  /** The result of the last settled or void round that this player was in. */
  readonly paid: {
    readonly round: number;
    readonly result: Pocket | null;
    readonly staked: Chips;
    readonly returned: Chips;
    readonly wins: readonly { readonly spot: Spot; readonly staked: Chips; readonly returned: Chips }[];
  } | null;
};

export type PrivateDelta =
  | {
      readonly type: "bets";
      readonly deltas: Readonly<Record<Spot, number>>;
      readonly staked: Chips;
      readonly undos: number;
    }
  | { readonly type: "auto"; readonly auto: Auto | null; readonly reason: string | null }
  | {
      readonly type: "paid";
      readonly paid: NonNullable<Seat["paid"]>;
      readonly last: readonly Bet[];
      readonly auto: Auto | null;
    }
  /** The table remembers a limited number of players, and this one bet longest ago: the seat is that of a new player again. */
  | { readonly type: "forgotten" };

/** One finished round, as `recordFor` gives it: everyone's bets are public once it is over. */
export type SpinRecord = {
  readonly result: Pocket | null;
  readonly void: string | null;
  readonly wheel: Config["wheel"];
  readonly players: readonly {
    readonly player: PlayerId;
    readonly staked: Chips;
    readonly returned: Chips;
    readonly bets: readonly Bet[];
  }[];
};
