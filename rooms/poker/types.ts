import * as z from "zod/mini";
import { configs } from "../kit/config.ts";
import type { DealtCard } from "../fair/deck.ts";
import type { Chips, Ms, PlayerId } from "../game.ts";
import type { Card } from "./cards.ts";

/** Seats are numbered clockwise from 0. A hand is a round: its number never skips. */
export type SeatNo = number;

const amount = z.int().check(z.positive());
const blind = z.int().check(z.positive(), z.maximum(1_000_000_000));
const ms = (fallback: number) => z._default(z.int().check(z.minimum(50), z.maximum(600_000)), fallback);

/** Values for tables that were created before these were options. */
const LINE_MS = 8_000;
const OUT_MS = 900_000;
export const lineMsOf = ({ lineMs = LINE_MS }: Partial<Pick<Config, "lineMs">>): number => lineMs;
export const outMsOf = ({ outMs = OUT_MS }: Partial<Pick<Config, "outMs">>): number => outMs;

export const { config, stored } = configs(
  {
    seats: z._default(z.int().check(z.minimum(2), z.maximum(9)), 6),
    smallBlind: z._default(blind, 50),
    bigBlind: z._default(blind, 100),
    /** From everybody dealt in, dead in the pot. */
    ante: z._default(z.int().check(z.minimum(0), z.maximum(1_000_000_000)), 0),
    /** The minimum and the maximum to sit down with, and to top up to, in big blinds. [P14] */
    minBuyInBigBlinds: z._default(z.int().check(z.minimum(1), z.maximum(10_000)), 20),
    maxBuyInBigBlinds: z._default(z.int().check(z.minimum(1), z.maximum(10_000)), 100),
    /** A hand starts when this many are ready. [P19] */
    minPlayers: z._default(z.int().check(z.minimum(2), z.maximum(9)), 2),
    /** Time to act, before the time bank runs. [P12] */
    actionMs: ms(20_000),
    /** Each player's extra time for a whole sitting; each hand gives back a twentieth. */
    timeBankMs: z._default(z.int().check(z.minimum(0), z.maximum(600_000)), 30_000),
    /** More time to act for a player who had lost the connection in this turn, and is back. [P12] */
    graceMs: z._default(z.int().check(z.minimum(0), z.maximum(600_000)), 15_000),
    /** Time to act for a player who has lost the connection, from then or from when the turn came; without the time bank. [P12] */
    lineMs: ms(LINE_MS),
    /** Between the streets of a hand in which nobody can bet any more. */
    runOutMs: ms(1_200),
    /** From the last act or card to the next hand: time to look, and to show. */
    pauseMs: ms(3_500),
    /** From there to the next deal: the time in which client seeds for the deck are taken. */
    dealMs: ms(1_500),
    /** After so long without a connection, and outside a hand, the seat is given up. */
    awayMs: ms(180_000),
    /** After sitting out this many hands in which the big blind passed, the seat is given up. [P13] */
    orbitsOut: z._default(z.int().check(z.minimum(1), z.maximum(100)), 3),
    /** After sitting out so long, whether hands are dealt or not, the seat is given up. [P13] (LA 73) */
    outMs: z._default(z.int().check(z.minimum(50), z.maximum(86_400_000)), OUT_MS),
    /** A player who comes back to the table within this time brings what they left with. [P13] (LA 58) */
    rejoinMs: z._default(z.int().check(z.minimum(0), z.maximum(86_400_000)), 3_600_000),
    /** [P16] Hundredths of a per cent of each pot, at most `rakeCap`, none when no flop was seen. */
    rakeX10000: z._default(z.int().check(z.minimum(0), z.maximum(1_000)), 0),
    rakeCap: z._default(z.int().check(z.minimum(0), z.maximum(1_000_000_000)), 0),
    /** [P16] Who may straddle, for twice the big blind. */
    straddle: z._default(z.enum(["off", "underTheGun", "button"]), "off"),
    /** The minimum raise over a straddle, as a total in big blinds: most houses ask four, the rule book three. (LA 161) */
    straddleRaiseBigBlinds: z._default(z.int().check(z.minimum(3), z.maximum(4)), 4),
    /** [P16] Whether players all-in may agree to deal the rest of the board twice. (LA 215) */
    runItTwice: z._default(z.boolean(), true),
    /** Seats that players may fill with house players. Each brings the maximum buy-in, if the budget has as much left. [P20] */
    maxBots: z._default(z.int().check(z.minimum(0), z.maximum(8)), 5),
    /** Chips that house players may bring to this table in a day (UTC) and not take home. [P20] */
    botBudget: z._default(z.int().check(z.minimum(0), z.maximum(1_000_000)), 50_000),
  },
  [
    ["smallBlind", "smallBlind is more than bigBlind", (c) => c.smallBlind <= c.bigBlind],
    ["ante", "ante is the whole of the least buy-in, or more", (c) => c.ante < c.minBuyInBigBlinds * c.bigBlind],
    [
      "minBuyInBigBlinds",
      "minBuyInBigBlinds is more than maxBuyInBigBlinds",
      (c) => c.minBuyInBigBlinds <= c.maxBuyInBigBlinds,
    ],
    ["minPlayers", "minPlayers is more than seats", (c) => c.minPlayers <= c.seats],
    ["rakeCap", "rakeCap is 0, so no rake is taken: set both or none", (c) => c.rakeX10000 === 0 || c.rakeCap > 0],
    ["rakeX10000", "rakeBps is 0, so no rake is taken: set both or none", (c) => c.rakeCap === 0 || c.rakeX10000 > 0],
  ],
);
export type Config = z.infer<typeof config>;

