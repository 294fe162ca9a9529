import type { Words } from "../kit/words.ts";
import type { Command } from "./types.ts";

const HAND = "The hand it is meant for: refused `old_hand` in another. None: whichever is on.";
const STREET = "The street it is meant for: refused `old_street` on another. None: whichever it is.";
const PRICE = "What there was to call when it was meant: refused `price_changed` when it is another.";
const SEAT = "Clockwise from 0.";
const STAKE = "Integer minor units, at least 1.";

/** What documents say of Hold'em's commands and refusals. */
export const words: Words<Command> = {
  commands: {
    sit: {
      about: "Takes a free seat, with chips from one's balance.",
      fields: {
        seat: SEAT,
        buyIn: `What to bring, between \`minBuyInBigBlinds\` and \`maxBuyInBigBlinds\`. ${STAKE}`,
        posts: "True: as `postBlinds`, where a game is on.",
      },
      example: { type: "sit", seat: 2, buyIn: 10_000 },
    },
    stand: {
      about: "Gives the seat up; its chips go back. Not with cards in hand.",
      fields: {},
      example: { type: "stand" },
    },
    topUp: {
      about: "Brings more chips, up to the most that one may sit down with; who is in a hand has them in the next.",
      fields: { amount: `How many more. ${STAKE}` },
      example: { type: "topUp", amount: 2_000 },
    },
    fold: {
      about: "Gives the hand up.",
      fields: { hand: HAND, street: STREET, amount: PRICE },
      example: { type: "fold" },
    },
    check: {
      about: "Stays in where there is nothing to call.",
      fields: { hand: HAND, street: STREET },
      example: { type: "check" },
    },
    call: {
      about: "Puts in what there is to call, or all one has.",
      fields: { hand: HAND, street: STREET, amount: PRICE },
      example: { type: "call", hand: 42, street: "flop", amount: 300 },
    },
    raise: {
      about: "A bet, or a raise.",
      fields: {
        to: "What one has put in on this street in all after it: not the raise alone. `may.raise` of the hand says the least and the most. Integer minor units.",
        hand: HAND,
        street: STREET,
        amount: PRICE,
      },
      example: { type: "raise", to: 900, hand: 42, street: "flop" },
    },
    preAction: {
      about: "What to do when one's turn comes; dropped when the price changes.",
      fields: {
        action:
          "`checkFold`: check, or fold where there is a bet. `check`, `call`: that alone. `callAny`: whatever the price. null: none after all.",
        amount:
          "For `call`: the price to call that it is meant for, integer minor units. Refused `price_changed` when it is another.",
        hand: HAND,
        street: STREET,
      },
      example: { type: "preAction", action: "checkFold" },
    },
    show: { about: "Turns one's own cards up, after the hand.", fields: { hand: HAND }, example: { type: "show" } },
    muck: {
      about: "Not to show a beaten hand, which is what happens anyway.",
      fields: { hand: HAND },
      example: { type: "muck" },
    },
    sitOut: {
      about: "To be dealt no more cards, and keep the seat for a while.",
      fields: { when: "`now` unless told, or `nextBigBlind`: when that comes round." },
      example: { type: "sitOut", when: "nextBigBlind" },
    },
    sitIn: { about: "To be dealt in again.", fields: {}, example: { type: "sitIn" } },
    postBlinds: {
      about: "Not to wait for the big blind: what was missed is posted with the next hand.",
      fields: {},
      example: { type: "postBlinds" },
    },
    buyButton: {
      about:
        "Not to wait for the big blind: both blinds are posted, and the button comes. `mayBuyButton` says whether it can be.",
      fields: {},
      example: { type: "buyButton" },
    },
    straddle: {
      about: "Posts twice the big blind, unseen, in the seat that may.",
      fields: { on: "From now on, or no more." },
      example: { type: "straddle", on: true },
    },
    runItTwice: {
      about: "Agrees to deal the rest of the board twice, where all are all-in and all agree.",
      fields: { on: "From now on, or no more." },
      example: { type: "runItTwice", on: true },
    },
    queue: {
      about: "Waits for a seat of a full table.",
      fields: { on: "True: onto the list. False: off it." },
      example: { type: "queue", on: true },
    },
    addBot: {
      about: "Fills a free seat with a house player.",
      fields: { seat: SEAT },
      example: { type: "addBot", seat: 3 },
    },
    removeBot: {
      about: "Sends a house player away, not in the middle of a hand.",
      fields: { seat: SEAT },
      example: { type: "removeBot", seat: 3 },
    },
  },
  refusals: {
    above_house_stakes: "House players do not play for as much as this table, nor with antes or a straddle.",
    already_queued: "One is on the list.",
    already_seated: "One has a seat here.",
    already_shown: "The cards are face up.",
    buy_in_too_big: "More than one may bring.",
    buy_in_too_small: "Less than one has to bring.",
    cannot_raise: "The betting is not open to one: call or fold.",
    folded: "Folded cards are not shown.",
    hand_is_on: "Cards are shown when the hand is over.",
    house_budget_spent: "House players have brought as much today as they may.",
    in_hand: "Not while one, or that house player, has cards in a hand.",
    no_bot: "There is no house player in that seat.",
    no_button_to_buy: "The button is not about to pass one.",
    no_chips: "One has no chips in front.",
    no_hand: "One has no cards in a hand that is on.",
    no_run_it_twice: "This table deals every board once.",
    no_straddle: "This table has no straddle.",
    no_such_seat: "The table has fewer seats.",
    not_queued: "One is not on the list.",
    not_seated: "One has no seat here.",
    not_your_turn: "It is another player's turn, or nobody's.",
    nothing_owed: "One owes no blinds.",
    nothing_to_call: "There is nothing to call: check.",
    nothing_to_decide: "Nobody has anything left to decide in this hand.",
    old_hand: "It was meant for another hand.",
    old_street: "It was meant for an earlier street.",
    price_changed: "There is another amount to call than it was meant for.",
    queue_full: "Too many are waiting.",
    raise_too_high: "More than one has.",
    raise_too_low: "Less than the least raise.",
    rejoin_stack: "Who comes back soon has to bring what they left with.",
    seat_free: "There is a free seat: no need to wait.",
    seat_reserved: "The seat is kept for who waited for it.",
    seat_taken: "Somebody sits there.",
    too_many_bots: "No more house players sit down here.",
    your_turn: "It is one's turn: act, there is nothing to say before.",
  },
};
