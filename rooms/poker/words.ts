import type { Words } from "../kit/words.ts";
import type { Command } from "./types.ts";

const HAND = "The hand it is meant for. Refused `old_hand` in any other. Without it: the running hand.";
const STREET = "The street it is meant for. Refused `old_street` on any other. Without it: the current street.";
const PRICE = "The amount to call that it is meant for. Refused `price_changed` when that has changed.";
const SEAT = "Clockwise from 0.";
const STAKE = "Integer minor units, at least 1.";

/** Documentation of Hold'em's commands and refusals. */
export const words: Words<Command> = {
  commands: {
    sit: {
      about: "Takes a free seat, with chips from the player's balance.",
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
      about: "Brings more chips, up to the maximum buy-in. A player in a hand has them in the next hand.",
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
      about: "Puts in what there is to call, or all-in when the player has less.",
      fields: { hand: HAND, street: STREET, amount: PRICE },
      example: { type: "call", hand: 42, street: "flop", amount: 300 },
    },
    raise: {
      about: "A bet, or a raise.",
      fields: {
        to: "The player's total on this street after the raise, not the raise alone. `may.raise` of the hand has the minimum and the maximum. Integer minor units.",
        hand: HAND,
        street: STREET,
        amount: PRICE,
      },
      example: { type: "raise", to: 900, hand: 42, street: "flop" },
    },
    preAction: {
      about: "What to do when the player's turn comes. It is dropped when the amount to call changes.",
      fields: {
        action:
          "`checkFold`: check, or fold where there is a bet. `check`, `call`: that alone. `callAny`: whatever the price. null: none after all.",
        amount:
          "For `call`: the amount to call that it is meant for, integer minor units. Refused `price_changed` when that has changed.",
        hand: HAND,
        street: STREET,
      },
      example: { type: "preAction", action: "checkFold" },
    },
    show: { about: "Shows the player's own cards after the hand.", fields: { hand: HAND }, example: { type: "show" } },
    muck: {
      about: "Does not show a beaten hand. This is what happens without the command, too.",
      fields: { hand: HAND },
      example: { type: "muck" },
    },
    sitOut: {
      about: "The player is dealt no more cards and keeps the seat for a while.",
      fields: { when: "`now`, which is the default, or `nextBigBlind`: when the big blind reaches the seat." },
      example: { type: "sitOut", when: "nextBigBlind" },
    },
    sitIn: { about: "The player is dealt in again.", fields: {}, example: { type: "sitIn" } },
    postBlinds: {
      about: "Does not wait for the big blind: the missed blinds are posted with the next hand.",
      fields: {},
      example: { type: "postBlinds" },
    },
    buyButton: {
      about:
        "Does not wait for the big blind: both blinds are posted, and the button comes to the player. `mayBuyButton` says whether this is possible.",
      fields: {},
      example: { type: "buyButton" },
    },
    straddle: {
      about: "Posts twice the big blind before the cards, when the seat allows it.",
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
    already_queued: "The player is on the waiting list already.",
    already_seated: "The player has a seat here already.",
    already_shown: "The cards are face up.",
    buy_in_too_big: "It is more than the maximum buy-in.",
    buy_in_too_small: "It is less than the minimum buy-in.",
    cannot_raise: "The player may not raise: call or fold.",
    folded: "Folded cards are not shown.",
    hand_is_on: "Cards are shown when the hand is over.",
    house_budget_spent: "House players have used up today's chips for this table.",
    in_hand: "Not while the player, or that house player, has cards in a hand.",
    no_bot: "There is no house player in that seat.",
    no_button_to_buy: "The button is not about to pass the player.",
    no_chips: "The player has no chips in front of them.",
    no_hand: "The player has no cards in a running hand.",
    no_run_it_twice: "This table deals every board once.",
    no_straddle: "This table has no straddle.",
    no_such_seat: "The table has fewer seats.",
    not_queued: "The player is not on the waiting list.",
    not_seated: "The player has no seat here.",
    not_your_turn: "It is another player's turn, or nobody's.",
    nothing_owed: "The player owes no blinds.",
    nothing_to_call: "There is nothing to call: check.",
    nothing_to_decide: "Nobody has anything left to decide in this hand.",
    old_hand: "It was meant for another hand.",
    old_street: "It was meant for an earlier street.",
    price_changed: "The amount to call has changed since.",
    queue_full: "Too many are waiting.",
    raise_too_high: "It is more than the player has.",
    raise_too_low: "It is less than the minimum raise.",
    rejoin_stack: "A player who comes back soon has to bring the chips they left with.",
    seat_free: "There is a free seat: no need to wait.",
    seat_reserved: "The seat is reserved for the player who waited for it.",
    seat_taken: "Somebody sits there.",
    too_many_bots: "The table has as many house players as it takes.",
    your_turn: "It is the player's turn: act now instead of in advance.",
  },
};