const seat = z.int().check(z.minimum(0), z.maximum(8));
/** The hand it is meant for: one that comes too late is refused `old_hand` instead of being taken for the next. */
const hand = z.optional(z.int());
/** The street it is meant for: refused `old_street` on another, since a command sent before a lost connection may arrive late. */
const street = z.optional(z.enum(["preflop", "flop", "turn", "river"]));
/** The amount to call that it is meant for: refused `price_changed` when that has changed. */
const shown = z.optional(z.int().check(z.minimum(0)));

export const command = z.discriminatedUnion("type", [
  /** `posts`: as `postBlinds`, when a game is on. */
  z.strictObject({ type: z.literal("sit"), seat, buyIn: amount, posts: z.optional(z.boolean()) }),
  /** Chips go back to the purse. Refused `in_hand` while the player is in a hand, folded or not. */
  z.strictObject({ type: z.literal("stand") }),
  /** Up to the maximum buy-in. After a fold they come with the next hand; with cards it is refused. [P14] (LA 60, 182) */
  z.strictObject({ type: z.literal("topUp"), amount }),
  z.strictObject({ type: z.literal("fold"), hand, street, amount: shown }),
  z.strictObject({ type: z.literal("check"), hand, street }),
  z.strictObject({ type: z.literal("call"), hand, street, amount: shown }),
  /** A bet, or a raise: to this total on this street. */
  z.strictObject({ type: z.literal("raise"), to: amount, hand, street, amount: shown }),
  /** An act in advance, for when the turn comes; dropped when the price changes. `amount`: the price it is meant for. [P15] */
  z.strictObject({
    type: z.literal("preAction"),
    action: z.nullable(z.enum(["checkFold", "check", "call", "callAny"])),
    amount: z.optional(z.int().check(z.minimum(0))),
    hand,
    street,
  }),
  /** Shows the player's own cards after the hand. [P9] */
  z.strictObject({ type: z.literal("show"), hand }),
  /** Does not show a beaten hand (that is what happens anyway), for good or until `show`. */
  z.strictObject({ type: z.literal("muck"), hand }),
  /** `when`: at once, or when the big blind comes round. [P13] */
  z.strictObject({ type: z.literal("sitOut"), when: z.optional(z.enum(["now", "nextBigBlind"])) }),
  z.strictObject({ type: z.literal("sitIn") }),
  /** Does not wait for the big blind: missed blinds are posted with the next hand. [P11] */
  z.strictObject({ type: z.literal("postBlinds") }),
  z.strictObject({ type: z.literal("buyButton") }),
  z.strictObject({ type: z.literal("straddle"), on: z.boolean() }),
  z.strictObject({ type: z.literal("runItTwice"), on: z.boolean() }),
  /** Joins or leaves the waiting list, when there is no free seat. */
  z.strictObject({ type: z.literal("queue"), on: z.boolean() }),
  z.strictObject({ type: z.literal("addBot"), seat }),
  z.strictObject({ type: z.literal("removeBot"), seat }),
]);
export type Command = z.infer<typeof command>;

export type Street = "preflop" | "flop" | "turn" | "river";

/** Why a seated player is not dealt in. */
export type Waiting =
  /** Came while the game was on: waits for the big blind, posts, or buys the button. */
  | "newcomer"
  /** Sits out; `Seat.owes` says what is owed. */
  | "sittingOut"
  /** Has no chips. */
  | "broke";

/** A seat as everybody sees it. Null: free. */
export type SeatView = {
  readonly player: PlayerId;
  readonly bot: boolean;
  /** The stack: chips that can still be bet. */
  readonly stack: Chips;
  /** The bet on this street. */
  readonly bet: Chips;
  /** All chips put into the current hand, `bet` included. */
  readonly put: Chips;
  readonly waiting: Waiting | null;
  /** Whether the connection is lost. */
  readonly away: boolean;
  /** In the hand: has cards, has folded them, or the cards that were shown. Null: not dealt in. */
  readonly cards: "hidden" | "folded" | readonly Card[] | null;
  readonly last: ActView | null;
} | null;

/** The last thing a seat did on this street. */
export type ActView =
  | { readonly type: "fold" | "check" }
  | { readonly type: "post" | "straddle" | "call" | "bet" | "raise"; readonly amount: Chips; readonly allIn: boolean };

/** The legal acts of the player to act; commands are checked by the same rule. Public, as it is at a real table. */
export type Turn = {
  readonly seat: SeatNo;
  readonly toCall: Chips;
  readonly raise: { readonly least: Chips; readonly most: Chips } | null;
  /** When the clock runs out, and when the time bank after it does. */
  readonly actBy: Ms;
  readonly bankBy: Ms;
};

/** Everyone's view of the hand that is on, or has just ended. */
export type HandView = {
  readonly hand: number;
  readonly street: Street;
  readonly button: SeatNo;
  readonly smallBlind: SeatNo | null;
  readonly bigBlind: SeatNo;
  /** Cards are 0 to 51: 4 times the rank (0 is the two, 12 the ace) plus the suit (clubs, diamonds, hearts, spades). */
  readonly board: readonly Card[];
  /** The second board, when it is run twice. */
  readonly board2: readonly Card[] | null;
  /** Without the bets of this street. */
  readonly pots: readonly { readonly chips: Chips; readonly seats: readonly SeatNo[] }[];
  readonly turn: Turn | null;
  /** Set when it is over. */
  readonly awards: readonly AwardView[] | null;
};

export type AwardView = {
  readonly pot: number;
  readonly board: 1 | 2;
  readonly wins: readonly { readonly seat: SeatNo; readonly chips: Chips }[];
  /** "two pair", ...; null when nobody had to show. */
  readonly with: string | null;
};

export type Phase =
  /** Not enough players are ready. */
  | { readonly name: "waiting" }
  /** Enough are: the cards are dealt at `dealAt`. */
  | { readonly name: "starting"; readonly dealAt: Ms }
  | { readonly name: "playing" }
  /** The hand is over; cards may be shown until `nextAt`. */
  | { readonly name: "over"; readonly nextAt: Ms };

export type View = {
  readonly config: Config;
  /** The hand that is on, or comes next. */
  readonly round: number;
  readonly phase: Phase;
  readonly seats: readonly SeatView[];
  readonly hand: HandView | null;
  /** Players who wait for a seat, first come first. */
  readonly queue: readonly PlayerId[];
  /** Null: house players do not play at this table's stakes. */
  readonly house: HouseView | null;
  /** Openings of the cards that everybody has been shown in this hand, to be checked against the commitment. */
  readonly openings: readonly DealtCard[];
};

/** The budget of house players at this table. */
export type HouseView = {
  /** Chips a day. */
  readonly budget: number;
  /** The last day that one came or left, in days since 1970, UTC; and the chips brought on it and not taken home. */
  readonly day: number;
  readonly brought: number;
};

/** The act that was done, for animations and sounds; only `set` and `seats` change the view. */
export type Did =
  | { readonly type: "sat" | "stood" | "toppedUp" | "satOut" | "satIn" | "timeBank"; readonly seat: SeatNo }
  | { readonly type: "dealt"; readonly seats: readonly SeatNo[] }
  | { readonly type: "acted"; readonly seat: SeatNo; readonly act: ActView }
  | { readonly type: "street"; readonly street: Street; readonly cards: readonly Card[]; readonly board: 1 | 2 }
  | { readonly type: "shown"; readonly seats: readonly SeatNo[] }
  | { readonly type: "won"; readonly awards: readonly AwardView[] }
  | { readonly type: "voided"; readonly reason: string }
  | { readonly type: "other" };

/** The parts of the view that changed: whole fields, and single seats by their number. */
export type PublicDelta = {
  /** Marks it as a delta of a game, to be told from the room's own. */
  readonly type: "step";
  readonly did: Did;
  readonly set: Partial<Omit<View, "seats">>;
  readonly seats: Readonly<Record<string, SeatView>>;
};

export type PreAction = { readonly action: "checkFold" | "check" | "call" | "callAny"; readonly price: Chips };

/** A player's private data, in addition to the view. */
export type Seat = {
  readonly seat: SeatNo | null;
  /** The player's own cards in this hand, with their openings. */
  readonly cards: readonly DealtCard[];
  /** "two pair", of the player's cards and the board. */
  readonly holding: string | null;
  readonly preAction: PreAction | null;
  readonly bankMs: number;
  readonly owes: { readonly small: boolean; readonly big: boolean };
  readonly posts: boolean;
  readonly buysButton: boolean;
  /** Whether the button could be bought with the next hand. (LA 154) */
  readonly mayBuyButton: boolean;
  readonly sitsOutNext: boolean;
  readonly straddles: boolean;
  readonly runsItTwice: boolean;
  /** Chips that come with the next hand: brought after a fold, out of play until then. (LA 60) */
  readonly ordered: Chips;
  /** When the seat of a player who sits out is given up. (LA 73) Null: it is not. */
  readonly keptUntil: Ms | null;
  /** The chips that the player must bring to sit down again before `until`. (LA 58) */
  readonly rejoin: { readonly stack: Chips; readonly until: Ms } | null;
};

export type PrivateDelta = { readonly set: Partial<Seat> };
